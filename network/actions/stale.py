"""Requests that wait for their pieces: recalled at 30 and 60 days, archived at 90."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from network import notices
from network.actions.journal import record
from network.actions.pathway import move_patient
from network.actions.patients import lock_patient
from network.actions.request_mails import accounts_of, tell
from network.enums import Move, PathwayState
from network.models import JournalEntry, PathwayStep, Patient, Referral, User
from network.rules.requests import REMIND_DAYS, Overdue, overdue


def chase_stale(*, now: datetime) -> dict[Overdue, int]:
    """What is due today for every incomplete request; each once, whenever this runs."""
    done = dict.fromkeys(Overdue, 0)
    today = timezone.localdate(now)
    waiting = Patient.objects.filter(state=PathwayState.INCOMPLETE)
    last = waiting.annotate(last_step_at=Max("steps__at")).order_by("pk")
    for patient in last.values_list("pk", "last_step_at"):
        pk, at = patient
        if at is None or (today - timezone.localdate(at)).days < REMIND_DAYS:
            continue
        done[_chase(pk, now)] += 1
    return done


def _chase(pk: int, now: datetime) -> Overdue:
    with transaction.atomic():
        patient = lock_patient(pk)
        last = PathwayStep.objects.filter(patient=patient).latest("pk")
        due = overdue(timezone.localdate(last.at), timezone.localdate(now))
        if patient.state != PathwayState.INCOMPLETE or due == Overdue.NOT_YET:
            return Overdue.NOT_YET  # somebody came first
        if due == Overdue.ARCHIVE:
            _archive(patient, now)
            return due
        return due if _remind(patient, last, due, now) else Overdue.NOT_YET


def _archive(patient: Patient, now: datetime) -> None:
    reason = _("sans nouvelle depuis 90\u00a0jours")
    step = move_patient(
        patient, Move.ARCHIVED, on=timezone.localdate(now), by=None, now=now, reason=reason
    )
    patient.save(update_fields=["state"])
    record(verb="request.archived", by=None, at=now, patient=patient)
    tell(notices.REQUEST_ARCHIVED, _authors(patient), key=f"request:{step.pk}:archived", now=now)


def _remind(patient: Patient, last: PathwayStep, due: Overdue, now: datetime) -> bool:
    """Recall it, once for each delay: the journal keeps that it was done."""
    already = JournalEntry.objects.filter(
        verb="request.reminded", patient=patient, at__gt=last.at, subject=due
    )
    if already.exists():
        return False
    key = f"request:{last.pk}:{due}"
    tell(notices.PIECES_LACK, _authors(patient), key=key, now=now)
    tell(notices.OWN_PIECES_LACK, accounts_of(patient), key=key, now=now)
    record(verb="request.reminded", by=None, at=now, patient=patient, subject=due)
    return True


def _authors(patient: Patient) -> list[User]:
    sent = Referral.objects.filter(patient=patient).select_related("author")
    latest = sent.order_by("-sent_at").first()
    return [latest.author] if latest else []
