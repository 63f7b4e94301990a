"""Where the columns of a chart stand, in the units of its drawing. Pure.

The drawing says nothing that the table beside it does not: who cannot see it reads that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, COLUMN = 44, 30
"""From a column to the next, and the width of one: a name such as « T3 26 » fits under it."""
TOP, TALL, FOOT = 16, 100, 18
"""Room for the figures above, for the columns, and for the names under them."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one column shows; `level` None: nothing is known, and nothing is drawn."""

    label: str
    figure: str
    level: float | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is drawn: corner, height, and the middle over which its words stand."""

    point: Point
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + COLUMN // 2

    @property
    def above(self) -> int:
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Chart:
    columns: list[Column]
    width: int
    height: int = TOP + TALL + FOOT
    base: int = TOP + TALL
    column: int = COLUMN

    @property
    def wide(self) -> int:
        """The width at which it is drawn at most, in pixels: two columns are no wider than two."""
        return self.width * 3 // 2

    @property
    def names(self) -> int:
        """The line on which the names stand."""
        return self.height - 4

    @property
    def sentence(self) -> str:
        return ", ".join(f"{each.point.label}\u00a0: {each.point.figure}" for each in self.columns)


def draw(points: Sequence[Point]) -> Chart:
    """Columns from zero, the highest one as tall as the drawing; the eldest first."""
    highest = max((each.level or 0 for each in points), default=0)
    columns = []
    for rank, each in enumerate(points):
        height = round(TALL * (each.level or 0) / highest) if highest else 0
        x = rank * STEP + (STEP - COLUMN) // 2
        columns.append(Column(each, x, TOP + TALL - height, height))
    return Chart(columns, max(len(points), 1) * STEP)


ROW, THICK, LONGEST, AFTER = 36, 11, 250, 110
"""Of bars: from one to the next, how thick, how long the longest, and the room for its figure."""
AT_ONCE = 10
"""Bars of one drawing: paper goes from sheet to sheet between two drawings, never inside one."""
NAME_FITS = 62
"""Signs of a name that fit over its bar; the table beside has it whole."""


@dataclass(frozen=True, slots=True)
class Bar:
    point: Point
    name: str
    y: int
    length: int

    @property
    def above(self) -> int:
        return self.y - 6

    @property
    def after(self) -> int:
        return self.length + 6

    @property
    def foot(self) -> int:
        """The line on which its figure stands."""
        return self.y + THICK - 1


@dataclass(frozen=True, slots=True)
class Bars:
    """`mark`: where the whole stands, None when nothing is beside it."""

    bars: list[Bar]
    height: int
    mark: int | None
    width: int = LONGEST + AFTER
    wide: int = (LONGEST + AFTER) * 3 // 2
    thick: int = THICK

    @property
    def sentence(self) -> str:
        return ", ".join(f"{each.point.label}\u00a0: {each.point.figure}" for each in self.bars)


def draw_bars(points: Sequence[Point], whole: float | None) -> list[Bars]:
    """One bar a point from zero, in their order, the highest as long as the drawing; in as many
    drawings as it takes, to be put one under the other."""
    highest = max((each.level or 0 for each in points), default=0)
    highest = max(highest, whole or 0)
    mark = round(LONGEST * whole / highest) if whole else None
    made = []
    for first in range(0, len(points), AT_ONCE):
        bars = []
        for rank, each in enumerate(points[first : first + AT_ONCE], start=1):
            length = round(LONGEST * (each.level or 0) / highest) if highest else 0
            bars.append(Bar(each, _fitting(each.label), rank * ROW - THICK - 4, length))
        made.append(Bars(bars, len(bars) * ROW, mark))
    return made


def _fitting(name: str) -> str:
    return name if len(name) <= NAME_FITS else f"{name[: NAME_FITS - 1].rstrip()}…"


def width_of(level: float | None, highest: float) -> int:
    """The width of a bar in hundredths of the highest."""
    return round(100 * level / highest) if level and highest else 0
