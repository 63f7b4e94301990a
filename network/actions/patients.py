"""Writes on a patient's file: opened, included, left, read. Each under the patient's lock."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.pathway import begin_pathway, move_patient
from network.enums import ExitReason, Move, PathwayState, Sex
from network.events import FollowUpChanged
from network.models import ContactAttempt, FormerFollowUp, JournalEntry, Patient, RcpFile, User
from network.rules.identity import Traits
from network.selectors.patients import lookalikes
from portal.kit.events import publish
from portal.kit.words import plain_day

TURNED_AWAY = {
    PathwayState.REDIRECTED: Move.REDIRECTED,
    PathwayState.REFUSED: Move.REFUSED,
}
EXIT_LENGTH = 120
READ_AGAIN = timedelta(minutes=10)
"""A page read again by the same person within that time adds no line to the journal."""


class LooksKnown(Exception):
    """The person may already have a file: somebody must compare before a new one is opened."""

    def __init__(self, files: list[Patient]) -> None:
        super().__init__()
        self.files = files


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Traits of civil status and contact, as the desk writes them down."""

    birth_name: str
    first_names: str
    sex: Sex
    birth_date: date
    used_name: str = ""
    birthplace: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    city: str = ""

    @property
    def traits(self) -> Traits:
        return Traits(self.birth_name, self.used_name, self.first_names, self.birth_date)


def lock_patient(pk: int) -> Patient:
    """The patient's row, locked until the end of the transaction, as acts lock it."""
    return Patient.objects.select_for_update(no_key=True).get(pk=pk)


def lock_author(by: User | None) -> None:
    """Lock the author's own row: what has no parent row is written one after the other."""
    if by is not None:
        User.objects.select_for_update(no_key=True).get(pk=by.pk)


def register_patient(
    *,
    identity: Identity,
    requested_on: date,
    completed_on: date | None = None,
    compared: bool = False,
    by: User | None,
    now: datetime,
    code: str | None = None,
) -> Patient:
    """Open a file. The code is drawn at random, so that it tells nothing of the person.

    Raises LooksKnown when a file with the same traits exists, unless somebody has `compared`.
    The demo gives its own `code`, to be the same each time.
    """
    check_identity(identity, today=timezone.localdate(now))
    check_request(requested_on, completed_on, today=timezone.localdate(now))
    patient = Patient(
        birth_name=identity.birth_name,
        used_name=identity.used_name,
        first_names=identity.first_names,
        sex=identity.sex,
        birth_date=identity.birth_date,
        birthplace=identity.birthplace,
        email=identity.email,
        phone=identity.phone,
        postcode=identity.postcode,
        city=identity.city,
        requested_on=requested_on,
        completed_on=completed_on,
        state=PathwayState.REQUESTED if completed_on else PathwayState.INCOMPLETE,
    )
    with transaction.atomic():
        lock_author(by)  # a double click waits here, then finds the file of the first
        known = [] if compared else lookalikes(identity.traits)
        if known:
            raise LooksKnown(known)
        _save_under_code(patient, code)
        begin_pathway(patient, requested_on=requested_on, completed_on=completed_on, by=by, now=now)
        record(verb="patient.registered", by=by, at=now, patient=patient)
    return patient


def check_identity(identity: Identity, *, today: date) -> None:
    if identity.birth_date > today:
        raise ValidationError(
            {"birth_date": _("La date de naissance est à venir\u00a0: vérifiez l’année.")}
        )
    if today.year - identity.birth_date.year > 120:
        raise ValidationError({"birth_date": _("Cette date remonte à plus de 120\u00a0ans.")})


def check_request(requested_on: date, completed_on: date | None, *, today: date) -> None:
    if requested_on > today:
        raise ValidationError({"requested_on": _("La demande est datée dans l’avenir.")})
    if completed_on and completed_on > today:
        raise ValidationError({"completed_on": _("Cette date est à venir.")})
    if completed_on and completed_on < requested_on:
        raise ValidationError(
            {"completed_on": _("Le dossier ne peut être complet avant la demande.")}
        )


def _save_under_code(patient: Patient, code: str | None) -> None:
    """Save under the given code, or under a free one; two draws alike are drawn again."""
    if code is not None:
        patient.code = code
        patient.save(force_insert=True)
        return
    while True:
        patient.code = str(secrets.randbelow(900_000) + 100_000)
        try:
            with transaction.atomic():
                patient.save(force_insert=True)
        except IntegrityError:
            if not Patient.objects.filter(code=patient.code).exists():
                raise
        else:
            return


def include(*, patient: Patient, decided_on: date, by: User | None, now: datetime) -> Patient:
    """Decide that the patient is followed from that day. The same decision twice is one.

    Of a patient included again, the follow-up that is over becomes a row of its own: acts of its
    days are still judged by it.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if locked.state == PathwayState.FOLLOWED and locked.included_on == decided_on:
            return locked
        if decided_on > timezone.localdate(now):
            raise ValidationError({"decided_on": _("La décision est datée dans l’avenir.")})
        if decided_on < locked.requested_on:
            raise ValidationError({"decided_on": _("La décision précède la demande.")})
        check_after_former(locked, decided_on)
        move_patient(locked, Move.INCLUDED, on=decided_on, by=by, now=now)
        before = former_of(locked)
        locked.included_on = decided_on
        locked.left_on, locked.renewed_to = None, None
        locked.exit_kind = locked.exit_reason = ""
        locked.save(
            update_fields=[
                "state",
                "included_on",
                "left_on",
                "renewed_to",
                "exit_kind",
                "exit_reason",
            ]
        )
        if before:
            before.save(force_insert=True)
        record(verb="patient.included", by=by, at=now, patient=locked)
        publish(FollowUpChanged(locked.pk))
    return locked


def former_of(patient: Patient) -> FormerFollowUp | None:
    """The present follow-up, over, as a row of its own, not saved; None without inclusion."""
    if patient.included_on is None or patient.left_on is None:
        return None
    return FormerFollowUp(
        patient=patient,
        included_on=patient.included_on,
        left_on=patient.left_on,
        renewed_to=patient.renewed_to,
        exit_kind=patient.exit_kind,
        exit_reason=patient.exit_reason,
    )


def check_after_former(patient: Patient, day: date, *, field: str = "decided_on") -> None:
    """Raise ValidationError when an inclusion of that day would precede the end of a former one."""
    ends = patient.former_follow_ups.values_list("left_on", flat=True)
    last = max([*ends, *filter(None, [patient.left_on])], default=None)
    if last and day < last:
        raise ValidationError(
            {
                field: _("Le suivi d’avant a fini le %(day)s\u00a0: la décision le suit.")
                % {"day": plain_day(last)}
            }
        )


def turn_away(
    *, patient: Patient, outcome: PathwayState, reason: str, by: User | None, now: datetime
) -> Patient:
    """Redirect or refuse a request, with its reason. The same decision twice is one."""
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if locked.state == outcome:
            return locked
        move_patient(
            locked, TURNED_AWAY[outcome], on=timezone.localdate(now), by=by, now=now, reason=reason
        )
        locked.exit_reason = reason[:EXIT_LENGTH]  # whole in the step
        locked.save(update_fields=["state", "exit_reason"])
        record(verb="patient.turned_away", by=by, at=now, patient=locked)
    return locked


TRIES_BEFORE_LOST = 2
"""Attempts to reach a patient that must be noted before the pathway is said to be broken."""


def leave(
    *,
    patient: Patient,
    left_on: date,
    reason: str,
    kind: ExitReason = ExitReason.OTHER,
    by: User | None,
    now: datetime,
) -> Patient:
    """End the follow-up on that day, before or at its term. The same exit twice is one.

    Raises ValidationError: not followed, a day to come or before the inclusion, another reason
    without words, a broken pathway (`LOST`) without the attempts that were made.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if locked.state == PathwayState.ENDED and locked.left_on == left_on:
            return locked
        move_patient(locked, Move.ENDED, on=left_on, by=by, now=now, reason=reason)
        if left_on > timezone.localdate(now):
            raise ValidationError({"left_on": _("La sortie est datée dans l’avenir.")})
        if locked.included_on and left_on < locked.included_on:
            raise ValidationError({"left_on": _("La sortie précède l’inclusion.")})
        _check_exit(locked, kind, reason)
        locked.left_on, locked.exit_kind, locked.exit_reason = left_on, kind, reason
        locked.save(update_fields=["state", "left_on", "exit_kind", "exit_reason"])
        record(verb="patient.left", by=by, at=now, patient=locked)
        publish(FollowUpChanged(locked.pk))
    return locked


def _check_exit(patient: Patient, kind: ExitReason, reason: str) -> None:
    if kind == ExitReason.OTHER and not reason.strip():
        raise ValidationError({"reason": _("Dites le motif en quelques mots.")})
    tried = ContactAttempt.objects.filter(patient=patient, on__gte=patient.included_on).count()
    if kind == ExitReason.LOST and tried < TRIES_BEFORE_LOST:
        raise ValidationError(
            {
                "kind": _(
                    "Une rupture se note après deux tentatives de contact datées\u00a0: "
                    "il y en a %(count)s."
                )
                % {"count": tried}
            }
        )


def note_reading(*, patient: Patient, by: User, now: datetime) -> None:
    """Journal that a person opened the file: one line at least every ten minutes of reading."""
    note_readings(verb="patient.read", patients=[patient], by=by, now=now)


def note_rcp_reading(*, files: Iterable[RcpFile], by: User, now: datetime) -> None:
    """Journal, as `note_reading` does, that a person read what an RCP holds of these patients."""
    patients = [file.patient for file in files]
    note_readings(verb="rcp.read", patients=patients, by=by, now=now)


def note_readings(*, verb: str, patients: list[Patient], by: User, now: datetime) -> None:
    """Journal what a person read of several patients, each once in ten minutes of reading."""
    lately = JournalEntry.objects.filter(
        verb=verb, patient__in=patients, actor=by, at__gt=now - READ_AGAIN, at__lte=now
    )
    already = set(lately.values_list("patient", flat=True))
    JournalEntry.objects.bulk_create(
        JournalEntry(verb=verb, actor=by, at=now, patient=each)
        for each in patients
        if each.pk not in already
    )
