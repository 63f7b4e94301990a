"""A request whose last missing piece has come."""

from datetime import date, datetime

from django.db import transaction

from network.actions.journal import record
from network.actions.pathway import move_patient
from network.actions.patients import lock_patient
from network.enums import Move, PathwayState
from network.models import Patient, User


def complete_file(*, patient: Patient, on: date, by: User | None, now: datetime) -> Patient:
    """Say that the file is complete from that day: the clock of the decision starts.

    A file that lacks nothing, or is decided, stays as it is.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if locked.state != PathwayState.INCOMPLETE:
            return locked
        move_patient(locked, Move.COMPLETED, on=on, by=by, now=now)
        locked.completed_on = on
        locked.save(update_fields=["state", "completed_on"])
        record(verb="patient.completed", by=by, at=now, patient=locked)
    return locked
