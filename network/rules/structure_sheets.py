"""A line of a spreadsheet of structures, against what the directory holds. Pure.

Columns are those of the directory's own export. What it cannot say (label, catchment, lines for
professionals) is left as it stands; « Vérifiée le » is never taken from a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from portal.kit.folding import plain


class Fate(StrEnum):
    """What a line would do."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wait:
    """The wait that a line tells, whole: weeks, how it is known, since when."""

    weeks: int
    source: str
    measured_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """A line once read: `values` by field of the structure; `faults` in words, if it cannot be."""

    number: int
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    parent: str = ""
    wait: Wait | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A structure of the directory, in the terms of a line."""

    values: Mapping[str, Any]
    parent: str
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a line would do, and why: fields that change, or reasons of a refusal."""

    line: Line
    fate: Fate
    fields: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def compare(
    lines: Sequence[Line], known: Mapping[str, Known], *, twice: str, orphan: str
) -> list[Outcome]:
    """The fate of each line. `twice` and `orphan`: the sentences of a name given twice, of a
    parent that nobody knows."""
    names = [plain(each.name) for each in lines]
    given = {plain(each) for each in known} | set(names)
    found = []
    for line, name in zip(lines, names, strict=True):
        reasons = list(line.faults)
        if name and names.count(name) > 1:
            reasons.append(twice)
        if line.parent and plain(line.parent) not in given:
            reasons.append(orphan)
        if reasons:
            found.append(Outcome(line, Fate.REFUSED, reasons=tuple(reasons)))
        elif line.name not in known:
            found.append(Outcome(line, Fate.CREATED))
        else:
            changed = changes(line, known[line.name])
            found.append(Outcome(line, Fate.CHANGED if changed else Fate.UNCHANGED, changed))
    return found


def changes(line: Line, known: Known) -> tuple[str, ...]:
    """The fields that a line would change; a column that the file lacks changes nothing."""
    changed = [name for name, value in line.values.items() if known.values.get(name) != value]
    if "kind" in line.values and line.parent != known.parent:
        changed.append("parent")
    if line.wait is not None and line.wait != known.wait and not _is_older(line.wait, known.wait):
        changed.append("wait")
    return tuple(changed)


def _is_older(told: Wait, known: Wait | None) -> bool:
    """A wait measured before the last one known teaches nothing."""
    return known is not None and told.measured_on < known.measured_on
