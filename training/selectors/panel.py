"""Who answers a case as an expert: labelled, shown apart, never counted among the peers."""

from uuid import UUID

from network.models import User
from training.models import Expert, VignettePage


def sits_on_panel(key: UUID, user: User) -> bool:
    """Is this account that of an expert on the panel of the published case?"""
    seats = Expert.objects.filter(account=user).values_list("pk", flat=True)
    page = VignettePage.objects.live().filter(line=key).first() if seats else None
    return page is not None and any(seat.value.pk in seats for seat in page.panel if seat.value)
