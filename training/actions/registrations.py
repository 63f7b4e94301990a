"""Registrations to meetings: a numbered seat at once, or a place in line.

The meeting's row is the lock of its seats. Whoever waited is seated as soon as a seat is free,
and told; nothing has to be answered.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.models import User
from portal.kit.calendar import Method
from portal.kit.locks import waiting
from portal.kit.seats import lowest_free
from training import notices
from training.enums import Mode, NoSeat, SeatState
from training.models import DateWish, Meeting, Registration
from training.rules.registration import LIVE, may_cancel, refusal
from training.selectors.meetings import is_doctor

from .meeting_mails import tell, withdraw_reminders


class Refused(Exception):
    """What was asked cannot be had; `no` says why."""

    def __init__(self, no: NoSeat) -> None:
        self.no = no
        super().__init__(notices.REFUSALS[no])


class Busy(Exception):
    """Others hold this meeting for longer than the lock time-out: try again."""

    def __init__(self) -> None:
        super().__init__(
            _("Beaucoup de monde s’inscrit en ce moment. Rien n’est perdu\u00a0: essayez encore.")
        )


def lock_meeting(pk: int) -> Meeting:
    """The meeting's row, under which its seats move. Raises Busy, DoesNotExist."""
    with waiting(Busy):
        found: Meeting = Meeting.objects.select_for_update(no_key=True).get(pk=pk)
    return found


@transaction.atomic
def register(*, meeting: Meeting, mode: Mode, by: User, now: datetime) -> Registration:
    """Take a seat, or a place in line when none is left. Asked again, the same registration.

    Asked for the other way of attending, the seat is changed for one there, both or none; whoever
    only waited leaves that line. Raises Refused, Busy.
    """
    held = lock_meeting(meeting.pk)
    own = held.registrations.filter(person=by, state__in=LIVE).first()
    if own and own.mode == mode:
        return own
    no = refusal(held.terms, mode, doctor=is_doctor(by), now=now)
    if no:
        raise Refused(no)
    settle(held, now=now)
    seat = lowest_free(_taken(held, mode), held.terms.seats[mode])
    if own:
        if seat is None and own.is_booked:
            raise Refused(NoSeat.FULL)
        _end(own, SeatState.CANCELLED, now=now)
    made: Registration = Registration.objects.create(
        meeting=held,
        person=by,
        mode=mode,
        state=SeatState.BOOKED if seat else SeatState.WAITING,
        seat=seat,
        capacity=held.terms.seats[mode],
        made_at=now,
        seated_at=now if seat else None,
    )
    DateWish.objects.filter(meeting=held, person=by, told_at=None).delete()
    record(verb="registration.made", by=by, at=now, subject=f"rencontre {held.pk}")
    if seat:
        tell(made, notices.REGISTERED, now=now, method=Method.PUBLISH)
    else:
        tell(made, notices.WAITING, now=now)
    if own:
        settle(held, now=now)
    return made


@transaction.atomic
def cancel(*, registration: Registration, by: User | None, now: datetime) -> Registration:
    """Give it up; the seat goes to the next in line at once. Twice is once.

    `by` None: the person, through the link of a mail. Raises Refused once it has begun, Busy.
    """
    held = lock_meeting(registration.meeting_id)
    found = held.registrations.select_related("person").get(pk=registration.pk)
    found.meeting = held
    if not found.is_live:
        return found
    if not may_cancel(held.terms, now):
        raise Refused(NoSeat.CALLED_OFF if held.cancelled_at else NoSeat.BEGUN)
    was_booked = found.is_booked
    _end(found, SeatState.CANCELLED, now=now)
    record(verb="registration.cancelled", by=by, at=now, subject=f"rencontre {held.pk}")
    tell(found, notices.CANCELLED, now=now, method=Method.CANCEL if was_booked else None)
    settle(held, now=now)
    return found


def settle(meeting: Meeting, *, now: datetime) -> list[Registration]:
    """Seat those who wait while there is room, the first in line first; the caller holds the lock.

    Once the meeting has begun or was called off, the lines are over.
    """
    if meeting.cancelled_at or (meeting.starts_at and meeting.starts_at <= now):
        meeting.registrations.filter(state=SeatState.WAITING).update(
            state=SeatState.OVER, ended_at=now
        )
        return []
    if meeting.starts_at is None:
        return []
    seated = []
    for mode, capacity in meeting.terms.seats.items():
        line = meeting.registrations.filter(mode=mode, state=SeatState.WAITING)
        waiting = list(line.select_related("person").order_by("made_at", "pk"))
        taken = _taken(meeting, mode) if waiting else set()
        for each in waiting:
            seat = lowest_free(taken, capacity)
            if seat is None:
                break
            taken.add(seat)
            each.meeting = meeting
            each.state, each.seat, each.capacity = SeatState.BOOKED, seat, capacity
            each.seated_at = now
            each.save(update_fields=["state", "seat", "capacity", "seated_at"])
            record(verb="registration.seated", by=None, at=now, subject=f"rencontre {meeting.pk}")
            tell(each, notices.SEATED, now=now, method=Method.PUBLISH)
            seated.append(each)
    return seated


def settle_all(*, now: datetime) -> int:
    """Settle every meeting where somebody waits; the number seated."""
    line = Registration.objects.filter(meeting=OuterRef("pk"), state=SeatState.WAITING)
    count = 0
    for pk in Meeting.objects.filter(Exists(line)).values_list("pk", flat=True):
        with transaction.atomic():
            count += len(settle(lock_meeting(pk), now=now))
    return count


@transaction.atomic
def ask_for_date(*, meeting: Meeting, by: User, now: datetime) -> bool:
    """Ask to be told once the date is fixed; False when it already is. Twice is once."""
    held = lock_meeting(meeting.pk)
    if held.date_known or held.cancelled_at:
        return False
    DateWish.objects.get_or_create(
        meeting=held, person=by, told_at=None, defaults={"asked_at": now}
    )
    return True


def forget_date(*, meeting: Meeting, by: User) -> None:
    """Ask no more to be told."""
    DateWish.objects.filter(meeting=meeting, person=by, told_at=None).delete()


def _end(registration: Registration, state: SeatState, *, now: datetime) -> None:
    registration.state, registration.seat, registration.ended_at = state, None, now
    registration.save(update_fields=["state", "seat", "ended_at"])
    withdraw_reminders(registration)


def _taken(meeting: Meeting, mode: Mode) -> set[int]:
    seats = meeting.registrations.filter(mode=mode).order_by().values_list("seat", flat=True)
    return {seat for seat in seats if seat}
