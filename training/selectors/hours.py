"""Hours of training attested, by professional: hours alone, no title and no result."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from training.models import Attestation


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, both days inside, and a profession or all."""

    first: date
    last: date
    profession: str = ""


def attested_hours(asked: Asked) -> QuerySet[Any, Any]:
    """One row a person: `last_name`, `first_name`, `profession`, `minutes`."""
    return (
        _held(asked)
        .order_by()
        .values("learner")
        .annotate(
            last_name=F("learner__last_name"),
            first_name=F("learner__first_name"),
            profession=F("learner__professional__profession"),
            spent=Sum("minutes"),
        )
        .order_by("last_name", "first_name", "learner")
    )


def total_hours(asked: Asked) -> dict[str, int]:
    """Minutes attested (`spent`), and the number of `people`."""
    found: dict[str, int] = _held(asked).aggregate(
        spent=Sum("minutes", default=0), people=Count("learner", distinct=True)
    )
    return found


def _held(asked: Asked) -> QuerySet[Attestation]:
    """Attestations issued in the period. A revoked one counts for nothing; an expired one counts
    still, since its hours were worked.
    """
    held: QuerySet[Attestation] = Attestation.objects.standing().filter(
        issued_on__gte=asked.first, issued_on__lte=asked.last
    )
    if asked.profession:
        held = held.filter(learner__professional__profession=asked.profession)
    return held
