"""Who stands behind a personal link, as long as it is theirs."""

from datetime import date, datetime

from network.models import Patient, PersonalLink, Representative
from network.rules.identity import born_after_for_minors
from network.tokens import token_hash


def open_link(secret: str, now: datetime) -> PersonalLink | None:
    """The link of this address, while it opens."""
    link: PersonalLink | None = PersonalLink.objects.filter(token_hash=token_hash(secret)).first()
    return link if link and link.is_open(now) else None


def entered(key: int, now: datetime, today: date) -> PersonalLink | None:
    """The link by which somebody entered, if it still opens that person's pages.

    A parent's link ends with the child's minority, or with the parent's account.
    """
    found: PersonalLink | None = (
        PersonalLink.objects.filter(pk=key).select_related("patient", "user").first()
    )
    if found is None or not found.is_open(now):
        return None
    user, patient = found.user, found.patient
    if user is None:
        return found
    if not user.is_active:
        return None
    if patient.user_id == user.pk:
        return found
    minor = patient.birth_date > born_after_for_minors(today)
    represents = Representative.objects.filter(patient=patient, user=user)
    return found if minor and represents.exists() else None


def standing_link(patient: Patient, now: datetime) -> PersonalLink | None:
    """The last link that still opens this patient's pages."""
    links = PersonalLink.objects.filter(patient=patient, revoked_at=None).order_by("-made_at")
    return next((each for each in links[:4] if each.is_open(now)), None)
