"""In which order the workers of a run take the tests, so that all of them end together.

Under `--dist worksteal` each worker is given as many consecutive tests, then takes the end of the
longest queue left: what is long must come first in each share, and what is short last.
"""

from itertools import groupby

import pytest

LONG = ("tests/journeys/", "tests/proofs/", "tests/house/", "tests/home/test_demo")
"""Browsers, servers, worlds and demos: seconds each."""


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The modules, each whole, in shares of as many tests: the long ones dealt first.

    The first database to be asked for is built while all others wait (see tests/databases.py): the
    other workers begin with what needs none.
    """
    modules = [list(each) for _, each in groupby(items, lambda item: item.nodeid.split("::")[0])]
    long = [each for each in modules if each[0].nodeid.startswith(LONG)]
    short = [each for each in modules if not each[0].nodeid.startswith(LONG)]
    pure = [each for each in short if not any(needs_database(item) for item in each)]
    short = [each for each in short if each not in pure]
    shares: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for at, module in enumerate(pure):
        shares[at % workers].extend(module)
    shares = [shares[0], *shares[1:]]
    return [item for share in shares for item in share]


def needs_database(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("database", "browser", "django_db"))
