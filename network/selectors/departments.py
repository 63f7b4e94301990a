"""The scheme of the departments, drawn by `bin/draw-departments`, and what each one holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "geography"
SOME, MANY = 3, 6
"""From how many structures a department is drawn darker, then darkest."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One department on a drawing: its path, and where its number stands."""

    code: str
    path: str
    x: int
    y: int
    count: int

    @property
    def level(self) -> int:
        """0 for nothing, to 3."""
        return sum(self.count >= least for least in (1, SOME, MANY))


@dataclass(frozen=True, slots=True)
class Drawing:
    key: str
    height: int
    shapes: list[Shape]


@cache
def _drawn() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / "departments.json").read_text(encoding="utf-8"))
    return told


def names() -> Mapping[str, str]:
    """Every department of France by its code."""
    found: Mapping[str, str] = _drawn()["names"]
    return found


def drawing(key: str, counts: Mapping[str, int]) -> Drawing:
    """`region`, `near` (Paris and the inner ring) or `france`; the counts are by code."""
    told = _drawn()[key]
    shapes = [
        Shape(code, each["path"], x=each["at"][0], y=each["at"][1], count=counts.get(code, 0))
        for code, each in told["shapes"].items()
    ]
    return Drawing(key, told["height"], shapes)
