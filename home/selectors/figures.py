"""The figures as they were last computed, in the words in which every screen and export says them.

One query; nothing is computed here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from home.chart import Chart, Point, draw, width_of
from home.models import Computation
from portal.kit import words
from portal.kit.indicators import (
    ENOUGH,
    Indicator,
    Said,
    Span,
    Topic,
    Unit,
    Value,
    measures,
    published,
    say,
    spans_to,
)

QUARTERS_DRAWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator, or one of its groups, over a period and over the one it is compared with.

    `value` None: hidden. `width`: of its bar, in hundredths of the longest one beside it.
    """

    label: str
    unit: Unit
    value: Value | None
    before: Value | None
    indicator: Indicator
    width: int = 0

    @property
    def said(self) -> Said:
        return say(self.value, self.unit)

    @property
    def said_before(self) -> Said:
        return say(self.before, self.unit)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one computation found."""

    until: date
    ended_at: datetime
    values: dict[str, dict[str, object]]

    @property
    def spans(self) -> list[Span]:
        return spans_to(self.until)

    @property
    def years(self) -> list[Span]:
        return [each for each in self.spans if not each.quarter]

    def value(self, indicator: Indicator, span: Span) -> Value:
        """Of a period that is not computed: nothing."""
        kept = self.values.get(indicator.key, {}).get(span.key)
        return Value.from_json(kept) if isinstance(kept, dict) else nothing(indicator)

    def lines(self, topics: Iterable[Topic], span: Span, before: Span) -> dict[Topic, list[Line]]:
        """Topic by topic, all that is measured."""
        found: dict[Topic, list[Line]] = {}
        for each in measures(topics):
            found.setdefault(each.indicator.topic, []).append(
                self.line(each.indicator, span, before)
            )
        return found

    def line(self, indicator: Indicator, span: Span, before: Span) -> Line:
        return Line(
            str(indicator.name),
            indicator.unit,
            self.value(indicator, span),
            self.value(indicator, before),
            indicator,
        )

    def public_line(self, indicator: Indicator, span: Span, before: Span) -> Line:
        """The same as it may leave the network: few people are hidden."""
        return Line(
            str(indicator.name),
            indicator.unit,
            published(self.value(indicator, span), indicator)[0],
            published(self.value(indicator, before), indicator)[0],
            indicator,
        )

    def groups(
        self, indicator: Indicator, span: Span, before: Span, *, public: bool = False
    ) -> list[Line]:
        """One line a group known in either period, the largest first; with few people hidden
        where it is to leave the network."""
        now, then = self.value(indicator, span), self.value(indicator, before)
        shown = published(now, indicator)[1] if public else now.groups
        shown_then = published(then, indicator)[1] if public else then.groups
        codes = {*now.groups, *then.groups}
        none = nothing(indicator)
        lines = [(code, shown.get(code, none), shown_then.get(code, none)) for code in codes]
        highest = max((level_of(value) for _code, value, _before in lines), default=0.0)
        made = [
            Line(
                indicator.group(code),
                group_unit(indicator),
                value,
                earlier,
                indicator,
                width_of(level_of(value), highest),
            )
            for code, value, earlier in lines
        ]
        return sorted(made, key=lambda line: (-level_of(line.value), line.label))

    def chart(self, indicator: Indicator, span: Span) -> Chart:
        """The last quarters; the current one, or those of the current year, are marked."""
        quarters = [each for each in self.spans if each.quarter][:QUARTERS_DRAWN]
        points = []
        for each in reversed(quarters):
            value = self.value(indicator, each)
            current = each == span or (not span.quarter and each.year == span.year)
            label = f"T{each.quarter} {each.year % 100:02d}"
            points.append(Point(label, brief(value, indicator.unit), level_of(value), current))
        return draw(points)

    def history(self, indicator: Indicator) -> Iterator[tuple[Span, Said]]:
        """The periods that are computed, the latest first, back to the year of the first fact."""
        told = [(each, self.value(indicator, each)) for each in self.spans]
        first = min((span.year for span, value in told if value.is_known), default=self.until.year)
        for span, value in told:
            if span.year >= first:
                yield span, say(value, indicator.unit)

    def unfinished(self, span: Span, before: Span) -> str:
        """That a period still runs, for who compares it with a whole one; empty once it is over."""
        if self.until >= span.last:
            return ""
        told = {"span": span.name, "day": words.plain_day(self.until), "before": before.name}
        return (
            _(
                "Période en cours\u00a0: %(span)s est compté jusqu’au %(day)s,"
                " %(before)s jusqu’à sa fin."
            )
            % told
        )


def latest() -> Figures | None:
    """What was last computed; None before the first time. One query."""
    row = Computation.objects.finished().first()
    if row is None or row.ended_at is None:
        return None
    return Figures(row.until, row.ended_at, row.values)


def group_unit(indicator: Indicator) -> Unit:
    """Reasons of refusals are counted: shares of each would be shares of themselves."""
    return Unit.COUNT if indicator.key == "refusals" else indicator.unit


def level_of(value: Value | None) -> float:
    """What a bar or a column draws: a share, a median or a number; nothing of a hidden one."""
    if value is None:
        return 0.0
    if value.denominator is not None or value.middle is not None:
        return value.level or 0.0
    return float(value.numerator)


def brief(value: Value, unit: Unit) -> str:
    """The figure in the few signs that fit over a column."""
    if unit in (Unit.SHARE, Unit.BUDGET):
        return f"{value.numerator}/{value.denominator}" if _is_few(value) else _percent(value)
    if unit in (Unit.DAYS, Unit.WEEKS):
        return "" if value.middle is None else f"{value.middle:g}".replace(".", ",")
    if unit is Unit.EUROS:
        return _money(value.numerator)
    return str(value.numerator)


def _is_few(value: Value) -> bool:
    return bool(value.denominator) and (value.denominator or 0) < ENOUGH


def _money(cents: int) -> str:
    """In whole euros, in thousands of them from ten thousand."""
    euros = round(cents / 100)
    if euros < 10_000:
        return f"{words.number(euros)}{words.NBSP}€" if euros else "0"
    return f"{words.number(round(euros / 1000))}{words.NBSP}k€"


def _percent(value: Value) -> str:
    return f"{round(100 * value.numerator / value.denominator)}%" if value.denominator else ""


def nothing(indicator: Indicator) -> Value:
    """The value of no fact at all."""
    compared = group_unit(indicator) in (Unit.SHARE, Unit.BUDGET)
    return Value(0, 0 if compared else None)
