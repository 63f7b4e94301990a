"""Registrations to meetings: a numbered seat at once, or a place in line.

The meeting's row is the lock of its seats. Whoever waited is seated as soon as a seat is free,
and told; nothing has to be answered. A seat that is paid is held until an hour, then goes on.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.models import User
from portal.kit.calendar import Method
from portal.kit.locks import waiting
from portal.kit.seats import lowest_free, offer_until
from training import notices
from training.enums import Mode, NoSeat, Profile, RefundCause, SeatState
from training.models import DateWish, Meeting, Registration
from training.rules.price import price_of, refund_due
from training.rules.registration import LIVE, SEATED, may_cancel, refusal
from training.selectors.meetings import is_doctor
from training.selectors.payments import cards_are_taken, is_employee

from .meeting_mails import tell, withdraw_reminders
from .refunds import give_back_of

HOLD = timedelta(minutes=31)
"""How long a seat waits for its payment; the card service keeps a page open thirty at least."""


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
def register(
    *, meeting: Meeting, mode: Mode, by: User, now: datetime, profile: Profile | None = None
) -> Registration:
    """Take a seat, or a place in line when none is left. Asked again, the same registration.

    Asked for the other way of attending, the seat is changed for one there, both or none; whoever
    only waited leaves that line. One that costs something to this `profile` is held while it is
    paid. Raises Refused, Busy.
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
    if own and own.state in SEATED:
        if seat is None:
            raise Refused(NoSeat.FULL)
        if own.price:
            return _move(own, held, mode, seat, now=now)
    price = own.price if own else _price(held, by, profile)
    made = Registration(
        meeting=held,
        person=by,
        mode=mode,
        state=SeatState.WAITING,
        capacity=held.terms.seats[mode],
        made_at=now,
        profile=own.profile if own else profile or "",
        price=price,
    )
    if own:
        _end(own, SeatState.CANCELLED, now=now)
    if seat:
        _seat(made, seat, now=now, pay_by=now + HOLD)
    made.save()
    DateWish.objects.filter(meeting=held, person=by, told_at=None).delete()
    record(verb="registration.made", by=by, at=now, subject=f"rencontre {held.pk}")
    _tell_made(made, now=now)
    if own:
        settle(held, now=now)
    return made


def _tell_made(made: Registration, *, now: datetime) -> None:
    """Who has to pay is told once it is done."""
    if made.is_booked:
        tell(made, notices.REGISTERED, now=now, method=Method.PUBLISH)
    elif not made.is_paying:
        tell(made, notices.WAITING, now=now)


def _price(meeting: Meeting, person: User, profile: Profile | None) -> Decimal:
    """What this person pays. Raises Refused."""
    try:
        price = price_of(meeting.prices, profile, employee=is_employee(person))
    except LookupError as unknown:
        raise Refused(NoSeat.NO_PROFILE) from unknown
    if price and not cards_are_taken():
        raise Refused(NoSeat.NO_PAYMENT)
    return price


def _move(
    own: Registration, meeting: Meeting, mode: Mode, seat: int, *, now: datetime
) -> Registration:
    """Change a paid seat, or one being paid, for another way of attending: its payment stays."""
    own.meeting, own.mode, own.seat = meeting, mode, seat
    own.capacity = meeting.terms.seats[mode]
    own.save(update_fields=["mode", "seat", "capacity"])
    record(verb="registration.made", by=own.person, at=now, subject=f"rencontre {meeting.pk}")
    if own.is_booked:
        tell(own, notices.REGISTERED, now=now, method=Method.PUBLISH)
    settle(meeting, now=now)
    return own


def _seat(registration: Registration, seat: int, *, now: datetime, pay_by: datetime | None) -> None:
    """Give a seat, or hold it until `pay_by` for what costs something; the caller saves."""
    registration.seat = seat
    if registration.price and pay_by:
        registration.state, registration.pay_by = SeatState.PAYING, pay_by
    else:
        registration.state, registration.seated_at = SeatState.BOOKED, now
        registration.pay_by = None


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
    back = give_back_of(
        found,
        lambda cents: refund_due(cents, starts_at=held.starts_at, now=now, called_off=False),
        cause=RefundCause.GIVEN_UP,
        now=now,
    )
    _tell_ended(found, by=by, now=now, cents=back, notice=notices.CANCELLED, dated=was_booked)
    settle(held, now=now)
    return found


def free_seat(
    meeting: Meeting, registration: Registration, *, by: User, now: datetime, cents: int
) -> bool:
    """Free the seat of somebody whose money goes back; the caller holds the lock of its meeting.

    False: nobody sits there any more, or the meeting has begun.
    """
    found = meeting.registrations.select_related("person").get(pk=registration.pk)
    found.meeting = meeting
    if not found.is_booked or not may_cancel(meeting.terms, now):
        return False
    _end(found, SeatState.CANCELLED, now=now)
    _tell_ended(found, by=by, now=now, cents=cents, notice=notices.FREED, dated=True)
    settle(meeting, now=now)
    return True


def _tell_ended(
    ended: Registration,
    *,
    by: User | None,
    now: datetime,
    cents: int,
    notice: notices.Notice,
    dated: bool,
) -> None:
    """`dated`: it stands in the person's calendar."""
    record(verb="registration.cancelled", by=by, at=now, subject=f"rencontre {ended.meeting_id}")
    method = Method.CANCEL if dated else None
    tell(ended, notice, now=now, more=notices.given_back(cents), method=method)


def settle(meeting: Meeting, *, now: datetime) -> list[Registration]:
    """Seat those who wait while there is room, the first in line first; the caller holds the lock.

    Once the meeting has begun or was called off, the lines are over. A seat whose hour to pay has
    passed is free again.
    """
    if meeting.cancelled_at:
        holds = meeting.registrations.filter(state=SeatState.PAYING)
        holds.update(state=SeatState.OVER, seat=None, ended_at=now, pay_by=None)
    _lapse(meeting, now=now)
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
            each.meeting, each.capacity = meeting, capacity
            _seat(each, seat, now=now, pay_by=offer_until(now, meeting.starts_at))
            each.save(update_fields=["state", "seat", "capacity", "seated_at", "pay_by"])
            record(verb="registration.seated", by=None, at=now, subject=f"rencontre {meeting.pk}")
            if each.is_paying:
                tell(each, notices.TO_PAY, now=now, more=notices.until(each.pay_by))
            else:
                tell(each, notices.SEATED, now=now, method=Method.PUBLISH)
            seated.append(each)
    return seated


def _lapse(meeting: Meeting, *, now: datetime) -> None:
    late = meeting.registrations.filter(state=SeatState.PAYING, pay_by__lte=now)
    for each in late.select_related("person"):
        each.meeting = meeting
        _end(each, SeatState.LAPSED, now=now)
        record(verb="registration.lapsed", by=None, at=now, subject=f"rencontre {meeting.pk}")
        tell(each, notices.LAPSED, now=now)


def seat_payer(registration: Registration, *, now: datetime) -> bool:
    """Give the seat to who has paid; the caller holds the lock of its meeting.

    Paid after its hour, a seat is still given if one is left once those who wait are served. False:
    there is none, and the money goes back.
    """
    meeting = registration.meeting
    if registration.is_paying:
        _seat(registration, registration.seat or 0, now=now, pay_by=None)
    elif registration.state == SeatState.LAPSED:
        again = meeting.registrations.filter(person=registration.person_id, state__in=LIVE)
        mode = Mode(registration.mode)
        if refusal(meeting.terms, mode, doctor=True, now=now) or again.exists():
            return False
        settle(meeting, now=now)
        seat = lowest_free(_taken(meeting, mode), meeting.terms.seats[mode])
        if seat is None:
            return False
        registration.ended_at, registration.capacity = None, meeting.terms.seats[mode]
        _seat(registration, seat, now=now, pay_by=None)
    else:
        return False
    registration.save()
    record(verb="registration.paid", by=None, at=now, subject=f"rencontre {meeting.pk}")
    return True


def settle_all(*, now: datetime) -> int:
    """Settle every meeting where somebody waits, for a seat or for money; the number seated."""
    line = Registration.objects.filter(
        Q(state=SeatState.WAITING) | Q(state=SeatState.PAYING, pay_by__lte=now),
        meeting=OuterRef("pk"),
    )
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
    registration.pay_by = None
    registration.save(update_fields=["state", "seat", "ended_at", "pay_by"])
    withdraw_reminders(registration)


def _taken(meeting: Meeting, mode: Mode) -> set[int]:
    seats = meeting.registrations.filter(mode=mode).order_by().values_list("seat", flat=True)
    return {seat for seat in seats if seat}
