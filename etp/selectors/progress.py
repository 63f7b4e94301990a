"""A patient's objectives and where they stood, date after date."""

from dataclasses import dataclass

from etp.models import Assessment, Evaluation, Objective, ObjectiveRating
from network.models import Patient


@dataclass(frozen=True, slots=True)
class Progress:
    """`ratings`: the oldest first; of one day, the last alone counts for the reader."""

    objective: Objective
    ratings: tuple[ObjectiveRating, ...]

    @property
    def first(self) -> ObjectiveRating | None:
        return self.ratings[0] if self.ratings else None

    @property
    def last(self) -> ObjectiveRating | None:
        return self.ratings[-1] if self.ratings else None


def progress_of(patient: Patient) -> list[Progress]:
    """The objectives of the last assessment that is closed, in three queries."""
    closed = Assessment.objects.filter(patient=patient, closed_at__isnull=False)
    last = closed.order_by("-number").first()
    if last is None:
        return []
    objectives = last.objectives.prefetch_related("ratings")
    return [
        Progress(each, tuple(sorted(each.ratings.all(), key=lambda rating: (rating.at, rating.pk))))
        for each in objectives
    ]


def evaluation_to_rate(patient: Patient) -> Evaluation | None:
    """The final evaluation on which the patient has not said how satisfied."""
    waiting = Evaluation.objects.filter(assessment__patient=patient, satisfaction=None)
    found: Evaluation | None = waiting.order_by("-held_on").first()
    return found
