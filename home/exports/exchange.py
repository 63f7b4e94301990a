"""Common indicators, for networks that compare themselves: the schema is in
`docs/indicator-exchange.md`. Aggregated; few people are hidden, and a network's own sites untold.
"""

from typing import Any

import pandas as pd
from django.conf import settings

from home.selectors.figures import Figures
from portal.kit.indicators import FEW, Indicator, Span, Value, measures, published

SCHEMA = "ariane-indicators/1"
"""The number grows when a key changes its meaning; new keys do not change it."""


def exchange(figures: Figures, span: Span) -> dict[str, Any]:
    """What a network hands over for a year, or a quarter."""
    return {
        "schema": SCHEMA,
        "network": settings.PAYER_NAME,
        "period": {
            "key": span.key,
            "first": span.first.isoformat(),
            "last": span.last.isoformat(),
            "until": min(span.last, figures.until).isoformat(),
        },
        "hidden_below": FEW,
        "indicators": [_told(figures, each.indicator, span) for each in measures()],
    }


def _told(figures: Figures, indicator: Indicator, span: Span) -> dict[str, Any]:
    whole, groups = published(figures.value(indicator, span), indicator)
    told = {"key": indicator.key, "unit": indicator.unit.value, **_numbers(whole)}
    if groups:
        told["groups"] = [{"code": code, **_numbers(groups[code])} for code in sorted(groups)]
    return told


def _numbers(value: Value | None) -> dict[str, Any]:
    if value is None:
        return {"hidden": True}
    return {
        "hidden": False,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "unknown": value.unknown,
        "median": value.middle,
        "ninth_decile": value.high,
    }


COLUMNS = ("hidden", "numerator", "denominator", "unknown", "median", "ninth_decile")


def exchange_frame(figures: Figures, span: Span) -> pd.DataFrame:
    """The same, one row an indicator (empty `code`) or a group; what is not known is empty."""
    found = exchange(figures, span)
    rows = []
    for each in found["indicators"]:
        for part in ({"code": "", **each}, *each.get("groups", ())):
            row = {
                "schema": found["schema"],
                "network": found["network"],
                "period": found["period"]["key"],
                "until": found["period"]["until"],
                "key": each["key"],
                "unit": each["unit"],
                "code": part["code"],
            }
            numbers = {name: part.get(name) for name in COLUMNS}
            rows.append(row | {name: _cell(cell) for name, cell in numbers.items()})
    return pd.DataFrame(rows)


def _cell(cell: object) -> object:
    return "" if cell is None else int(cell) if isinstance(cell, bool) else cell
