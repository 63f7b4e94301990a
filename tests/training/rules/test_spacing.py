"""When cases come back, and to whom a mail leaves today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.enums import Return
from training.rules.spacing import DAYS, Waiting, due_dates, standing, to_mail

FINISHED = date(2026, 11, 22)


def test_due_dates() -> None:
    assert due_dates(FINISHED) == [
        (7, date(2026, 11, 29)),
        (30, date(2026, 12, 22)),
        (90, date(2027, 2, 20)),
    ]


@pytest.mark.parametrize(
    ("day", "mailed", "opened", "after", "stands"),
    [
        (7, None, False, 0, Return.UPCOMING),
        (7, None, False, 6, Return.UPCOMING),
        (7, None, False, 7, Return.DUE),
        (7, None, False, 8, Return.LATE),
        (7, None, False, 29, Return.LATE),
        (7, None, False, 30, Return.EXPIRED),  # the next one is due
        (30, None, False, 89, Return.LATE),
        (30, None, False, 90, Return.EXPIRED),
        (90, None, False, 119, Return.LATE),
        (90, None, False, 120, Return.EXPIRED),
        (7, 7, False, 7, Return.MAILED),
        (7, 9, False, 39, Return.MAILED),
        (7, 9, False, 40, Return.EXPIRED),
        (7, 9, True, 400, Return.OPENED),
    ],
)
def test_standing(day: int, mailed: int | None, opened: bool, after: int, stands: Return) -> None:
    mailed_on = None if mailed is None else FINISHED + timedelta(days=mailed)
    today = FINISHED + timedelta(days=after)
    assert (
        standing(day, finished_on=FINISHED, mailed_on=mailed_on, opened=opened, today=today)
        is stands
    )


def waiting(learner: str, case: int, due: int, day: int = 7) -> Waiting[str]:
    return Waiting(learner, case, day, FINISHED + timedelta(days=due))


def test_one_mail_a_day() -> None:
    lists = [
        waiting("ada", 1, 3),
        waiting("ada", 2, 1),
        waiting("bea", 3, 2),
        waiting("cleo", 4, 0),
    ]
    assert to_mail(lists, already={"cleo"}) == [waiting("ada", 2, 1), waiting("bea", 3, 2)]


def test_nobody_waits() -> None:
    assert to_mail([], already=set()) == []


returns = st.builds(
    waiting, st.sampled_from("abcd"), st.integers(1, 5), st.integers(0, 9), st.sampled_from(DAYS)
)


@given(st.lists(returns, max_size=20), st.sets(st.sampled_from("abcd")))
def test_at_most_one_mail_and_nobody_forgotten(
    lists: list[Waiting[str]], already: set[str]
) -> None:
    mailed = to_mail(lists, already=already)
    learners = [each.learner for each in mailed]
    assert sorted(learners) == sorted({each.learner for each in lists} - already)
    for each in mailed:
        assert each.due_on == min(one.due_on for one in lists if one.learner == each.learner)


@given(st.integers(0, 200), st.sampled_from(DAYS))
def test_never_two_returns_of_a_case_to_mail_on_a_day(after: int, day: int) -> None:
    today = FINISHED + timedelta(days=after)
    stands = [
        standing(each, finished_on=FINISHED, mailed_on=None, opened=False, today=today)
        for each in DAYS
    ]
    assert sum(each in {Return.DUE, Return.LATE} for each in stands) <= 1
