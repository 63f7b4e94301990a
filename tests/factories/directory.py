"""Structures of the directory, for tests."""

from datetime import date
from itertools import count
from typing import Any

from network.actions.directory import note_wait
from network.enums import StructureKind
from network.models import Structure
from network.rules.directory import WaitSource
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
