"""The outline of a plan being written: rows in the order of the page, and gestures on them.

A row is `kind:key`; it belongs to the last row of the level above. Gestures keep the rows under
one another together, and do nothing when they make no sense.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from network.enums import PlanRow

LEVELS = (PlanRow.PROBLEM, PlanRow.OBJECTIVE, PlanRow.ACTION)
MOST_ROWS = 80
"""Rows of one plan, all kinds together: beyond, nobody reads it."""


@dataclass(frozen=True, slots=True)
class Row:
    kind: PlanRow
    key: str

    @property
    def level(self) -> int:
        return LEVELS.index(self.kind)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def read_rows(sent: Sequence[str]) -> list[Row]:
    """The rows that make sense: known kinds, each key once, each under its level above."""
    rows: list[Row] = []
    depth, seen = -1, set()
    for text in sent:
        kind, _, key = text.partition(":")
        if kind not in LEVELS or not key.isalnum() or len(key) > 12 or key in seen:
            continue
        row = Row(PlanRow(kind), key)
        if row.level > depth + 1 or len(rows) == MOST_ROWS:
            continue
        rows.append(row)
        seen.add(key)
        depth = row.level
    return rows


def read_block(sent: Sequence[str]) -> list[Row]:
    """A block as it was removed, whatever its first level."""
    rows = [Row(PlanRow(kind), key) for kind, _, key in (text.partition(":") for text in sent)]
    return rows[:MOST_ROWS]


def added(rows: Sequence[Row], under: str, key: str) -> list[Row]:
    """With a new row at the end of the row `under`; a new problem when `under` is empty."""
    if len(rows) >= MOST_ROWS:
        return list(rows)
    if not under:
        return [*rows, Row(PlanRow.PROBLEM, key)]
    place = _place(rows, under)
    if place is None or rows[place].kind == PlanRow.ACTION:
        return list(rows)
    end = _end(rows, place)
    return [*rows[:end], Row(LEVELS[rows[place].level + 1], key), *rows[end:]]


def removed(rows: Sequence[Row], key: str) -> list[Row]:
    """Without this row and all that is under it."""
    place = _place(rows, key)
    if place is None:
        return list(rows)
    return [*rows[:place], *rows[_end(rows, place) :]]


def block(rows: Sequence[Row], key: str) -> list[Row]:
    """This row and all that is under it."""
    place = _place(rows, key)
    return [] if place is None else list(rows[place : _end(rows, place)])


def parent(rows: Sequence[Row], key: str) -> str:
    """The key of the row that holds this one; empty for a problem."""
    place = _place(rows, key)
    if place is None:
        return ""
    above = (row.key for row in reversed(rows[:place]) if row.level == rows[place].level - 1)
    return next(above, "")


def restored(rows: Sequence[Row], gone: Sequence[Row], under: str) -> list[Row]:
    """With a block that was removed at the end of the row `under`, as long as that row is there."""
    known = {row.key for row in rows}
    if not gone or known & {row.key for row in gone} or len(rows) + len(gone) > MOST_ROWS:
        return list(rows)
    place = _place(rows, under) if under else None
    if place is None:
        return [*rows, *gone] if gone[0].kind == PlanRow.PROBLEM else list(rows)
    end = _end(rows, place)
    return [*rows[:end], *gone, *rows[end:]]


def raised(rows: Sequence[Row], key: str) -> list[Row]:
    """This row, with all that is under it, before its neighbour of the same level."""
    place = _place(rows, key)
    if place is None:
        return list(rows)
    before = _sister_before(rows, place)
    if before is None:
        return list(rows)
    end = _end(rows, place)
    return [*rows[:before], *rows[place:end], *rows[before:place], *rows[end:]]


def lowered(rows: Sequence[Row], key: str) -> list[Row]:
    """This row after its next neighbour: that one is raised."""
    place = _place(rows, key)
    if place is None:
        return list(rows)
    end = _end(rows, place)
    if end == len(rows) or rows[end].level != rows[place].level:
        return list(rows)
    return raised(rows, rows[end].key)


def _place(rows: Sequence[Row], key: str) -> int | None:
    return next((place for place, row in enumerate(rows) if row.key == key), None)


def _end(rows: Sequence[Row], place: int) -> int:
    """Where the rows under this one end."""
    level = rows[place].level
    under = (other for other in range(place + 1, len(rows)) if rows[other].level <= level)
    return next(under, len(rows))


def _sister_before(rows: Sequence[Row], place: int) -> int | None:
    level = rows[place].level
    for other in range(place - 1, -1, -1):
        if rows[other].level == level:
            return other
        if rows[other].level < level:
            return None
    return None
