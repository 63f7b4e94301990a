"""In which order the workers of a run take the tests, so that all of them end together.

Under `--dist worksteal` each worker is given as many consecutive tests, then takes the end of the
longest queue left: what is long must come first in each share, and what is short last.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

DEMO = "tests/home/test_demo"
"""What reads the demo: on two workers, one would wait for the other to load it."""
LONG = ("tests/journeys/", "tests/proofs/", "tests/house/", DEMO)
"""Browsers, servers, worlds and demos: seconds each."""
MEANWHILE = 800
"""Tests without database that a worker does while another builds the first one: those of the fees
first, whose properties last as long as that."""


class Test(Protocol):
    """What is known of a test: pytest's own item, and its marks."""

    @property
    def nodeid(self) -> str: ...

    def get_closest_marker(self, name: str) -> Any: ...


def dealt[T: Test](items: Iterable[T], workers: int) -> list[T]:
    """The same tests in one share for each worker; modules are kept whole, the demo's together."""
    modules: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        path = item.nodeid.partition("::")[0]
        modules[DEMO if path.startswith(DEMO) else path].append(item)
    long = [tests for path, tests in modules.items() if path.startswith(LONG)]
    short = [tests for path, tests in modules.items() if not path.startswith(LONG)]
    stored = [tests for tests in short if any(map(asks_database, tests))]
    pure = [tests for tests in short if not any(map(asks_database, tests))]
    shares: list[list[T]] = [[] for _ in range(workers)]
    for share in shares[1:]:
        while pure and len(share) < MEANWHILE:
            share.extend(pure.pop(0))
    for at, module in enumerate(long):
        shares[at % workers].extend(module)
    for module in (*stored, *pure):
        min(shares, key=len).extend(module)
    return [item for share in shares for item in share]


def asks_database(item: Test) -> bool:
    return any(map(item.get_closest_marker, ("database", "browser", "django_db")))
