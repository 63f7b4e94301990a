"""Reads of exceptional accesses."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from network.models import BreakGlass, Patient, User


def glasses(user: User) -> QuerySet[BreakGlass]:
    """The accesses that the user may see, those to check first, then the latest."""
    return (
        BreakGlass.objects.visible_to(user)
        .select_related("patient", "user__professional", "checked_by")
        .order_by("checked_at", "-opened_at", "-pk")
    )


def to_check() -> QuerySet[BreakGlass]:
    return BreakGlass.objects.filter(checked_at=None)


def glass_of(user: Any, patient: Patient, now: datetime) -> BreakGlass | None:
    """The access by which this person reads this file at this instant."""
    return BreakGlass.objects.open_to(user, now).filter(patient=patient).first()
