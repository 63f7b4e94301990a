"""Requests before their decision: completed, taken up again, compared with files that look alike.

Each under the lock of the patients that it changes, taken in one order.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.joining import carry, refuse_lives
from network.actions.journal import record
from network.actions.pathway import move_patient
from network.actions.patients import check_request, lock_patient
from network.enums import Move, PathwayState
from network.events import FilesJoined, RequestReceived
from network.models import CareLink, DistinctFiles, Patient, User
from network.pathway import MOVES
from portal.kit.events import publish

CONTACT = ("email", "phone", "postcode", "city")


def complete_file(*, patient: Patient, on: date, by: User | None, now: datetime) -> Patient:
    """All pieces are there since that day: the 15 days to the answer run from it.

    Called when the patient has answered the questionnaire, and by coordination for one on paper.
    A file that waits for nothing stays as it is: questionnaires are answered at any time.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if locked.state == PathwayState.INCOMPLETE:
            check_request(locked.requested_on, on, today=timezone.localdate(now))
            move_patient(locked, Move.COMPLETED, on=on, by=by, now=now)
            locked.completed_on = on
            locked.save(update_fields=["state", "completed_on"])
            record(verb="request.completed", by=by, at=now, patient=locked)
    return locked


def ask_again(
    *, patient: Patient, by: User | None, now: datetime, requested_on: date | None = None
) -> Patient:
    """Take up a request or a follow-up that was over: its file is incomplete again. Twice is once.

    `requested_on`: today unless it came on paper before. What the former follow-up was stays in the
    steps; its dates stay until the next inclusion.
    """
    today = timezone.localdate(now)
    on = requested_on or today
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if locked.state == PathwayState.INCOMPLETE and requested_on in (None, locked.requested_on):
            return locked
        if on > today:
            raise ValidationError({"requested_on": _("La demande est datée dans l’avenir.")})
        if on < (locked.left_on or locked.requested_on):
            raise ValidationError(
                {"requested_on": _("Cette date précède la fin du suivi d’avant.")}
            )
        _begin_again(locked, requested_on=on, completed_on=None, by=by, now=now)
        publish(RequestReceived(locked.pk))
    return locked


def _begin_again(
    locked: Patient,
    *,
    requested_on: date,
    completed_on: date | None,
    by: User | None,
    now: datetime,
) -> None:
    move_patient(locked, Move.ASKED_AGAIN, on=requested_on, by=by, now=now)
    if completed_on:
        move_patient(locked, Move.COMPLETED, on=completed_on, by=by, now=now)
    locked.requested_on, locked.completed_on = requested_on, completed_on
    locked.save(update_fields=["state", "requested_on", "completed_on"])
    record(verb="request.asked_again", by=by, at=now, patient=locked)


def join_files(*, request: Patient, kept: Patient, by: User, now: datetime) -> Patient:
    """The request is of somebody who has a file: what came with it goes to the kept file.

    A kept file that is over is asked again, with the request's own clocks; one whose request
    waits takes the request's completion; one in follow-up gains the referral. The team of the
    kept file does not change: whom the referral names is shown to coordination. Twice is once.
    `joining` says what goes and what stays; it raises ValidationError (`lives`) for a request whose
    own file holds more than a request.
    """
    with transaction.atomic():
        locked, held = _lock_both(request, kept)
        if locked.joined_to_id == held.pk:
            return held
        if held.state == PathwayState.JOINED:
            raise ValidationError(_("Ce dossier est lui-même réuni à un autre."))
        refuse_lives(locked)
        was_complete_on = locked.completed_on
        move_patient(locked, Move.JOINED, on=timezone.localdate(now), by=by, now=now)
        locked.joined_to = held
        locked.save(update_fields=["state", "joined_to"])
        _close_links(locked, timezone.localdate(now))
        carry(locked, held, now)
        _fill_contact(held, locked)
        _carry_request(locked, held, was_complete_on, by, now)
        record(verb="request.joined", by=by, at=now, patient=held, subject=locked.code)
        publish(FilesJoined(held.pk, locked.pk))
    return held


def _lock_both(request: Patient, kept: Patient) -> tuple[Patient, Patient]:
    if request.pk == kept.pk:
        raise ValidationError(_("Un dossier ne se réunit pas à lui-même."))
    rows = {pk: lock_patient(pk) for pk in sorted((request.pk, kept.pk))}
    return rows[request.pk], rows[kept.pk]


def _close_links(joined: Patient, today: date) -> None:
    """Nobody follows a file that is only another name of the kept one."""
    CareLink.objects.filter(patient=joined, ends_on=None).update(ends_on=today)


def _fill_contact(held: Patient, joined: Patient) -> None:
    missing = [name for name in CONTACT if not getattr(held, name) and getattr(joined, name)]
    for name in missing:
        setattr(held, name, getattr(joined, name))
    if missing:
        held.save(update_fields=missing)


def _carry_request(
    joined: Patient, held: Patient, completed_on: date | None, by: User, now: datetime
) -> None:
    if held.state in MOVES[Move.ASKED_AGAIN].sources:
        _begin_again(
            held, requested_on=joined.requested_on, completed_on=completed_on, by=by, now=now
        )
    elif held.state == PathwayState.INCOMPLETE and completed_on:
        complete_file(patient=held, on=max(completed_on, held.requested_on), by=by, now=now)
        held.refresh_from_db()


def tell_apart(*, one: Patient, other: Patient, by: User, now: datetime) -> None:
    """Note that two files with the same traits are two persons', so that nobody asks again."""
    if one.pk == other.pk:
        raise ValidationError(_("C’est le même dossier."))
    first, second = sorted((one, other), key=lambda each: each.pk)
    with transaction.atomic():
        _lock_both(first, second)
        _pair, made = DistinctFiles.objects.get_or_create(
            one=first, other=second, defaults={"noted_at": now, "noted_by": by}
        )
        if made:
            record(verb="request.told_apart", by=by, at=now, patient=one, subject=other.code)
