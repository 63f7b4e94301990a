"""Give free seats to those who wait: inside the lock that freed them, and again by the tick."""

import logging
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from etp.enums import Move, PlaceState, Refusal, WaitState
from etp.models import CycleWait, Place, Session, Wait
from etp.rules.booking import No, may_accept
from etp.selectors.lines import line_of, waits_for
from etp.selectors.scene import standings
from portal.kit.prepared import insert_row
from portal.kit.seats import lowest_free, offer_until

from .letters import tell_expired, tell_offered
from .steps import leave_step, lock_session, make_move

logger = logging.getLogger(__name__)
ANOTHER_DATE = {Refusal.OTHER_DATE, Refusal.SAME_SESSION, Refusal.ALREADY_ATTENDED}


def settle_session(*, session_id: int, now: datetime) -> list[Place]:
    """Settle one session under its lock; the offers made."""
    with transaction.atomic():
        return settle(lock_session(session_id), now=now)


def settle_all(*, now: datetime) -> int:
    """Settle every session where something may have changed since; the number of offers made.

    Twice: who lets an offer lapse at one session and waits for any date may be next at another,
    which was looked at before. One that cannot be settled stops no other: the first error is
    raised once all are done.
    """
    offers, failed = 0, None
    for _ in range(2):
        for each in list(to_settle(now).values_list("pk", flat=True)):
            try:
                offers += len(settle_session(session_id=each, now=now))
            except Exception as error:
                logger.exception("session %s cannot be settled", each)
                failed = failed or error
    if failed:
        raise failed
    return offers


def to_settle(now: datetime) -> QuerySet[Session]:
    """Sessions with an offer, or waits that are over, or a free seat and somebody in line.

    An offer may have lapsed, or its person may have booked another date since.
    """
    offered = Place.objects.filter(session=OuterRef("pk"), state=PlaceState.OFFERED)
    own_line = Wait.objects.filter(session=OuterRef("pk"), state=WaitState.WAITING)
    line = Wait.objects.filter(
        Q(session=None) | Q(session=OuterRef("pk")),
        workshop=OuterRef("workshop"),
        state=WaitState.WAITING,
    )
    gone = Q(starts_at__lte=now) | Q(cancelled_at__isnull=False)
    coming = Q(starts_at__gt=now, cancelled_at=None)
    taken = Count("places", filter=Q(places__seat__isnull=False))
    with_room = Session.objects.annotate(taken=taken).filter(taken__lt=F("capacity"))
    return Session.objects.filter(
        Exists(offered)
        | (gone & Exists(own_line))
        | (coming & Exists(line) & Q(pk__in=with_room.filter(coming).values("pk")))
    ).order_by("starts_at", "pk")


def settle(session: Session, *, now: datetime, asking: int | None = None) -> list[Place]:
    """Take back the offers that no longer hold, then offer each free seat to the next in line.

    The caller holds the session's lock. No other is waited for, those of patients least of all: an
    offer made to somebody who is booking another date at this instant is taken back by the next
    call. `asking`: the patient who is booking this very session, told by the booking alone.
    """
    held = list(
        Place.objects.filter(session=session, seat__isnull=False).select_related("patient", "wait")
    )
    gone = session.cancelled_at is not None or session.starts_at <= now
    for place in held:
        if place.state == PlaceState.OFFERED and (gone or (place.until and place.until <= now)):
            _lapse(place, session, now=now)
    if gone:
        Wait.objects.filter(session=session, state=WaitState.WAITING).update(
            state=WaitState.OVER, ended_at=now
        )
        return []
    offered = [place for place in held if place.state == PlaceState.OFFERED]
    seated = [place for place in held if place.seat is not None]
    waits = waits_for(session) if offered or len(seated) < session.capacity else {}
    people = {each.patient_id for each in offered} | {each.patient_id for each in waits.values()}
    standing = standings(people) if people else {}
    slot = replace(session.slot, repeatable=session.workshop.repeatable) if people else session.slot
    for place in offered:
        whole = [session.pk] if place.of_cycle_offer else ()
        no = may_accept(slot, standing[place.patient_id], now=now, cycle=whole)
        if no:
            _withdraw(place, no, now=now)
    seats = {place.seat for place in held if place.seat is not None}
    offers = []
    for wait in line_of(slot, waits, standing, now=now) if waits else []:
        seat = lowest_free(seats, session.capacity)
        if seat is None:
            break
        if _claim(wait):
            told = wait.patient_id != asking
            offers.append(_offer(session, wait, seat, told=told, now=now))
            seats.add(seat)
    return offers


def _claim(wait: Wait) -> bool:
    """Make a wait this session's, unless another session is offering to it, or it is being left.

    Its row is not waited for: two sessions that settle at once never wait for each other.
    """
    free = Wait.objects.select_for_update(skip_locked=True).filter(
        pk=wait.pk, state=WaitState.WAITING
    )
    if not free:
        return False
    Wait.objects.filter(pk=wait.pk).update(state=WaitState.OFFERED)
    return True


def _offer(session: Session, wait: Wait, seat: int, *, told: bool, now: datetime) -> Place:
    place = Place(
        patient=wait.patient,
        session=session,
        state=PlaceState.OFFERED,
        seat=seat,
        capacity=session.capacity,
        until=offer_until(now, session.starts_at),
        wait=wait,
        request_id=uuid4(),
        made_at=now,
    )
    insert_row(place)
    leave_step(place, Move.OFFERED, by=None, now=now)
    if told:
        tell_offered(place, now=now)
    return place


def _lapse(place: Place, session: Session, *, now: datetime) -> None:
    whole = place.of_cycle_offer
    make_move(place, Move.EXPIRED, by=None, now=now)
    release_wait(place.wait, now=now)
    if not whole or end_cycle_offer(place, WaitState.OVER, now=now):  # told of once
        tell_expired(place, now=now)


def _withdraw(place: Place, no: No, *, now: datetime) -> None:
    """Take back the offer of somebody who may not accept it any more: they keep their rank.

    Whoever has another date by now waits no longer.
    """
    whole = place.of_cycle_offer
    make_move(place, Move.WITHDRAWN, by=None, now=now)
    served = no.reason in ANOTHER_DATE
    if whole:
        end_cycle_offer(place, WaitState.SERVED if served else WaitState.WAITING, now=now)
    Wait.objects.filter(places=place, state=WaitState.OFFERED).update(
        state=WaitState.SERVED if served else WaitState.WAITING, ended_at=now if served else None
    )


def end_cycle_offer(place: Place, state: WaitState, *, now: datetime) -> bool:
    """What becomes of the wait for a whole cycle; whether this place of its offer is the first.

    The other places are given back by `cycle_line`, under the locks of their sessions.
    """
    waits = CycleWait.objects.filter(
        patient=place.patient_id, cycle=place.cycle_id, state=WaitState.OFFERED
    )
    ended = None if state == WaitState.WAITING else now
    return bool(waits.update(state=state, ended_at=ended))


def release_wait(wait: Wait | None, *, now: datetime) -> None:
    """After an offer that was not taken: whoever waits for any date goes on waiting."""
    if wait is None:
        return
    if wait.session_id is None:
        Wait.objects.filter(pk=wait.pk, state=WaitState.OFFERED).update(state=WaitState.WAITING)
    else:
        Wait.objects.filter(pk=wait.pk, state=WaitState.OFFERED).update(
            state=WaitState.OVER, ended_at=now
        )
