"""Rule of the reassessment: what changed since the sheet that it is compared with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

PARTS = ("pain", "repercussions", "treatments", "priorities", "own_words")
"""The written parts of a sheet, in the order of its pages."""


class Trend(StrEnum):
    """What a part became."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    LESS = "less"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as plain values; `intensity` 0 to 10, None = not asked."""

    intensity: int | None
    parts: Mapping[str, str]
    directions: Collection[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the pain, of each written part, and of the ways opened.

    `intensity`: None when one of the two was not asked. `gap`: points on the scale, never below 0.
    """

    intensity: Trend | None
    gap: int
    parts: Mapping[str, Trend]
    opened: tuple[str, ...]
    closed: tuple[str, ...]


def compare(before: Sheet, after: Sheet) -> Comparison:
    """Hold two sheets side by side; spaces and case of what was written do not count."""
    intensity, gap = None, 0
    if before.intensity is not None and after.intensity is not None:
        gap = abs(after.intensity - before.intensity)
        if not gap:
            intensity = Trend.SAME
        else:
            intensity = Trend.LESS if after.intensity < before.intensity else Trend.MORE
    return Comparison(
        intensity=intensity,
        gap=gap,
        parts={each: _trend(before.parts[each], after.parts[each]) for each in PARTS},
        opened=tuple(each for each in after.directions if each not in before.directions),
        closed=tuple(each for each in before.directions if each not in after.directions),
    )


def _trend(before: str, after: str) -> Trend:
    old, new = (" ".join(text.split()).casefold() for text in (before, after))
    if old == new:
        return Trend.SAME
    if not old:
        return Trend.ADDED
    return Trend.CHANGED if new else Trend.REMOVED
