"""Held lines are admitted in their order when euros come back to the envelope of their year.

Runs after the commit of what gave them back, in its own transactions, and by the tick: a lost event
costs a delay. Patients are locked before the envelope, so those to lock are guessed first, and what
is found under the locks decides.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from fees import remarks
from fees.enums import READABLE, ClaimMove, LineState, Move
from fees.models import BookEntry, ClaimLine, ClaimStep, Envelope
from fees.selectors.controls import Controlled, control, with_acts
from fees.selectors.held import held_steps, held_years

from .claims import move_lines
from .moves import make_all
from .validation import lock_patients, note_remarks

AT_ONCE = 100
"""Lines in one transaction."""


def admit_all(*, now: datetime) -> int:
    """Admit whatever fits, in every year in which somebody waits; how many were."""
    return sum(admit_held(year=year, now=now) for year in sorted(held_years()))


def admit_held(*, year: int, now: datetime) -> int:
    """Admit the lines that wait for the envelope of a year, the first held first, while it
    holds their euros.

    Each bears the name of who controlled it. One that a check no longer finds payable goes back to
    control, and holds up nobody.
    """
    admitted = 0
    while moved := _admit_some(year, now):
        admitted += moved
    return admitted


def _admit_some(year: int, now: datetime) -> int:
    """One bounded transaction; how many lines moved, 0 when the next one does not fit."""
    guessed = _fitting(year)
    if not guessed:
        return 0
    with transaction.atomic():
        lock_patients(step.line.act.patient_id for step in guessed)
        list(Envelope.objects.select_for_update(no_key=True).filter(year=year))
        known = {step.pk for step in guessed}
        first = list(held_steps(year)[: len(guessed)])
        # whoever came first meanwhile has a patient that is not locked: the next round sees to it
        ours = first[: next((i for i, s in enumerate(first) if s.pk not in known), len(first))]
        return _admit(ours, now)


def _fitting(year: int) -> list[ClaimStep]:
    """The first steps whose euros the envelope holds, read without any lock."""
    steps = held_steps(year).select_related("line__act")[:AT_ONCE]
    if not Envelope.objects.filter(year=year).exists():
        return list(steps)
    left, fitting = BookEntry.objects.filter(year=year).in_envelope(), []
    for step in steps:
        left -= step.line.amount
        if left < 0:
            break
        fitting.append(step)
    return fitting


def _admit(steps: Sequence[ClaimStep], now: datetime) -> int:
    authors = {step.line_id: step.by for step in steps}
    order = [step.line_id for step in steps]
    found = {
        line.pk: line
        for line in with_acts(ClaimLine.objects.filter(pk__in=order, state=LineState.HELD))
    }
    controlled = control([found[pk] for pk in order if pk in found])
    gone = [each for each in controlled if not each.readable]
    _recall(gone, now)
    moved = len(gone)
    kept = [each.line for each in controlled if each.readable]
    for by, group in groupby(kept, key=lambda line: authors[line.pk]):
        lines = list(group)
        if by is None:  # a person has controlled whatever is held
            raise ValueError(lines)
        owed = {
            act.pk
            for act in make_all([line.act_id for line in lines], Move.VALIDATED, by=by, now=now)
        }
        admitted = [line for line in lines if line.act_id in owed]
        move_lines(admitted, ClaimMove.ADMITTED, by=None, now=now)
        moved += len(admitted)
        if len(admitted) < len(lines):
            break
    return moved


def _recall(found: Sequence[Controlled], now: datetime) -> None:
    note_remarks(found, now=now)
    for each in found:
        why = ", ".join(remarks.title(code) for code in each.remarks if code not in READABLE)
        move_lines(
            [each.line],
            ClaimMove.RECALLED,
            by=None,
            now=now,
            note=_("À contrôler de nouveau\u00a0: %(why)s") % {"why": why},
        )
