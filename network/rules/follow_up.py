"""Rules of the follow-up: its term, what is announced before it, months done, spans of days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from portal.kit.dates import add_months

FOLLOW_UP_MONTHS = 15
"""Length of the follow-up, from the decision of inclusion (AMB-5)."""
ANNOUNCED_DAYS = (60, 30)
"""Days before the last one from which the end is announced, the first time and again."""
REASSESSED_DAYS = 90
"""Days before the last one from which a reassessment is due."""
RENEWED_MONTHS = 12
"""The longest that one renewal may add (AMB-5: by reasoned exception)."""


class FollowUp(NamedTuple):
    """One follow-up of a patient: the present one, or a `former` one, which always has its end.

    `left_on`: the day of the exit, itself outside. `renewed_to`: the end of a follow-up prolonged
    by exception, itself outside. No `included_on`: the patient was never included.
    """

    included_on: date | None
    left_on: date | None = None
    renewed_to: date | None = None
    former: bool = False


def follow_up_on(day: date, present: FollowUp, former: Iterable[FollowUp]) -> FollowUp:
    """The follow-up that an act of that day belongs to: a former one that holds it, or the present.

    Former ones share no day, and all come before the present one.
    """
    for each in former:
        if each.included_on and each.left_on and each.included_on <= day < each.left_on:
            return each
    return present


def comes_before(former: FollowUp, present: FollowUp, others: Iterable[FollowUp]) -> bool:
    """Whether a former follow-up shares no day with the others, and ends before the present one."""
    start, end = former.included_on, former.left_on
    if start is None or end is None:
        return False
    if present.included_on is not None and present.included_on < end:
        return False
    return not any(
        each.included_on and each.left_on and start < each.left_on and each.included_on < end
        for each in others
    )


def last_day_of_follow_up(included_on: date, renewed_to: date | None = None) -> date:
    """The day before the same day 15 months later: 5 January 2026 → 4 April 2027.

    `renewed_to`: the end of a renewed follow-up, itself outside; it never shortens.
    """
    end = add_months(included_on, FOLLOW_UP_MONTHS)
    return max(end, renewed_to or end) - timedelta(days=1)


def last_inclusion_over(on: date) -> date:
    """The latest inclusion whose 15 months are over on that day: its end, outside, is not later.

    An end is clipped to its month's: on the last day of a month, several inclusions are over.
    """
    bound = add_months(on, -FOLLOW_UP_MONTHS)
    if (on + timedelta(days=1)).day == 1:
        return add_months(bound.replace(day=1), 1) - timedelta(days=1)
    return bound


def announced(last_day: date, on: date) -> int | None:
    """Which announcement of the end stands on a day, 60 or 30; None before and after."""
    left = (last_day - on).days
    standing = [days for days in ANNOUNCED_DAYS if 0 <= left <= days]
    return min(standing, default=None)


def last_renewal(last_day: date) -> date:
    """The latest last day that one renewal may give."""
    return add_months(last_day + timedelta(days=1), RENEWED_MONTHS) - timedelta(days=1)


def whole_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`; 0 when `end` comes first."""
    months = max(0, (end.year - start.year) * 12 + end.month - start.month)
    return months - 1 if months and add_months(start, months) > end else months


def overlap(first: date, last: date | None, start: date, end: date | None) -> bool:
    """Whether two spans share a day; their ends are inside, and None = open."""
    return (last is None or start <= last) and (end is None or first <= end)
