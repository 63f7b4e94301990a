"""Days as they stand in cells: one or several, with or without their year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from portal.kit.folding import plain

from .reading import MONTHS, day

_SHORT = re.compile(r"(?<![\d/.,])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?!\d|/|,\d)")
_SHARED = re.compile(
    r"^\s*((?:\d{1,2}\s*(?:,|et|&|\+|-|/|;)\s*)+\d{1,2})"
    r"[ /]+([^\W\d]+|\d{1,2})(?:[ /]+(\d{4}))?\s*$"
)
_WORDS = re.compile(r"\b(\d{1,2})(?:er)? ([a-z]{3,9})(?: (\d{4}))?\b")


@dataclass(frozen=True, slots=True)
class Part:
    """A day and a month; the year where it is written."""

    day: int
    month: int
    year: int | None

    def near(self, month: date) -> str:
        """The day in ISO form; without its year, the one nearest to the statement's month."""
        if self.year is not None:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        middle = month.replace(day=15)
        possible = []
        for year in (month.year - 1, month.year, month.year + 1):
            try:
                possible.append(date(year, self.month, self.day))
            except ValueError:
                continue
        return min(possible, key=lambda each: abs(each - middle)).isoformat() if possible else ""


@lru_cache(maxsize=1 << 14)
def days_in(text: str) -> tuple[Part, ...]:
    """Every day that a cell tells; none when it is no date."""
    text = text.strip()
    if (whole := day(text)) is not None and not re.fullmatch(r"\d+(?:\.\d+)?", text):
        found = date.fromordinal(date(1970, 1, 1).toordinal() + whole)
        return (Part(found.day, found.month, found.year),)
    if shared := _SHARED.match(text):
        month = _month(shared[2])
        numbers = [int(each) for each in re.findall(r"\d{1,2}", shared[1])]
        if month and len(numbers) > 1 and re.search(r"[^\W\d]", shared[2]):
            year = int(shared[3]) if shared[3] else None
            return tuple(Part(each, month, year) for each in numbers if 1 <= each <= 31)
    several = [
        Part(int(each[1]), int(each[2]), _year(each[3]))
        for each in _SHORT.finditer(text)
        if 1 <= int(each[1]) <= 31 and 1 <= int(each[2]) <= 12
    ]
    if not several:
        several = [
            Part(int(number), MONTHS[name], int(year) if year else None)
            for number, name, year in _WORDS.findall(plain(text))
            if name in MONTHS and 1 <= int(number) <= 31
        ]
    years = {each.year for each in several} - {None}
    if len(years) == 1:  # « 3/11, 10/11 et 17/11/2026 »
        year = years.pop()
        several = [Part(each.day, each.month, year) for each in several]
    return tuple(several) if all(_exists(each) for each in several) else ()


def _exists(part: Part) -> bool:
    return part.day <= monthrange(part.year or 2000, part.month)[1]


def _month(text: str) -> int:
    return int(text) if text.isdecimal() and 1 <= int(text) <= 12 else MONTHS.get(plain(text), 0)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
