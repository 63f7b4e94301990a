"""Presence: the union of stays against an oracle that counts second by second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.scale import scaled
from training.rules.presence import SKEW, Span, is_attested, seconds_present

START = datetime(2026, 12, 9, 19, 30, tzinfo=UTC)
STEP = 10  # seconds: an oracle by the second is too slow
LONG = 360  # steps: an hour


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


PLANNED = Span(at(0), at(3600))


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([], 0),
        ([(0, 3600)], 3600),
        ([(0, 1800), (1800, 3600)], 3600),  # left and came back at once
        ([(0, 2000), (1000, 3600)], 3600),  # two devices
        ([(0, 600), (0, 600)], 600),  # the same line twice
        ([(-9000, -8000)], 0),  # a test of the room
        ([(-3600, 7200)], 3600),  # never more than planned
        ([(-300, 3300)], 3600),  # a clock five minutes ahead
        ([(-301, 3299)], 3599),
        ([(5, 5)], 0),
    ],
)
def test_seconds_present(stays: list[tuple[int, int]], expected: int) -> None:
    assert seconds_present([Span(at(a), at(b)) for a, b in stays], PLANNED) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(2880, True), (2879, False), (3600, True), (0, False)]
)
def test_threshold(seconds: int, expected: bool) -> None:
    assert is_attested(seconds, PLANNED) is expected


def test_stay_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Span(at(1), at(0))


moments = st.integers(min_value=-60, max_value=LONG + 60)


@pytest.mark.prove
@settings(max_examples=scaled(200, 10_000))
@given(st.lists(st.tuples(moments, moments), max_size=8))
def test_union_is_what_the_oracle_counts(pairs: list[tuple[int, int]]) -> None:
    stays = [tuple(sorted(pair)) for pair in pairs]
    skew = SKEW // timedelta(seconds=STEP)
    seen = {step for a, b in stays for step in range(max(a, -skew), min(b, LONG + skew))}
    oracle = min(len(seen), LONG) * STEP
    spans = [Span(at(a * STEP), at(b * STEP)) for a, b in stays]
    assert seconds_present(spans, PLANNED) == oracle
    assert seconds_present(reversed(spans), PLANNED) == oracle  # in any order
