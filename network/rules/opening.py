"""When a telephone line answers: weekly hours, exceptional days, public holidays. Pure.

All hours are those of the line's own clock (Paris), without time zone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from portal.kit.holidays import holiday

LOOK_AHEAD = 60
"""Days beyond which a next opening is not looked for."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From an hour (inside) to a later one of the same day (outside)."""

    opens: time
    closes: time


type Spans = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Hours:
    """`weekly`: by day of the week, Monday 0. `special`: days that have their own hours, none of
    them meaning closed; they outdo holidays, which outdo the week."""

    weekly: Mapping[int, Spans]
    special: Mapping[date, Spans] = field(default_factory=dict)
    on_holidays: bool = False

    @property
    def known(self) -> bool:
        """Whether anybody said on which days the line answers."""
        return any(self.weekly.values()) or any(self.special.values())

    def on(self, day: date) -> list[Span]:
        """The hours of a day, those that touch joined."""
        if day in self.special:
            return _joined(self.special[day])
        if holiday(day) and not self.on_holidays:
            return []
        return _joined(self.weekly.get(day.weekday(), ()))


@dataclass(frozen=True, slots=True)
class Standing:
    """Open until when, or closed until when; `until` None: not within two months."""

    is_open: bool
    until: datetime | None


def standing(hours: Hours, at: datetime) -> Standing:
    """How the line stands at a local instant, given without time zone."""
    today = at.date()
    for span in hours.on(today):
        if span.opens <= at.time() < span.closes:
            return Standing(True, datetime.combine(today, span.closes))
    for ahead in range(LOOK_AHEAD + 1):
        day = today + timedelta(days=ahead)
        for span in hours.on(day):
            opening = datetime.combine(day, span.opens)
            if opening > at:
                return Standing(False, opening)
    return Standing(False, None)


def alike(weekly: Mapping[int, Spans]) -> list[tuple[int, int, list[Span]]]:
    """Days of the week that follow each other with the same hours: first, last, hours."""
    days = [(day, tuple(_joined(weekly.get(day, ())))) for day in range(7)]
    found = []
    for spans, run in groupby(days, key=lambda each: each[1]):
        if spans:
            told = [day for day, _spans in run]
            found.append((told[0], told[-1], list(spans)))
    return found


def _joined(spans: Spans) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.opens <= joined[-1].closes:
            joined[-1] = Span(joined[-1].opens, max(joined[-1].closes, span.closes))
        else:
            joined.append(span)
    return joined
