"""Reads of consents to share: what stands, what the page of a patient shows."""

from dataclasses import dataclass
from typing import Any

from network.enums import Circle
from network.models import Patient, SharingConsent
from network.models.sharing import CIRCLES


def standing_circles(patient: Patient) -> frozenset[Circle]:
    """The circles with which this patient agrees to share today."""
    found = SharingConsent.objects.standing().filter(patient=patient)
    return frozenset(Circle(each) for each in found.values_list("circle", flat=True))


@dataclass(frozen=True, slots=True)
class Shared:
    """One circle: the consent that stands, if any, and those of before, the latest first."""

    circle: Circle
    words: Any
    standing: SharingConsent | None
    former: tuple[SharingConsent, ...]


def sharing_of(patient: Patient) -> list[Shared]:
    """Every circle, in the order of the list."""
    rows = list(
        SharingConsent.objects.filter(patient=patient).select_related("recorded_by", "withdrawn_by")
    )
    return [
        Shared(
            circle,
            words,
            next((each for each in rows if each.circle == circle and not each.withdrawn_at), None),
            tuple(each for each in rows if each.circle == circle and each.withdrawn_at),
        )
        for circle, words in CIRCLES.items()
    ]
