"""What belongs to a request's file, when it turns out to be somebody's who has one already.

A relation to a patient that is in neither table, of whatever room, bars the join: such a file has
a life of its own (acts, workshops, consultations), and it is the other one that is joined to it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.actions.patients import former_of
from network.models import (
    AldPeriod,
    FormerFollowUp,
    Invitation,
    Patient,
    PersonalLink,
    Questionnaire,
    Referral,
    Representative,
    RequestLetter,
    SharingConsent,
)
from network.rules.follow_up import comes_before, overlap

type Carry = Callable[[Patient, Patient, datetime], object]

LIVES: str | Promise = _(
    "Ce dossier tient déjà des rendez-vous, un suivi ou des actes\u00a0: c’est l’autre demande qui"
    " se réunit à celui-ci."
)

SAME_DAYS: str | Promise = _(
    "Ces dossiers ont des suivis aux mêmes dates, ou dans l’autre ordre\u00a0: corrigez les dates,"
    " ou gardez l’autre dossier."
)


def _referrals(joined: Patient, held: Patient, now: datetime) -> None:
    Referral.objects.filter(patient=joined).update(patient=held)


def _letters(joined: Patient, held: Patient, now: datetime) -> None:
    RequestLetter.objects.filter(patient=joined).update(patient=held)


def _questionnaires(joined: Patient, held: Patient, now: datetime) -> None:
    """Sent or withdrawn, all; of two that wait, the one that was begun goes on."""
    waiting = Questionnaire.objects.to_answer()
    theirs, ours = (waiting.filter(patient=each).first() for each in (joined, held))
    if theirs and ours:
        kept_ours = bool(ours.answered_as) or not theirs.answered_as
        given_up = theirs if kept_ours else ours
        waiting.filter(pk=given_up.pk).update(withdrawn_at=now)
    Questionnaire.objects.filter(patient=joined).update(patient=held)


def _links(joined: Patient, held: Patient, now: datetime) -> None:
    """The link of a mail that was just received opens the kept file; so does the birth date."""
    PersonalLink.objects.filter(patient=joined).update(patient=held)


def _consents(joined: Patient, held: Patient, now: datetime) -> None:
    """A consent that stands in both is one: the kept file's."""
    twice = SharingConsent.objects.standing().filter(patient=held).values_list("circle", flat=True)
    moved = SharingConsent.objects.filter(patient=joined)
    moved.exclude(withdrawn_at=None, circle__in=list(twice)).update(patient=held)


def _conditions(joined: Patient, held: Patient, now: datetime) -> None:
    """Long-term conditions that the kept file does not have at those days."""
    ours = list(AldPeriod.objects.filter(patient=held).values_list("starts_on", "ends_on"))
    for each in AldPeriod.objects.filter(patient=joined):
        span = each.starts_on, each.ends_on
        if not any(overlap(*span, *other) for other in ours):
            AldPeriod.objects.filter(pk=each.pk).update(patient=held)


def _representatives(joined: Patient, held: Patient, now: datetime) -> None:
    ours = Representative.objects.filter(patient=held).values("user")
    Representative.objects.filter(patient=joined).exclude(user__in=ours).update(patient=held)


def _invitations(joined: Patient, held: Patient, now: datetime) -> None:
    Invitation.objects.filter(patient=joined).update(patient=held)


def _former(joined: Patient, held: Patient, now: datetime) -> None:
    """Files that had been joined to this one: no chain is left."""
    Patient.objects.filter(joined_to=joined).update(joined_to=held)


def _follow_ups(joined: Patient, held: Patient, now: datetime) -> None:
    """What was followed under the request's file is a former follow-up of the kept one.

    Raises ValidationError where both files were followed on the same days, or the kept one before.
    """
    present = former_of(joined)
    moved = [*FormerFollowUp.objects.filter(patient=joined), *filter(None, [present])]
    ours = [each.as_rule() for each in FormerFollowUp.objects.filter(patient=held)]
    if not all(comes_before(each.as_rule(), held.follow_up, ours) for each in moved):
        raise ValidationError(str(SAME_DAYS), code="lives")
    if present:
        joined.included_on = joined.left_on = joined.renewed_to = None
        joined.save(update_fields=["included_on", "left_on", "renewed_to"])
    for each in moved:
        each.patient = held
        each.save()


MOVED: Mapping[str, Carry] = {
    "network.Referral": _referrals,
    "network.RequestLetter": _letters,
    "network.Questionnaire": _questionnaires,
    "network.PersonalLink": _links,
    "network.SharingConsent": _consents,
    "network.AldPeriod": _conditions,
    "network.Representative": _representatives,
    "network.Invitation": _invitations,
    "network.Patient": _former,
    "network.FormerFollowUp": _follow_ups,
}

STAYS: Mapping[str, str] = {
    "network.CareLink": "ended that day: the team of the kept file is chosen by coordination",
    "network.PathwayStep": "the request's own history, read from the kept file; it only grows",
    "network.JournalEntry": "who did what to which file; it only grows",
    "network.DistinctFiles": "a comparison of that very file with another",
    "network.BreakGlass": "an opening of that very file, for four hours, checked as such",
    "network.ContactAttempt": "calls about that very request; they only grow",
}
"""Rows that keep their file, and why."""


def refuse_lives(joined: Patient) -> None:
    """Raise ValidationError when the file holds what no join may move."""
    for relation in Patient._meta.related_objects:
        model = relation.related_model
        label = model._meta.label
        if label in MOVED or label in STAYS:
            continue
        rows = model._base_manager.filter(**{relation.field.name: joined})
        if rows.exists():
            raise ValidationError(str(LIVES), code="lives")


def carry(joined: Patient, held: Patient, now: datetime) -> None:
    """Give the kept file what came with the request. Both rows are locked, the join is written."""
    for move in MOVED.values():
        move(joined, held, now)
    if joined.user_id and not held.user_id:
        held.user_id, joined.user_id = joined.user_id, None
        joined.save(update_fields=["user"])
        held.save(update_fields=["user"])
