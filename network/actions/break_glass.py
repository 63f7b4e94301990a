"""Break-glass: a clinician outside the team opens one file for a while, and everybody knows."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.mail import queue_mail
from network.actions.patients import lock_author, lock_patient
from network.enums import Glass
from network.models import BreakGlass, JournalEntry, Patient, User
from network.models.break_glass import GLASS_REASONS
from network.selectors.recipients import coordinators
from portal.kit.links import absolute

SHORTEST = 20
"""Characters of the reason, at least."""
TRIES, WITHIN = 5, timedelta(hours=1)
"""Wrong numbers or birth dates that one person may type in that time."""


class AlreadyOpen(Exception):
    """The person follows this patient already: no reason has to be written."""


def break_glass(
    *, code: str, birth_date: date, reason: Glass, words: str, by: User, now: datetime
) -> BreakGlass:
    """Open the file of that number and birth date to this person for four hours.

    The coordination is told at once. While it is open, a second call opens nothing more. Raises
    ValidationError when no file answers both, the same for either, and after too many such tries;
    AlreadyOpen for a patient whom the person follows.
    """
    if len(words) < SHORTEST:
        raise ValidationError({"words": _("Écrivez pourquoi, en une phrase au moins.")})
    with transaction.atomic():
        lock_author(by)
        _check_tries(by, now)
        patient = Patient.objects.filter(code=code, birth_date=birth_date).first()
        if patient is None:
            record(verb="glass.refused", by=by, at=now)
        else:
            opened = _open(patient, reason=reason, words=words, by=by, now=now)
    if patient is None:  # after the commit: the try is counted
        raise ValidationError(
            _("Aucun dossier n’a ce numéro et cette date de naissance. Vérifiez les deux.")
        )
    return opened


def check_glass(*, glass: BreakGlass, by: User, now: datetime) -> BreakGlass:
    """Note that the coordination has seen this access. Twice is once."""
    with transaction.atomic():
        lock_patient(glass.patient_id)
        found = BreakGlass.objects.select_related("patient").get(pk=glass.pk)
        if found.checked_at is None:
            found.checked_at, found.checked_by = now, by
            found.save(update_fields=["checked_at", "checked_by"])
            record(verb="glass.checked", by=by, at=now, patient=found.patient)
    return found


def _check_tries(by: User, now: datetime) -> None:
    wrong = JournalEntry.objects.filter(actor=by, verb="glass.refused", at__gt=now - WITHIN)
    if wrong.count() >= TRIES:
        raise ValidationError(
            _("Trop d’essais\u00a0: réessayez dans une heure, ou appelez le %(phone)s.")
            % {"phone": settings.SECRETARIAT_PHONE}
        )


def _open(patient: Patient, *, reason: Glass, words: str, by: User, now: datetime) -> BreakGlass:
    today = timezone.localdate(now)
    if Patient.objects.filter(pk=patient.pk).followed_by(by, today).exists():
        raise AlreadyOpen
    standing = BreakGlass.objects.open_to(by, now).filter(patient=patient).first()
    if standing:
        return standing
    glass = BreakGlass.objects.create(
        patient=patient, user=by, reason=reason, words=words, opened_at=now
    )
    record(
        verb="glass.broken",
        by=by,
        at=now,
        patient=patient,
        reason=str(GLASS_REASONS[reason]),
    )
    _tell_coordination(glass, now=now)
    return glass


def _tell_coordination(glass: BreakGlass, *, now: datetime) -> None:
    """A mail without a name, to each coordinator."""
    body = render_to_string(
        "network/glass/mail.txt", {"link": absolute(reverse("network:glasses"))}
    ).strip()
    for each in coordinators().order_by("pk"):
        queue_mail(
            to=each.email,
            subject=_("Un accès exceptionnel est à vérifier"),
            body=body,
            now=now,
            key=f"glass-{glass.pk}-{each.pk}",
        )
