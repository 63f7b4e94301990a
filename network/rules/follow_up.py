"""Rules of the follow-up: its term, months done, spans of days."""

from datetime import date, timedelta

from portal.kit.dates import add_months

FOLLOW_UP_MONTHS = 15
"""Length of the follow-up, from the decision of inclusion (AMB-5)."""


def last_day_of_follow_up(included_on: date) -> date:
    """The day before the same day 15 months later: 5 January 2026 → 4 April 2027."""
    return add_months(included_on, FOLLOW_UP_MONTHS) - timedelta(days=1)


def whole_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`; 0 when `end` comes first."""
    months = max(0, (end.year - start.year) * 12 + end.month - start.month)
    return months - 1 if months and add_months(start, months) > end else months


def overlap(first: date, last: date | None, start: date, end: date | None) -> bool:
    """Whether two spans share a day; their ends are inside, and None = open."""
    return (last is None or start <= last) and (end is None or first <= end)
