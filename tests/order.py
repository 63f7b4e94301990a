"""In which order the workers of a run take the tests, so that all of them end together.

Under `--dist worksteal` each worker is given as many consecutive tests, then takes the end of the
longest queue left: what is long must come first in each share, and what is short last.
"""

from itertools import groupby

import pytest

LONG = ("tests/journeys/", "tests/proofs/", "tests/house/", "tests/home/test_demo")
"""Browsers, servers, worlds and demos: seconds each."""
MEANWHILE = 200
"""Tests without database that a worker may do while another builds the first one."""

type Module = list[pytest.Item]


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests in one share for each worker, modules kept whole."""
    modules = [list(each) for _, each in groupby(items, lambda item: item.nodeid.split("::")[0])]
    long = [each for each in modules if each[0].nodeid.startswith(LONG)]
    short = [each for each in modules if not each[0].nodeid.startswith(LONG)]
    stored = [each for each in short if any(map(asks_database, each))]
    pure = [each for each in short if not any(map(asks_database, each))]
    shares: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for share in shares[1:]:
        while pure and len(share) < MEANWHILE:
            share.extend(pure.pop())
    for at, module in enumerate(long):
        shares[at % workers].extend(module)
    for module in (*stored, *pure):
        min(shares, key=len).extend(module)
    return [item for share in shares for item in share]


def asks_database(item: pytest.Item) -> bool:
    return any(map(item.get_closest_marker, ("database", "browser", "django_db")))
