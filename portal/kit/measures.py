"""From frames of facts to values of indicators. Pure: no database.

A frame has one row a fact, or a group of equal facts with their count. Columns that count are
whole numbers; a condition is 0 or 1. `by` and `site` are columns: of the groups of a value, and
of its sites.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from portal.kit.indicators import Span, Value


def frame(
    rows: Iterable[Iterable[Any]], columns: Sequence[str], days: Sequence[str] = ()
) -> pd.DataFrame:
    """Rows under their columns; those of `days` hold dates, or nothing."""
    made = pd.DataFrame.from_records([tuple(row) for row in rows], columns=list(columns))
    for name in days:
        made[name] = pd.to_datetime(made[name])
    return made


def during(rows: pd.DataFrame, span: Span, on: str = "on") -> pd.DataFrame:
    """The facts of a period, by the day in the column `on`."""
    if rows.empty:
        return rows
    return rows[(rows[on] >= pd.Timestamp(span.first)) & (rows[on] <= pd.Timestamp(span.last))]


def total(rows: pd.DataFrame, column: str = "", *, by: str = "", site: str = "") -> Value:
    """How many rows, or the sum of a column."""

    def told(part: pd.DataFrame) -> Value:
        return Value(int(part[column].sum()) if column else len(part))

    return _split(rows, told, by, site)


def people(rows: pd.DataFrame, column: str, *, by: str = "") -> Value:
    """How many different ones a column holds: of the whole, which its groups may share."""
    return _split(rows, lambda part: Value(int(part[column].nunique())), by)


def ratio(
    rows: pd.DataFrame,
    part: str,
    whole: str,
    *,
    unknown: str = "",
    by: str = "",
    site: str = "",
) -> Value:
    """The sum of a column among that of another; `unknown`, a third one, is in neither."""

    def told(some: pd.DataFrame) -> Value:
        outside = int(some[unknown].sum()) if unknown else 0
        return Value(int(some[part].sum()), int(some[whole].sum()), outside)

    return _split(rows, told, by, site)


def waits(rows: pd.DataFrame, column: str, *, by: str = "", site: str = "") -> Value:
    """The median and the ninth decile of a column; rows without it are unknown.

    The ninth decile is the shortest wait that nine in ten did not exceed: one that somebody had,
    not a point between two.
    """

    def told(some: pd.DataFrame) -> Value:
        known = some[column].dropna().sort_values()
        count = len(known)
        return Value(
            count,
            unknown=len(some) - count,
            middle=float(known.median()) if count else None,
            high=float(known.iloc[(9 * count + 9) // 10 - 1]) if count else None,
        )

    return _split(rows, told, by, site)


def _split(
    rows: pd.DataFrame, tell: Callable[[pd.DataFrame], Value], by: str, site: str = ""
) -> Value:
    """A value, then that of each part: by group, and by site."""
    groups, sites = (
        {str(code): tell(part) for code, part in rows.groupby(column, sort=True)}
        if column and not rows.empty
        else {}
        for column in (by, site)
    )
    return replace(tell(rows), groups=groups, sites=sites)
