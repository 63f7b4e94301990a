"""From frames of facts to values of indicators. Pure: no database.

A frame has one row a fact, or a group of equal facts with their count. Columns that count are
whole numbers; a condition is 0 or 1.
"""

from collections.abc import Callable, Iterable, Sequence
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
    return rows[(rows[on] >= pd.Timestamp(span.first)) & (rows[on] <= pd.Timestamp(span.last))]


def total(rows: pd.DataFrame, column: str = "", *, by: str = "") -> Value:
    """How many rows, or the sum of a column."""
    count = int(rows[column].sum()) if column else len(rows)
    return Value(count, groups=_groups(rows, by, lambda part: total(part, column)))


def people(rows: pd.DataFrame, column: str, *, by: str = "") -> Value:
    """How many different ones a column holds: of the whole, which its groups may share."""
    return Value(
        int(rows[column].nunique()), groups=_groups(rows, by, lambda part: people(part, column))
    )


def ratio(rows: pd.DataFrame, part: str, whole: str, *, unknown: str = "", by: str = "") -> Value:
    """The sum of a column among that of another; `unknown`, a third one, is in neither."""
    return Value(
        int(rows[part].sum()),
        int(rows[whole].sum()),
        int(rows[unknown].sum()) if unknown else 0,
        groups=_groups(rows, by, lambda each: ratio(each, part, whole, unknown=unknown)),
    )


def waits(rows: pd.DataFrame, column: str, *, by: str = "") -> Value:
    """The median and the ninth decile of a column; rows without it are unknown.

    The ninth decile is the shortest wait that nine in ten did not exceed: one that somebody had,
    not a point between two.
    """
    known = rows[column].dropna().sort_values()
    count = len(known)
    return Value(
        count,
        unknown=len(rows) - count,
        middle=float(known.median()) if count else None,
        high=float(known.iloc[(9 * count + 9) // 10 - 1]) if count else None,
        groups=_groups(rows, by, lambda part: waits(part, column)),
    )


def _groups(
    rows: pd.DataFrame, by: str, measure: Callable[[pd.DataFrame], Value]
) -> dict[str, Value]:
    if not by or rows.empty:
        return {}
    return {str(code): measure(part) for code, part in rows.groupby(by, sort=True)}
