"""Bring a spreadsheet of structures into the directory: all its lines, or none."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from network.actions.directory import note_wait
from network.models import Structure, User
from network.rules.directory import WaitSource
from network.rules.structure_sheets import Fate, Line, Outcome
from network.selectors.structure_sheets import foresee

from .journal import record


@transaction.atomic
def import_structures(*, lines: Sequence[Line], by: User, now: datetime) -> Counter[Fate]:
    """Write what the lines tell; how many structures were created, changed, left as they were.

    Foreseen again under the lock of the directory: what changed since the person looked may
    refuse the file (ValidationError `refused`), and then nothing is written. A file brought twice
    changes nothing the second time.
    """
    list(Structure.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    outcomes = foresee(lines)
    if any(each.fate == Fate.REFUSED for each in outcomes):
        raise ValidationError(
            _("Une ligne ne peut plus être reprise\u00a0: rien n’a été écrit."), code="refused"
        )
    written = [each for each in outcomes if each.fate != Fate.UNCHANGED]
    for outcome in sorted(written, key=lambda each: bool(each.line.parent)):  # parents first
        _write(outcome, by, now)
    return Counter(each.fate for each in outcomes)


def _write(outcome: Outcome, by: User, now: datetime) -> None:
    line = outcome.line
    structure = Structure.objects.filter(name=line.name).first() or Structure(name=line.name)
    for name, value in line.values.items():
        setattr(structure, name, value)
    structure.parent = Structure.objects.get(name=line.parent) if line.parent else None
    structure.full_clean(exclude=["name"])
    structure.save()
    if line.wait is not None and (outcome.fate == Fate.CREATED or "wait" in outcome.fields):
        note_wait(
            structure=structure,
            weeks=line.wait.weeks,
            source=WaitSource(line.wait.source),
            measured_on=line.wait.measured_on,
            by=by,
            now=now,
        )
    record(verb=f"structure.{outcome.fate.value}", by=by, at=now, subject=structure.name[:80])
