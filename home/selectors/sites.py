"""Sites side by side: an indicator in the figures of everywhere, one line a site."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.chart import Bars, Point, draw_bars
from home.selectors.figures import Figures, Line, level_of, nothing
from portal.kit.indicators import (
    Indicator,
    Said,
    Span,
    Topic,
    Unit,
    Value,
    is_comparable,
    measures,
    say_beside,
)

UNKNOWN = ""
"""The site of facts that have none."""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site over a period and over the one it is compared with."""

    site: str
    value: Value
    before: Value
    indicator: Indicator

    @property
    def label(self) -> str:
        return self.site or _("site inconnu")

    @property
    def said(self) -> Said:
        return say_beside(self.value, self.indicator)

    @property
    def said_before(self) -> Said:
        return say_beside(self.before, self.indicator)

    @property
    def is_compared(self) -> bool:
        known = self.site != UNKNOWN and self.value.is_known
        return known and is_comparable(self.value, self.indicator)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sites of an indicator beside the whole, which they and the unknown one add up to.

    Those compared come first, the highest first; then those of few people, then the unknown one.
    """

    span: Span
    before: Span
    whole: Line
    lines: list[SiteLine]

    @property
    def indicator(self) -> Indicator:
        return self.whole.indicator

    @property
    def has_few(self) -> bool:
        return any(line.value.is_known and not line.is_compared for line in self.lines if line.site)

    @property
    def charts(self) -> list[Bars]:
        """The sites compared; a mark where the whole stands, unless it is their sum."""
        points = [
            Point(capfirst(line.label), line.said.figure, level_of(line.value))
            for line in self.lines
            if line.is_compared
        ]
        is_sum = self.indicator.unit is Unit.COUNT
        return draw_bars(points, None if is_sum else level_of(self.whole.value))


def compared(figures: Figures, indicator: Indicator, span: Span, before: Span) -> Comparison:
    whole = figures.line(indicator, span, before)
    now, then = figures.value(indicator, span).sites, figures.value(indicator, before).sites
    none = nothing(indicator)
    lines = [
        SiteLine(site, now.get(site, none), then.get(site, none), indicator)
        for site in {*now, *then}
    ]
    return Comparison(span, before, whole, sorted(lines, key=_order))


def _order(line: SiteLine) -> tuple[bool, bool, float, str]:
    level = level_of(line.value) if line.is_compared else 0.0
    return line.site == UNKNOWN, not line.is_compared, -level, line.site


def told_by_site(topics: Iterable[Topic]) -> list[Indicator]:
    """The indicators whose facts hold a site."""
    return [each.indicator for each in measures(topics) if each.indicator.site]


def comparison_frame(found: Comparison) -> pd.DataFrame:
    """The table of the page, then the numbers of its words; the whole comes last."""
    lines: list[SiteLine | Line] = [*found.lines, found.whole]
    return pd.DataFrame([_row(found, line) for line in lines])


def _row(found: Comparison, line: SiteLine | Line) -> dict[str, object]:
    whole = isinstance(line, Line)
    value = line.value
    assert value is not None  # noqa: S101 - nothing is hidden inside the network
    told = found.indicator
    return {
        capfirst(str(told.site)): _("Ensemble") if whole else capfirst(line.label),
        _("Indicateur"): str(told.name),
        found.span.name: line.said.figure,
        _("Précision"): line.said.note,
        found.before.name: line.said_before.figure,
        _("Numérateur"): value.numerator,
        _("Dénominateur"): "" if value.denominator is None else value.denominator,
        _("Inconnus"): value.unknown,
        _("Ce qui est compté"): str(told.numerator),
    }
