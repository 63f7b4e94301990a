"""Workshops opened to a patient by an assessment, and closed; under the patient's lock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from etp.models import Assessment, Opening, Workshop
from network.actions.journal import record
from network.actions.links import send_personal_link
from network.enums import PathwayState
from network.models import Patient, User

from .steps import lock_patient


@dataclass(frozen=True, slots=True)
class Opened:
    """The new openings; `told`: the personal link has left, somebody has an address."""

    openings: list[Opening]
    told: bool


def open_workshops(
    *, assessment: Assessment, workshops: Collection[Workshop], by: User, now: datetime
) -> Opened:
    """Open these workshops, and send the personal link when one is new.

    Twice is once: what is open stays so, and no second mail leaves. Without address they are
    opened all the same: the coordination books by telephone. Raises ValidationError when the
    assessment is not closed, or the follow-up is over.
    """
    with transaction.atomic():
        patient = lock_patient(assessment.patient_id)
        if assessment.closed_at is None:
            raise ValidationError(_("Terminez d’abord le bilan."))
        if patient.state != PathwayState.FOLLOWED:
            raise ValidationError(_("Le suivi de cette personne est terminé."))
        already = set(
            Opening.objects.open().filter(patient=patient).values_list("workshop", flat=True)
        )
        made = [
            Opening.objects.create(
                patient=patient,
                workshop=each,
                assessment=assessment,
                opened_at=now,
                opened_by=by,
            )
            for each in workshops
            if each.pk not in already
        ]
        for each in made:
            _record(each, "workshop.opened", by=by, now=now)
        return Opened(made, told=bool(made) and _tell(patient, by=by, now=now))


def _tell(patient: Patient, *, by: User, now: datetime) -> bool:
    try:
        send_personal_link(patient=patient, by=by, now=now)
    except ValidationError:  # no address
        return False
    return True


def close_opening(*, opening: Opening, by: User, now: datetime) -> Opening:
    """Close a workshop to a patient: places already booked stay, none is had any more. Twice is
    once."""
    with transaction.atomic():
        lock_patient(opening.patient_id)
        found = Opening.objects.select_related("patient").get(pk=opening.pk)
        if found.closed_at is not None:
            return found
        found.closed_at = now
        found.save(update_fields=["closed_at"])
        _record(found, "workshop.closed", by=by, now=now)
        return found


def _record(opening: Opening, verb: str, *, by: User, now: datetime) -> None:
    record(
        verb=verb,
        by=by,
        at=now,
        patient=opening.patient,
        subject=f"atelier {opening.workshop_id}",
    )
