"""Each worker's share begins with what is long, and holds as many tests as another's."""

from dataclasses import dataclass

import pytest

from tests.order import LONG, MEANWHILE, dealt


@dataclass(frozen=True)
class Known:
    nodeid: str
    marks: frozenset[str] = frozenset()

    def get_closest_marker(self, name: str) -> bool:
        return name in self.marks


def module(path: str, tests: int, *marks: str) -> list[Known]:
    return [Known(f"{path}::test_{n}", frozenset(marks)) for n in range(tests)]


TESTS = [
    *(test for n in range(30) for test in module(f"tests/fees/test_rules_{n}.py", 40)),
    *(test for n in range(40) for test in module(f"tests/fees/test_{n}.py", 12, "database")),
    *(test for n in "ab" for test in module(f"tests/home/test_demo_{n}.py", 5)),
    *(test for n in range(9) for test in module(f"tests/journeys/test_{n}.py", 3, "browser")),
]


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_shares_hold_each_test_once_and_begin_with_the_long_ones(workers: int) -> None:
    order = dealt(TESTS, workers)
    assert sorted(order, key=lambda test: test.nodeid) == sorted(
        TESTS, key=lambda test: test.nodeid
    )
    paths = [test.nodeid.partition("::")[0] for test in order]
    assert len({*paths}) == sum(
        path != before for path, before in zip(paths, [None, *paths], strict=False)
    )  # no module is left and taken up again
    assert paths.index("tests/home/test_demo_b.py") == paths.index("tests/home/test_demo_a.py") + 5
    share = len(order) // workers
    ends = [order[at : at + share] for at in range(0, share * workers, share)]
    late = [
        test
        for each in ends
        for place, test in enumerate(each)
        if test.nodeid.startswith(LONG) and place > MEANWHILE + 80
    ]
    assert late == []
