"""The follow-up: prolonged by a reasoned exception, tried to be kept, asked for again."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.pathway import move_patient
from network.actions.patients import lock_patient
from network.enums import ContactWay, Move, PathwayState
from network.events import FollowUpChanged
from network.models import ContactAttempt, Patient, User
from network.rules.follow_up import last_day_of_follow_up, last_renewal
from portal.kit.events import publish
from portal.kit.words import plain_day


def renew(
    *, patient: Patient, last_day: date, reason: str, by: User | None, now: datetime
) -> Patient:
    """Prolong the follow-up to that day, inside, by exception and for a written reason.

    The same last day twice is one. Raises ValidationError: no reason, not followed, not later than
    the present end, or later than one renewal may give.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        renewed_to = last_day + timedelta(days=1)
        if locked.state == PathwayState.FOLLOWED and locked.renewed_to == renewed_to:
            return locked
        if not reason.strip():
            raise ValidationError(
                {"reason": _("Une prolongation est une exception\u00a0: dites pourquoi.")}
            )
        move_patient(
            locked, Move.RENEWED, on=timezone.localdate(now), by=by, now=now, reason=reason
        )
        if locked.included_on is None:
            raise ValidationError(_("Ce patient n’est pas inclus."))
        present = last_day_of_follow_up(locked.included_on, locked.renewed_to)
        if last_day <= present:
            raise ValidationError(
                {"last_day": _("Le suivi va déjà jusqu’au %(day)s.") % {"day": plain_day(present)}}
            )
        if last_day > last_renewal(present):
            raise ValidationError(
                {
                    "last_day": _("Une prolongation va au plus jusqu’au %(day)s.")
                    % {"day": plain_day(last_renewal(present))}
                }
            )
        locked.renewed_to = renewed_to
        locked.save(update_fields=["state", "renewed_to"])
        record(verb="patient.renewed", by=by, at=now, patient=locked, reason=reason[:300])
        publish(FollowUpChanged(locked.pk))
    return locked


def note_contact(
    *, patient: Patient, on: date, way: ContactWay, outcome: str, by: User, now: datetime
) -> ContactAttempt:
    """Note that one tried to reach a patient. The same attempt twice is one."""
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if on > timezone.localdate(now):
            raise ValidationError({"on": _("Cette date est à venir.")})
        attempt, new = ContactAttempt.objects.get_or_create(
            patient=locked, on=on, way=way, outcome=outcome, defaults={"by": by, "at": now}
        )
        if new:
            record(verb="contact.tried", by=by, at=now, patient=locked)
    return attempt
