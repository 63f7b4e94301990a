"""Calendar arithmetic on plain local dates (Europe/Paris): periods, months, anniversaries.

A date that does not exist is clipped to the end of its month: 30 November plus three months is
28 or 29 February, and the anniversary of a 29 February is the 28th in a common year.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import cache


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` (inside) to `end` (outside); no `end` = open. Empty if `end` <= `start`."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Whether a status held from `first` to `last`, both inside, holds on `day`.

    No `last` = open; no `first` = never held.
    """
    return first is not None and first <= day and (last is None or day <= last)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, clipped to the month's end, and to the calendar's (9999)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    """The anniversary of `day`, `years` later: 29 February falls on the 28th in a common year."""
    return add_months(day, 12 * years)


def civil_year(day: date) -> Period:
    """The calendar year that holds `day`."""
    return _calendar_year(day.year)


@cache
def _calendar_year(year: int) -> Period:
    first = date(year, 1, 1)
    return Period(first, add_years(first, 1))


def anniversary_year(start: date, day: date) -> Period | None:
    """The whole year counted from `start` that holds `day`; None before `start`."""
    if day < start:
        return None
    years = day.year - start.year
    if add_years(start, years) > day:
        years -= 1
    return Period(add_years(start, years), add_years(start, years + 1))
