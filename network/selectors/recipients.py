"""Whom to write to about a patient: the person, or those who represent a minor."""

from datetime import date

from django.db.models import QuerySet

from network.enums import Role
from network.models import Patient, Representative, User
from network.rules.identity import born_after_for_minors


def recipients_of(patient: Patient, *, on: date) -> list[tuple[str, User | None]]:
    """Where to write that day, and whose account it is, if one is known.

    The patient, or those who represent a minor without address.
    """
    if patient.email:
        return [(patient.email, patient.user)]
    if patient.user and patient.user.is_active:
        return [(patient.user.email, patient.user)]
    if patient.birth_date <= born_after_for_minors(on):
        return []
    parents = Representative.objects.filter(patient=patient, user__is_active=True)
    people = [each.user for each in parents.select_related("user").order_by("pk")]
    return [(each.email, each) for each in people]


def addresses_of(patient: Patient, *, on: date) -> list[str]:
    if patient.email:  # the common case, without reading the account
        return [patient.email]
    return [address for address, _user in recipients_of(patient, on=on)]


def coordinators() -> QuerySet[User]:
    """The coordinators whose accounts are open."""
    return User.objects.filter(is_active=True, grants__role=Role.COORDINATOR, grants__ended_at=None)
