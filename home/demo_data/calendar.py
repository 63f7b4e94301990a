"""Days of the demo: written once, for one model year, and stretched to any reference date.

The sheets tell a year that runs from 1 January to 15 November 2026, the eve of the default
reference date. For another reference date:

- a day of 2026 keeps its place among the working days of the reference's civil year, from
  1 January to the eve of the reference: order and civil year, which caps and follow-ups rest on,
  are kept, so that the same rules give the same decisions;
- a day before 2026 is moved by whole years;
- `J-14` is fourteen days before the reference, for what must look alive today;
- `J+10` is ten days after it, or the next working day, for what is to come.

A reference earlier than 1 March leaves too few days for a year of sessions: the year told is then
the whole civil year before, and the meters of the current year start at zero, as in any January.
"""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from portal.kit.dates import add_years

PARIS = ZoneInfo("Europe/Paris")
MODEL_REFERENCE = date(2026, 11, 16)
ENOUGH_DAYS = 59  # 1 January to 28 February
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


def working_days(start: date, end: date) -> list[date]:
    """Mondays to Fridays from `start` to before `end`, without the holidays of fixed date."""
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return [d for d in days if d.weekday() < 5 and (d.month, d.day) not in HOLIDAYS]


MODEL_DAYS = working_days(date(MODEL_REFERENCE.year, 1, 1), MODEL_REFERENCE)


class Calendar:
    """Turns the words of the sheets into days, for one reference date."""

    def __init__(self, reference: date) -> None:
        self.reference = reference
        first = date(reference.year, 1, 1)
        told = (reference - first).days >= ENOUGH_DAYS
        self.year = reference.year if told else reference.year - 1
        self.end = reference if told else first

    @cached_property
    def days(self) -> list[date]:
        """The working days of the year told."""
        return working_days(date(self.year, 1, 1), self.end)

    def day(self, words: str) -> date:
        """The day of `2026-05-04`, `J-14` or `J+10`."""
        if words.startswith("J-"):
            return self.reference - timedelta(days=int(words[2:]))
        if words.startswith("J+"):
            day = self.reference + timedelta(days=int(words[2:]))
            return working_days(day, day + timedelta(days=15))[0]
        model = date.fromisoformat(words)
        if model.year < MODEL_REFERENCE.year:
            return add_years(model, self.year - MODEL_REFERENCE.year)
        return self.days[self._place(model)]

    def spread(self, first: str, last: str, count: int) -> list[date]:
        """`count` days evenly set from `first` to `last`; just `first` for one."""
        if count == 1:
            return [self.day(first)]
        start, end = (self._place(date.fromisoformat(words)) for words in (first, last))
        if end - start < count - 1:
            raise ValueError(f"{count} days do not fit between {first} and {last}")
        return [self.days[start + n * (end - start) // (count - 1)] for n in range(count)]

    def next_working_day(self, day: date) -> date:
        """The next one of the year told, or its last."""
        return self.days[min(bisect_left(self.days, day) + 1, len(self.days) - 1)]

    def _place(self, model: date) -> int:
        return bisect_left(MODEL_DAYS, model) * len(self.days) // len(MODEL_DAYS)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of that day in Paris."""
    return datetime.combine(day, time(hour, minute), PARIS)
