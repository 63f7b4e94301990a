"""Structures of the directory, for tests."""

from datetime import date, time
from itertools import count
from typing import Any

from network.actions.directory import note_wait
from network.enums import StructureKind
from network.models import LineHours, PhoneLine, Structure
from network.rules.directory import LineAudience, WaitSource
from portal.kit import clock

_numbers = count(1)


def make_structure(weeks: int | None = None, known: date | None = None, **told: Any) -> Structure:
    """A consultation of Paris for adults, verified today; `weeks`: its wait, as `known` that day
    (today)."""
    defaults = {
        "name": f"Consultation n° {next(_numbers)}",
        "kind": StructureKind.CONSULTATION,
        "department": "75",
        "populations": ["adult"],
        "verified_on": clock.today(),
        "verified_by": "la structure",
    }
    structure = Structure.objects.create(**defaults | told)
    if weeks is not None:
        note_wait(
            structure=structure,
            weeks=weeks,
            source=WaitSource.DECLARED,
            measured_on=known or clock.today(),
            by=None,
            now=clock.now(),
        )
    return structure


def make_phone_line(audience: LineAudience, *, secret: str = "", **told: Any) -> PhoneLine:
    """A line that answers from 8:30 to 20:00, Monday to Friday; `secret`: its reserved number."""
    defaults: dict[str, Any] = {
        "name": f"Ligne n° {next(_numbers)}",
        "purpose": "Un avis sur une prescription.",
        "audience": audience,
    }
    if secret:
        defaults |= {"secret": secret, "number_set_at": clock.now()}
    line = PhoneLine.objects.create(**defaults | told)
    for day in range(5):
        LineHours.objects.create(line=line, weekday=day, opens=time(8, 30), closes=time(20))
    return line
