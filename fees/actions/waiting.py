"""Acts that wait are decided again, the oldest first, whenever a fact changes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.enums import Decision, Move
from fees.events import ActAccepted
from fees.models import Act
from network.actions.mail import queue_mail
from network.models import Patient
from portal.kit.events import publish

from .steps import decide, leave_step, lock_patient


def redecide_waiting_of(*, patient_id: int, now: datetime) -> list[Act]:
    """Decide again all that waits for a patient; return the acts whose decision changed."""
    with transaction.atomic():
        return redecide_waiting(patient=lock_patient(patient_id), now=now)


def redecide_waiting(*, patient: Patient, now: datetime) -> list[Act]:
    """The same, for a caller that holds the patient's lock.

    An act is decided with the facts of its own day, as if entered when it was: a freed slot goes
    to the oldest that waits for it, an ALD corrected counts from its own dates.
    """
    waiting = (
        Act.objects.waiting()
        .filter(patient=patient)
        .select_related("professional__user", "rcp_file")
        .order_by("entered_at", "pk")
    )
    changed = []
    for act in waiting:
        before = (act.decision, act.reasons)
        act.patient = patient
        decide(act, today=timezone.localdate(act.entered_at))
        if (act.decision, act.reasons) == before:
            continue
        act.save()
        leave_step(act, move=Move.REDECIDED, by=None, now=now)
        if act.decision == Decision.ACCEPTED:
            _tell(act, now)
            publish(ActAccepted(act.pk))
        changed.append(act)
    return changed


def _tell(act: Act, now: datetime) -> None:
    user = act.professional.user
    if user is not None:
        queue_mail(
            to=user.email,
            subject=_("Un acte en attente est maintenant accepté"),
            body=_(
                "Bonjour,\n\nUn acte que vous aviez noté attendait ; il est maintenant accepté.\n"
                "Retrouvez-le dans Ariane, à la page « Mes actes ».\n\nLe réseau"
            ),
            now=now,
            key=f"act-accepted-{act.pk}-{act.steps.count()}",
        )
