"""The shared assessment: begun, written part by part, closed. Each under the patient's lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etp.enums import SheetPart, Theme
from etp.models import Assessment, Objective, ObjectiveRating
from network.actions.journal import record
from network.actions.patients import note_readings
from network.enums import PathwayState
from network.models import Patient, User

from .steps import lock_patient

MOST = 5
"""Objectives of one assessment."""
FIELDS: Mapping[SheetPart, tuple[str, ...]] = {
    SheetPart.NEEDS: ("needs", "daily_life"),
    SheetPart.SKILLS: ("knowledge", "skills", "brakes"),
    SheetPart.PREFERENCES: ("mode", "availability"),
    SheetPart.CONSENT: ("held_on", "consent_on"),
}
"""What each part writes on the assessment; objectives are rows of their own."""
COPIED = ("needs", "daily_life", "knowledge", "skills", "brakes", "mode", "availability")
"""What a new version begins with; its date and its consent are asked again."""


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective in the patient's own words; `start` from 0 to 10, if it was said."""

    words: str
    theme: Theme
    start: int | None = None


def start_assessment(*, patient: Patient, by: User, now: datetime) -> Assessment:
    """Begin an assessment, or its next version from the last one; a draft under way is resumed."""
    with transaction.atomic():
        person = lock_patient(patient.pk)
        last = Assessment.objects.filter(patient=person).order_by("-number").first()
        if last and last.closed_at is None:
            return last
        if person.state != PathwayState.FOLLOWED:
            raise ValidationError(
                _("Le bilan se fait pendant le suivi\u00a0: décidez l’inclusion.")
            )
        sheet = Assessment(
            patient=person,
            number=last.number + 1 if last else 1,
            held_on=timezone.localdate(now),
            led_by=by,
            started_at=now,
        )
        for name in COPIED if last else ():
            setattr(sheet, name, getattr(last, name))
        sheet.save()
        if last:
            Objective.objects.bulk_create(
                Objective(
                    assessment=sheet, words=each.words, theme=each.theme, position=each.position
                )
                for each in last.objectives.all()
            )
        _record(sheet, "assessment.started", by=by, now=now)
        return sheet


def save_part(
    *,
    assessment: Assessment,
    part: SheetPart,
    values: Mapping[str, object],
    by: User,
    now: datetime,
) -> Assessment:
    """Keep what is known of one part of a draft; `values` by the names of `FIELDS`.

    Raises ValidationError once the assessment is closed, or for a day to come.
    """
    with transaction.atomic():
        sheet = _draft(assessment)
        today = timezone.localdate(now)
        for name in FIELDS[part]:
            value = values[name]
            if isinstance(value, date) and value > today:
                raise ValidationError({name: _("Cette date est à venir.")})
            setattr(sheet, name, value)
        sheet.led_by = by
        sheet.save(update_fields=[*FIELDS[part], "led_by"])
        return sheet


def save_objectives(
    *, assessment: Assessment, aims: Sequence[Aim], by: User, now: datetime
) -> Assessment:
    """Keep the objectives of a draft, in the given order. Raises ValidationError beyond five."""
    if len(aims) > MOST:
        raise ValidationError(_("Cinq objectifs au plus\u00a0: gardez les plus importants."))
    with transaction.atomic():
        sheet = _draft(assessment)
        sheet.objectives.all().delete()
        Objective.objects.bulk_create(
            Objective(
                assessment=sheet,
                words=each.words,
                theme=each.theme,
                start=each.start,
                position=position,
            )
            for position, each in enumerate(aims, start=1)
        )
        return sheet


def close_assessment(*, assessment: Assessment, by: User, now: datetime) -> Assessment:
    """End the assessment: nothing of it changes any more. Twice is once.

    Where the patient stands on each objective becomes its first rating. Raises ValidationError
    without an objective, or without the person's consent.
    """
    with transaction.atomic():
        lock_patient(assessment.patient_id)
        sheet = Assessment.objects.get(pk=assessment.pk)
        if sheet.closed_at is not None:
            return sheet
        aims = list(sheet.objectives.all())
        if not aims:
            raise ValidationError(_("Notez au moins un objectif de la personne."))
        if sheet.consent_on is None:
            raise ValidationError(_("Notez d’abord l’accord de la personne."))
        ObjectiveRating.objects.bulk_create(
            ObjectiveRating(objective=each, value=each.start, at=now, by=by)
            for each in aims
            if each.start is not None
        )
        sheet.closed_at, sheet.led_by = now, by
        sheet.save(update_fields=["closed_at", "led_by"])
        _record(sheet, "assessment.closed", by=by, now=now)
        return sheet


def note_assessment_reading(*, patient: Patient, by: User, now: datetime) -> None:
    """Journal that a person read the assessment: a line at least every ten minutes."""
    note_readings(verb="assessment.read", patients=[patient], by=by, now=now)


def _draft(assessment: Assessment) -> Assessment:
    lock_patient(assessment.patient_id)
    sheet = Assessment.objects.get(pk=assessment.pk)
    if sheet.closed_at is not None:
        raise ValidationError(_("Ce bilan est terminé\u00a0: commencez une nouvelle version."))
    return sheet


def _record(sheet: Assessment, verb: str, *, by: User, now: datetime) -> None:
    record(verb=verb, by=by, at=now, patient=sheet.patient, subject=f"bilan {sheet.number}")
