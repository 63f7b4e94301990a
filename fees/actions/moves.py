"""The same move on many acts at once, by a fixed number of statements for each two thousand."""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from django.utils.translation import gettext as _

from fees import course
from fees.enums import Decision, Move, State
from fees.models import Act, ActStep
from network.models import JournalEntry, User

from .books import AT_ONCE, commit_acts
from .steps import JOURNAL_REASON, Conflict, step_of

TOGETHER = frozenset({Move.VALIDATED, Move.BATCHED, Move.PAID, Move.RETURNED})
"""Moves that leave an act its slot; the others give one to who waited, patient by patient."""


def make_all(
    act_ids: Iterable[int], move: Move, *, by: User, now: datetime, note: str = ""
) -> list[Act]:
    """Make one move on acts whose patients are locked, in the given order, as `course.make` does.

    Gives the acts that moved. An act that made the move already is left alone; one that validation
    finds beyond its envelope waits, with all those of its year behind it (`commit_acts`). Raises
    Conflict, and nothing moves, when the course forbids it to one of them.
    """
    if move not in TOGETHER:
        raise ValueError(move)
    moved: list[Act] = []
    for keys in batched(act_ids, AT_ONCE):
        found = Act.objects.in_bulk(keys)
        moved += _movable([found[key] for key in dict.fromkeys(keys)], move)
    if move is Move.VALIDATED:
        moved = commit_acts(moved, by=by, now=now)
    target = course.COURSE[move][1]
    for acts in batched(moved, AT_ONCE):
        Act.objects.filter(pk__in=[act.pk for act in acts]).update(state=target)
        for act in acts:
            act.state = target
        _leave_steps(acts, move, by=by, now=now, note=note)
    return moved


def _movable(acts: Iterable[Act], move: Move) -> list[Act]:
    target = course.COURSE[move][1]
    asked = [act for act in acts if act.state != target]
    for act in asked:
        decision = Decision(act.decision) if act.decision else None
        if not course.can(move, State(act.state), decision):
            raise Conflict(
                _("Cet acte est « %(state)s » : ce n’est plus possible.")
                % {"state": act.get_state_display()}
            )
    return asked


def _leave_steps(acts: Iterable[Act], move: Move, *, by: User, now: datetime, note: str) -> None:
    """What `leave_step` leaves behind one act: its step and its line in the journal."""
    rows = list(acts)
    ActStep.objects.bulk_create(
        (step_of(act, move=move, by=by, now=now, note=note) for act in rows),
        batch_size=AT_ONCE,
    )
    JournalEntry.objects.bulk_create(
        (
            JournalEntry(
                verb=f"act.{move}",
                actor=by,
                at=now,
                patient_id=act.patient_id,
                subject=f"acte {act.pk}",
                reason=note[:JOURNAL_REASON],
            )
            for act in rows
        ),
        batch_size=AT_ONCE,
    )
