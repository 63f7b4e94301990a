"""The calendar address of a patient, and whose it is."""

from etp.models import CalendarFeed
from network.models import Patient
from network.tokens import token_hash


def standing_feed(patient: Patient) -> CalendarFeed | None:
    """The calendar address of a patient, if there is one."""
    return CalendarFeed.objects.filter(patient=patient, revoked_at=None).first()


def feed_of(secret: str) -> CalendarFeed | None:
    found = CalendarFeed.objects.filter(token_hash=token_hash(secret), revoked_at=None)
    return found.select_related("patient").first()
