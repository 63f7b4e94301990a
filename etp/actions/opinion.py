"""What a patient says: of a session, of the whole, and of where the own objectives stand."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from etp.enums import Refusal
from etp.models import Evaluation, Feedback, Objective, ObjectiveRating, Place
from etp.selectors.mine import may_rate
from network.actions.journal import record
from network.models import Patient, User

from .steps import Refused, lock_patient


def give_feedback(
    *, place: Place, useful: int, words: str, by: User | None, now: datetime
) -> Feedback:
    """Keep what a patient thinks of a session just over; said again, it replaces the first.

    `useful`: from 1 to 5. Raises Refused(NOT_HELD) for a session missed, to come, or long over.
    """
    with transaction.atomic():
        person = lock_patient(place.patient_id)
        found = Place.objects.select_related("session").get(pk=place.pk)
        if not may_rate(found, now):
            raise Refused(Refusal.NOT_HELD)
        said, _new = Feedback.objects.update_or_create(
            place=found, defaults={"at": now, "useful": useful, "words": words.strip()}
        )
        subject = f"séance {found.session_id}"
        record(verb="feedback.given", by=by, at=now, patient=person, subject=subject)
        return said


def rate_objectives(
    *, patient: Patient, values: Mapping[int, int], by: User | None, now: datetime
) -> list[ObjectiveRating]:
    """Note where the patient stands on own objectives, from 0 to 10; keys of others are ignored.

    The same value again on the same day is not noted twice.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        own = Objective.objects.filter(assessment__patient=person, pk__in=list(values))
        today = timezone.localdate(now)
        made = []
        for objective in own.prefetch_related("ratings"):
            last = max(objective.ratings.all(), key=lambda each: each.at, default=None)
            value = values[objective.pk]
            if last and last.value == value and timezone.localdate(last.at) == today:
                continue
            made.append(ObjectiveRating(objective=objective, value=value, at=now, by=by))
        ObjectiveRating.objects.bulk_create(made)
        if made:
            record(verb="objective.rated", by=by, at=now, patient=person)
        return made


def give_satisfaction(
    *, evaluation: Evaluation, value: int, by: User | None, now: datetime
) -> Evaluation:
    """Note how satisfied the patient is with the whole, from 0 to 10, on the final evaluation."""
    with transaction.atomic():
        person = lock_patient(evaluation.assessment.patient_id)
        found: Evaluation = Evaluation.objects.select_for_update(no_key=True).get(pk=evaluation.pk)
        found.satisfaction = value
        found.save(update_fields=["satisfaction"])
        record(verb="satisfaction.given", by=by, at=now, patient=person)
        return found
