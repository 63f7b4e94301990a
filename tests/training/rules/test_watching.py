"""Seconds seen: a union that time bounds, against an oracle that counts second by second."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.scale import scaled
from training.rules.watching import FASTEST, LONGEST_SILENCE, Seen, add, is_enough, within

LENGTH = 300


@pytest.mark.parametrize(
    ("before", "told", "elapsed", "expected"),
    [
        ((), [(0, 15)], 15, ((0, 15),)),
        ((), [(0, 15), (15, 20), (10, 30)], 30, ((0, 30),)),
        (((0, 15),), [(0, 15)], 15, ((0, 15),)),  # the same again
        ((), [(0, 300)], 15, ((0, 30),)),  # no faster than twice
        (((0, 30),), [(0, 100)], 10, ((0, 50),)),  # what is known costs nothing
        ((), [(0, 300)], 3600, ((0, 120),)),  # a long silence counts for a minute
        ((), [(0, 10)], 0, ()),
        ((), [(0, 10)], -5, ()),  # a clock set back
        ((), [(290, 400)], 60, ((290, 300),)),  # beyond the end
        ((), [(20, 10), (-9, 3)], 60, ((0, 3),)),
        (((0, 10), (20, 30)), [(5, 25)], 60, ((0, 30),)),
        (((0, 10), (20, 30)), [(5, 40)], 7, ((0, 34),)),
    ],
)
def test_seconds_added(
    before: tuple[tuple[int, int], ...],
    told: list[tuple[int, int]],
    elapsed: int,
    expected: tuple[tuple[int, int], ...],
) -> None:
    assert add(Seen(before), told, length=LENGTH, elapsed=elapsed).spans == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(240, True), (239, False), (0, False), (300, True)]
)
def test_threshold(seconds: int, expected: bool) -> None:
    assert is_enough(seconds, LENGTH) is expected


def test_shorter_recording() -> None:
    assert within([(0, 10), (50, 90)], 60) == ((0, 10), (50, 60))


moments = st.integers(min_value=-20, max_value=LENGTH + 20)
tellings = st.lists(
    st.tuples(st.lists(st.tuples(moments, moments), max_size=5), st.integers(-5, 90)), max_size=6
)


@pytest.mark.prove
@settings(max_examples=scaled(200, 10_000))
@given(tellings)
def test_union_is_what_the_oracle_counts(told: list[tuple[list[tuple[int, int]], int]]) -> None:
    seen, counted, wall = Seen(), set[int](), 0
    for spans, elapsed in told:
        passed = min(max(elapsed, 0), LONGEST_SILENCE)
        new = {s for a, b in spans for s in range(max(a, 0), min(b, LENGTH))} - counted
        counted |= set(sorted(new)[: passed * FASTEST])
        wall += passed
        seen = add(seen, spans, length=LENGTH, elapsed=elapsed)
        assert {s for a, b in seen.spans for s in range(a, b)} == counted
        assert (seen.seconds, seen.wall) == (len(counted), wall)
        assert seen.seconds <= FASTEST * wall
        assert add(seen, spans, length=LENGTH, elapsed=0).spans == seen.spans  # told again
