"""The day of an inclusion, corrected: the whole follow-up moves with it."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.pathway import move_patient
from network.actions.patients import check_after_former, lock_patient
from network.enums import Move
from network.events import FollowUpChanged
from network.models import Evaluation, Patient, User
from network.rules.follow_up import FollowUp
from portal.kit.events import publish
from portal.kit.objections import objections, objects_to
from portal.kit.words import plain_day


def correct_inclusion(
    *, patient: Patient, included_on: date, reason: str, by: User, now: datetime
) -> Patient:
    """Give the present follow-up another first day, for a written reason. Twice is once.

    Raises ValidationError: no reason, not followed, a day to come, before the request or within a
    former follow-up, after the end of a renewal, or one that would leave an act or a signed sheet
    outside the follow-up: all of them are named.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if locked.included_on == included_on:
            return locked
        if not reason.strip():
            raise ValidationError({"reason": _("Dites pourquoi la date change.")})
        move_patient(locked, Move.CORRECTED, on=included_on, by=by, now=now, reason=reason[:300])
        _check(locked, included_on, today=timezone.localdate(now))
        before, locked.included_on = locked.included_on, included_on
        locked.save(update_fields=["state", "included_on"])
        record(
            verb="inclusion.corrected",
            by=by,
            at=now,
            patient=locked,
            subject=f"{before} → {included_on}",
            reason=reason[:300],
        )
        publish(FollowUpChanged(locked.pk))
    return locked


def _check(patient: Patient, included_on: date, *, today: date) -> None:
    wrong = ""
    if included_on > today:
        wrong = _("Cette date est à venir.")
    elif included_on < patient.requested_on:
        wrong = _("L’inclusion précéderait la demande, reçue le %(day)s.") % {
            "day": plain_day(patient.requested_on)
        }
    elif patient.renewed_to and included_on >= patient.renewed_to:
        wrong = _("L’inclusion suivrait la fin du suivi prolongé.")
    if wrong:
        raise ValidationError({"included_on": wrong})
    check_after_former(patient, included_on, field="included_on")
    left_outside = objections(
        "inclusion", patient, patient.follow_up._replace(included_on=included_on)
    )
    if left_outside:
        raise ValidationError(
            {
                "included_on": _(
                    "À cette date, le suivi ne couvrirait plus ce qui est déjà noté\u00a0:"
                    " %(what)s. Choisissez une autre date, ou corrigez cela d’abord."
                )
                % {"what": ", ".join(left_outside)}
            }
        )


@objects_to("inclusion")
def signed_sheets(patient: Patient, proposed: FollowUp) -> Iterator[str]:
    """A signed sheet of the present follow-up stays in it."""
    assert proposed.included_on is not None  # noqa: S101  # what is proposed is a day
    sheets = Evaluation.objects.signed().filter(
        patient=patient, held_on__gte=patient.included_on, held_on__lt=proposed.included_on
    )
    for each in sheets.order_by("held_on", "pk"):
        yield _("%(sheet)s du %(day)s") % {"sheet": each.title, "day": plain_day(each.held_on)}
