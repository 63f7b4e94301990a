"""The patient's consent to share outside the care team: given, withdrawn, by circle."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.patients import lock_patient, note_readings
from network.enums import Circle
from network.models import Patient, SharingConsent, User


def give_consent(
    *, patient: Patient, circle: Circle, given_on: date, how: str, by: User, now: datetime
) -> SharingConsent:
    """Note that the patient agrees to share with a circle. Given twice is once."""
    if given_on > timezone.localdate(now):
        raise ValidationError({"given_on": _("Cette date est à venir.")})
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        known = SharingConsent.objects.standing().filter(patient=locked, circle=circle).first()
        if known:
            return known
        consent = SharingConsent.objects.create(
            patient=locked,
            circle=circle,
            given_on=given_on,
            how=how,
            recorded_at=now,
            recorded_by=by,
        )
        record(verb="sharing.given", by=by, at=now, patient=locked, subject=consent.words)
    return consent


def withdraw_consent(*, patient: Patient, circle: Circle, by: User, now: datetime) -> None:
    """Note that the patient no longer agrees: what was open closes at once. Twice is once."""
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        consent = SharingConsent.objects.standing().filter(patient=locked, circle=circle).first()
        if consent is None:
            return
        consent.withdrawn_at, consent.withdrawn_by = now, by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(verb="sharing.withdrawn", by=by, at=now, patient=locked, subject=consent.words)


def note_sharing_reading(*, patient: Patient, by: User, now: datetime) -> None:
    """Journal that a person read what the patient shares."""
    note_readings(verb="sharing.read", patients=[patient], by=by, now=now)
