"""What the evaluation of an assessment is made from: progress on objectives, sessions attended."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from etp.enums import PlaceState
from etp.models import Assessment, Evaluation, Objective, Place


@dataclass(frozen=True, slots=True)
class Progress:
    """An objective and its first and last ratings, from 0 to 10; None when never rated."""

    objective: Objective
    first: int | None
    last: int | None

    @property
    def change(self) -> int | None:
        """Points gained; None until it was rated."""
        return None if self.first is None or self.last is None else self.last - self.first


def progress_of(sheet: Assessment) -> list[Progress]:
    """The objectives in their order, each with where it began and where it is."""
    found = []
    for objective in sheet.objectives.prefetch_related("ratings"):
        values = [each.value for each in objective.ratings.all()]
        first, last = (values[0], values[-1]) if values else (None, None)
        found.append(Progress(objective, first, last))
    return found


def attended_of(sheet: Assessment, until: date) -> list[Place]:
    """The sessions attended up to that day, since the evaluation before, the oldest first."""
    before = (
        Evaluation.objects.filter(
            assessment__patient=sheet.patient_id, assessment__number__lt=sheet.number
        )
        .order_by("-held_on")
        .values_list("held_on", flat=True)
        .first()
    )
    places = Place.objects.filter(patient=sheet.patient_id, state=PlaceState.ATTENDED)
    places = places.select_related("session__workshop", "session__site")
    return [
        each
        for each in places.order_by("session__starts_at")
        if (before or date.min) < timezone.localdate(each.session.starts_at) <= until
    ]
