"""The secret calendar address of a patient: made, replaced, stopped."""

from datetime import datetime

from django.db import transaction

from etp.models import CalendarFeed
from network.actions.journal import record
from network.models import Patient, User
from network.tokens import new_secret, token_hash


@transaction.atomic
def make_feed(*, patient: Patient, by: User | None, now: datetime) -> str:
    """A new secret calendar address, shown once; the one before stops at once."""
    person = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    CalendarFeed.objects.filter(patient=person, revoked_at=None).update(revoked_at=now)
    secret = new_secret()
    CalendarFeed.objects.create(patient=person, token_hash=token_hash(secret), made_at=now)
    record(verb="feed.made", by=by, at=now, patient=person)
    return secret


@transaction.atomic
def stop_feed(*, patient: Patient, by: User | None, now: datetime) -> int:
    """Stop the calendar address of a patient. Twice is once."""
    count: int = CalendarFeed.objects.filter(patient=patient, revoked_at=None).update(
        revoked_at=now
    )
    if count:
        record(verb="feed.stopped", by=by, at=now, patient=patient)
    return count
