"""The individual evaluation, and the letter to the treating doctor, under the patient's lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etp.models import Assessment, Evaluation, ObjectiveRating
from network.actions.journal import record
from network.models import User

from .steps import lock_patient


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """`satisfaction` from 0 to 10; `ratings`: objective → where the patient stands, 0 to 10."""

    held_on: date
    summary: str
    next_steps: str = ""
    satisfaction: int | None = None
    ratings: Mapping[int, int]


def record_evaluation(
    *, assessment: Assessment, findings: Findings, by: User, now: datetime
) -> Evaluation:
    """Note the evaluation of a closed assessment, or correct it until the letter is prepared.

    A rating that says the same as the last one is not written again. Raises ValidationError.
    """
    with transaction.atomic():
        lock_patient(assessment.patient_id)
        sheet = Assessment.objects.select_related("evaluation").get(pk=assessment.pk)
        found = getattr(sheet, "evaluation", None)
        _check(sheet, found, findings.held_on, today=timezone.localdate(now))
        evaluation = found or Evaluation(assessment=sheet)
        evaluation.held_on, evaluation.led_by = findings.held_on, by
        evaluation.summary, evaluation.next_steps = findings.summary, findings.next_steps
        evaluation.satisfaction = findings.satisfaction
        evaluation.save()
        _rate(sheet, findings.ratings, by=by, now=now)
        record(
            verb="evaluation.recorded",
            by=by,
            at=now,
            patient=sheet.patient,
            subject=f"bilan {sheet.number}",
        )
        return evaluation


def _check(sheet: Assessment, found: Evaluation | None, held_on: date, *, today: date) -> None:
    if sheet.closed_at is None:
        raise ValidationError(_("Terminez d’abord le bilan."))
    if found and found.letter_on:
        raise ValidationError(_("La lettre est préparée\u00a0: l’évaluation ne change plus."))
    if held_on > today:
        raise ValidationError({"held_on": _("Cette date est à venir.")})
    if held_on < sheet.held_on:
        raise ValidationError({"held_on": _("L’évaluation précède le bilan.")})


def _rate(sheet: Assessment, ratings: Mapping[int, int], *, by: User, now: datetime) -> None:
    for objective in sheet.objectives.prefetch_related("ratings"):
        given = ratings.get(objective.pk)
        before = [each.value for each in objective.ratings.all()]
        if given is not None and before[-1:] != [given]:
            ObjectiveRating.objects.create(objective=objective, value=given, at=now, by=by)


def prepare_letter(*, evaluation: Evaluation, by: User, now: datetime) -> Evaluation:
    """Date the letter to the treating doctor: the evaluation stays as it is. Twice is once."""
    with transaction.atomic():
        lock_patient(evaluation.assessment.patient_id)
        found = Evaluation.objects.select_related("assessment__patient").get(pk=evaluation.pk)
        if found.letter_on is not None:
            return found
        found.letter_on = timezone.localdate(now)
        found.save(update_fields=["letter_on"])
        record(
            verb="evaluation.sent",
            by=by,
            at=now,
            patient=found.assessment.patient,
            subject=f"bilan {found.assessment.number}",
        )
        return found
