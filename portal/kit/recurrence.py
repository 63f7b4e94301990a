"""Dates that come back, in the time of a place: what starts at nine starts at nine all year.

An hour that the change of March skips is moved forward by what was skipped; one that the change
of October repeats is the first of the two (as RFC 5545, 3.3.5, reads them).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule

MOST = 52
"""Dates that one series may hold."""


def weekly(
    first: date, *, weeks: int = 1, times: int | None = None, until: date | None = None
) -> list[date]:
    """Days from `first`, every `weeks` weeks: `times` of them, or up to `until` (inside).

    The series stops at whichever comes first, and after `MOST` dates. Raises ValueError for a
    rhythm under a week, or when neither end is given.
    """
    if weeks < 1:
        raise ValueError("a series comes back every week at most")
    if times is None and until is None:
        raise ValueError("a series needs an end")
    start = datetime.combine(first, time.min)
    series = rrule(WEEKLY, dtstart=start, interval=weeks, count=min(times or MOST, MOST))
    days = [each.date() for each in series]
    return [day for day in days if until is None or day <= until]


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which a clock of `zone` shows this day and this hour."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def span(day: date, at: time, minutes: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end of what begins at that hour and lasts `minutes`, elapsed."""
    starts_at = instant(day, at, zone)
    return starts_at, starts_at + timedelta(minutes=minutes)
