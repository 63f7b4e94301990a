"""Move an act along its course: cancellation, reversal, replacement, a validation undone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fees import course
from fees.declaration import Declaration
from fees.enums import Decision, Move, State
from fees.models import Act, TransferLine
from network.models import Patient, User

from .books import recover_act, withdraw_act
from .claims import reopen_line, withdraw_line
from .log import insert, once, replay
from .steps import Conflict, leave_step, lock_patient
from .waiting import redecide_waiting

UNPAID = (Move.CANCELLED, Move.REOPENED)
"""Moves of an act that no batch holds, not even one to be signed."""


def cancel_act(*, act: Act, by: User, now: datetime, reason: str) -> Act:
    """Cancel before payment: the slot is freed, and the oldest act that waited for it takes it.

    Raises Conflict without reason, or once the act is in a payment batch.
    """
    return _release(act, Move.CANCELLED, by=by, now=now, reason=reason)


def reverse_act(*, act: Act, by: User, now: datetime, reason: str) -> Act:
    """Reverse a paid act: it stays in the books as paid then reversed; its slot is freed."""
    return _release(act, Move.REVERSED, by=by, now=now, reason=reason)


def reopen_act(*, act: Act, by: User, now: datetime, reason: str) -> Act:
    """Undo the validation of an act: it keeps its slot, and is to be controlled again.

    Its euros come back to the envelope; validated again, it comes after those who wait for them.
    Twice is once. Raises Conflict without reason, or once the act is in a payment batch.
    """
    with transaction.atomic():
        lock_patient(act.patient_id)
        return make(act.pk, Move.REOPENED, by=by, now=now, note=_required(reason))


def replace_act(
    *,
    act: Act,
    request_id: UUID,
    declared: Declaration,
    by: User,
    now: datetime,
    reason: str,
    read: Collection[str] | None = None,
) -> Act:
    """Correct an act: cancel it and note the right one, in one transaction.

    The new one is decided before those that wait, so a correction of date keeps its place. It may
    be refused: then it waits like any other. Raises Conflict as `cancel_act` does, and when the
    act is cancelled already: what took its place is not replaced twice. `read` and Unread: as in
    `log_act`; the wrong act then stays as it was.
    """
    with once(request_id), transaction.atomic():
        patients = {pk: lock_patient(pk) for pk in sorted({act.patient_id, declared.patient.pk})}
        if earlier := replay(request_id, declared, replaces=act):
            return earlier
        if Act.objects.filter(pk=act.pk, state=State.CANCELLED).exists():
            raise Conflict(_("Cet acte est déjà annulé."))
        old = make(act.pk, Move.CANCELLED, by=by, now=now, note=_required(reason))
        new = insert(
            request_id=request_id,
            declared=declared,
            patient=patients[declared.patient.pk],
            by=by,
            now=now,
            replaces=old,
            read=read,
        )
        redecide_waiting(patient=patients[act.patient_id], now=now)
        return new


def _release(act: Act, move: Move, *, by: User, now: datetime, reason: str) -> Act:
    with transaction.atomic():
        patient: Patient = lock_patient(act.patient_id)
        held = Act.objects.filter(pk=act.pk, ordinal__isnull=False).exists()
        act = make(act.pk, move, by=by, now=now, note=_required(reason))
        if held or act.rcp_file_id:
            redecide_waiting(patient=patient, now=now)
        return act


def make(act_id: int, move: Move, *, by: User, now: datetime, note: str = "") -> Act:
    """Make one move on an act whose patient is locked, and the entries that go with it.

    Validation, which the envelope bounds, is made by `validation` alone.
    """
    if move is Move.VALIDATED:
        raise ValueError(move)
    act = Act.objects.select_related("patient", "professional__user").get(pk=act_id)
    target = course.COURSE[move][1]
    if act.state == target:
        return act
    decision = Decision(act.decision) if act.decision else None
    if not course.can(move, State(act.state), decision):
        raise Conflict(
            _("Cet acte est « %(state)s » : ce n’est plus possible.")
            % {"state": act.get_state_display()}
        )
    if move in UNPAID and TransferLine.objects.filter(act=act, live=True).exists():
        raise Conflict(_("Cet acte est dans un lot à signer\u00a0: retirez-le d’abord du lot."))
    was, act.state = act.state, target
    if not act.is_live:
        act.ordinal = None
    act.save(update_fields=["state", "ordinal"])
    leave_step(act, move=move, by=by, now=now, note=note)
    if move is Move.CANCELLED:
        withdraw_line(act, by=by, now=now)
        if was == State.VALIDATED:
            withdraw_act(act, by=by, now=now)
    elif move is Move.REOPENED:
        withdraw_act(act, by=by, now=now)
        reopen_line(act, by=by, now=now, note=note)
    elif move is Move.REVERSED:
        recover_act(act, by=by, now=now)
    return act


def _required(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Conflict(_("Écrivez le motif."))
    return reason
