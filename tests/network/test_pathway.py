"""The pathway's table of moves, its clocks, and the rule of sharing."""

from collections import Counter
from contextlib import suppress
from datetime import date
from itertools import product
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.enums import Circle, Move, PathwayState
from network.pathway import MOVES, Delays, NotAllowed, Urgency, after, clocks, delays, due
from network.rules.sharing import may_read_review

INCOMPLETE, REQUESTED = PathwayState.INCOMPLETE, PathwayState.REQUESTED
FOLLOWED, ENDED = PathwayState.FOLLOWED, PathwayState.ENDED
REDIRECTED, REFUSED = PathwayState.REDIRECTED, PathwayState.REFUSED
ARCHIVED, JOINED = PathwayState.ARCHIVED, PathwayState.JOINED

ALLOWED = {
    (None, Move.RECEIVED): INCOMPLETE,
    (INCOMPLETE, Move.COMPLETED): REQUESTED,
    (INCOMPLETE, Move.ASKED): INCOMPLETE,
    (REQUESTED, Move.ASKED): INCOMPLETE,
    (INCOMPLETE, Move.INCLUDED): FOLLOWED,
    (REQUESTED, Move.INCLUDED): FOLLOWED,
    (INCOMPLETE, Move.REDIRECTED): REDIRECTED,
    (REQUESTED, Move.REDIRECTED): REDIRECTED,
    (INCOMPLETE, Move.REFUSED): REFUSED,
    (REQUESTED, Move.REFUSED): REFUSED,
    (INCOMPLETE, Move.ARCHIVED): ARCHIVED,
    (INCOMPLETE, Move.JOINED): JOINED,
    (REQUESTED, Move.JOINED): JOINED,
    (ENDED, Move.ASKED_AGAIN): INCOMPLETE,
    (REDIRECTED, Move.ASKED_AGAIN): INCOMPLETE,
    (REFUSED, Move.ASKED_AGAIN): INCOMPLETE,
    (ARCHIVED, Move.ASKED_AGAIN): INCOMPLETE,
    (FOLLOWED, Move.EVALUATED): FOLLOWED,
    (FOLLOWED, Move.REASSESSED): FOLLOWED,
    (FOLLOWED, Move.RENEWED): FOLLOWED,
    (FOLLOWED, Move.ENDED): ENDED,
    (FOLLOWED, Move.CORRECTED): FOLLOWED,
}


def test_moves_are_those_of_the_table_and_no_other() -> None:
    found = {}
    for state, move in product((None, *PathwayState), Move):
        with suppress(NotAllowed):
            found[state, move] = after(state, move)
    assert found == ALLOWED
    assert set(MOVES) == set(Move)


@pytest.mark.parametrize(
    ("completed", "last"),
    [
        (date(2026, 11, 16), date(2026, 12, 1)),  # over a month's end
        (date(2026, 12, 20), date(2027, 1, 4)),  # over a year's end
        (date(2028, 2, 14), date(2028, 2, 29)),  # a leap day counts
        (date(2027, 2, 14), date(2027, 3, 1)),
        (date(2026, 11, 20), date(2026, 12, 5)),  # a Saturday stays one: calendar days
    ],
)
def test_answer_is_due_fifteen_calendar_days_later(completed: date, last: date) -> None:
    assert due(completed) == last


@pytest.mark.parametrize(
    ("on", "left", "urgency"),
    [
        (date(2026, 11, 16), 15, Urgency.IN_TIME),
        (date(2026, 11, 27), 4, Urgency.IN_TIME),
        (date(2026, 11, 28), 3, Urgency.URGENT),
        (date(2026, 12, 1), 0, Urgency.URGENT),
        (date(2026, 12, 2), -1, Urgency.LATE),
    ],
)
def test_clock_of_a_complete_file(on: date, left: int, urgency: Urgency) -> None:
    found = clocks(date(2026, 11, 10), date(2026, 11, 16), on)
    assert (found.left, found.urgency, found.due_on) == (left, urgency, date(2026, 12, 1))
    assert found.since_received == (on - date(2026, 11, 10)).days


def test_clock_of_an_incomplete_file_has_not_started() -> None:
    found = clocks(date(2026, 11, 10), None, date(2027, 2, 1))
    assert (found.left, found.due_on, found.urgency) == (None, None, Urgency.NOT_STARTED)
    assert found.since_received == 83


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, Delays(0, 0, None)),
        ({15: 1}, Delays(1, 1, 15)),  # the fifteenth day is in time
        ({16: 1}, Delays(1, 0, 16)),
        ({-2: 1, 1: 1}, Delays(2, 2, 0.5)),  # decided as of a day before: none taken
        ({4: 2, 10: 1, 20: 1}, Delays(4, 3, 7)),
        ({4: 1, 10: 5, 20: 2}, Delays(8, 6, 10)),
    ],
)
def test_delays_of_answers(counts: dict[int, int], expected: Delays) -> None:
    assert delays(counts) == expected


@given(st.lists(st.integers(0, 60), min_size=1))
def test_delays_are_those_of_the_list(days: list[int]) -> None:
    found = delays(Counter(days))
    assert found == Delays(len(days), sum(each <= 15 for each in days), median(days))


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 400))
def test_days_left_fall_by_one_a_day(completed: date, days: int) -> None:
    on = date.fromordinal(completed.toordinal() + days)
    assert clocks(completed, completed, on).left == 15 - days


@pytest.mark.parametrize(
    ("in_team", "circle", "consents", "reads"),
    [
        (True, None, (), True),
        (False, None, (), False),
        (False, None, (Circle.REVIEW,), True),
        (False, None, (Circle.INSURANCE,), False),
        (False, Circle.INSURANCE, (Circle.REVIEW,), False),
        (False, Circle.INSURANCE, (Circle.INSURANCE,), True),
        (True, Circle.OCCUPATIONAL, (), False),
    ],
)
def test_reader_of_a_review(
    in_team: bool, circle: Circle | None, consents: tuple[Circle, ...], reads: bool
) -> None:
    assert may_read_review(in_team=in_team, circle=circle, consents=consents) is reads
