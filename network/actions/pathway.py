"""The one writer of a patient's state: a move of the table, and its step."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.enums import Move, PathwayState
from network.models import PathwayStep, Patient, User
from network.pathway import MOVES, NotAllowed, after

_DECIDED = _("Cette demande est déjà décidée.")
_NOT_FOLLOWED = _("Ce patient n’est pas suivi en ce moment.")
WHY_NOT: Mapping[Move, str | Promise] = {
    Move.COMPLETED: _("Ce dossier n’attend plus de pièce."),
    Move.ASKED: _DECIDED,
    Move.INCLUDED: _DECIDED,
    Move.REDIRECTED: _DECIDED,
    Move.REFUSED: _DECIDED,
    Move.ARCHIVED: _("Seule une demande incomplète peut être archivée."),
    Move.JOINED: _DECIDED,
    Move.ASKED_AGAIN: _("Ce dossier est encore en cours."),
    Move.EVALUATED: _NOT_FOLLOWED,
    Move.REASSESSED: _NOT_FOLLOWED,
    Move.RENEWED: _NOT_FOLLOWED,
    Move.ENDED: _NOT_FOLLOWED,
    Move.CORRECTED: _NOT_FOLLOWED,
}


def move_patient(
    patient: Patient, move: Move, *, on: date, by: User | None, now: datetime, reason: str = ""
) -> PathwayStep:
    """Move a patient whose row is locked; the caller saves `state` with its other columns.

    `on`: the day the move counts from. Raises ValidationError (`not_allowed`) when the table
    forbids the move from where the patient stands.
    """
    try:
        patient.state = after(PathwayState(patient.state), move)
    except NotAllowed:
        raise ValidationError(str(WHY_NOT[move]), code="not_allowed") from None
    return _step(patient, move, on=on, by=by, now=now, reason=reason)


def begin_pathway(
    patient: Patient,
    *,
    completed_on: date | None,
    requested_on: date,
    by: User | None,
    now: datetime,
) -> None:
    """The first steps of a file that has just been written: received, and complete if it is."""
    patient.state = after(None, Move.RECEIVED)
    _step(patient, Move.RECEIVED, on=requested_on, by=by, now=now)
    if completed_on:
        move_patient(patient, Move.COMPLETED, on=completed_on, by=by, now=now)


def steps_behind(patient: Patient) -> Iterator[PathwayStep]:
    """The steps that lead to where a file stands, unsaved: for rows that are written in bulk."""
    dated = {
        Move.RECEIVED: patient.requested_on,
        Move.COMPLETED: patient.completed_on,
        Move.INCLUDED: patient.included_on,
        Move.ENDED: patient.left_on,
    }
    state = None
    for move, on in dated.items():
        if on is not None:
            state = after(state, move)
            yield PathwayStep(patient=patient, move=move, state=state, on=on, at=_noon(on))
    if state != patient.state:
        move = next(each for each, leg in MOVES.items() if leg.target == patient.state)
        on = patient.completed_on or patient.requested_on
        yield PathwayStep(patient=patient, move=move, state=patient.state, on=on, at=_noon(on))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _step(
    patient: Patient, move: Move, *, on: date, by: User | None, now: datetime, reason: str = ""
) -> PathwayStep:
    return PathwayStep.objects.create(
        patient=patient, move=move, state=patient.state, on=on, at=now, by=by, reason=reason
    )
