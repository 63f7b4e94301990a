"""Give free seats to those who wait: inside the lock that freed them, and again by the tick."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from etp.enums import Move, PlaceState, WaitState
from etp.models import Place, Session, Wait
from etp.rules.booking import lowest_free
from etp.rules.waiting import Waiting, line_for, offer_until
from etp.selectors.scene import standings
from portal.kit.prepared import insert_row

from .letters import tell_expired, tell_offered
from .steps import leave_step, lock_session, make_move


def settle_session(*, session_id: int, now: datetime) -> list[Place]:
    """Settle one session under its lock; the offers made."""
    with transaction.atomic():
        return settle(lock_session(session_id), now=now)


def settle_all(*, now: datetime) -> int:
    """Settle every session where time alone has changed something; the number of offers made."""
    return sum(
        len(settle_session(session_id=each, now=now))
        for each in to_settle(now).values_list("pk", flat=True)
    )


def to_settle(now: datetime) -> QuerySet[Session]:
    """Sessions with a lapsed offer, or waits that are over, or a free seat and somebody in line."""
    lapsed = Place.objects.filter(session=OuterRef("pk"), state=PlaceState.OFFERED, until__lte=now)
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
        Exists(lapsed)
        | (gone & Exists(own_line))
        | (coming & Exists(line) & Q(pk__in=with_room.filter(coming).values("pk")))
    ).order_by("starts_at", "pk")


def settle(session: Session, *, now: datetime) -> list[Place]:
    """Lapse the offers whose time is over, then offer each free seat to the next in line.

    The caller holds the session's lock, and no other lock that a booking asks for before it.
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
    seats = {place.seat for place in held if place.seat is not None}
    offers = []
    for wait in _line(session, now=now) if len(seats) < session.capacity else []:
        seat = lowest_free(seats, session.capacity)
        if seat is None:
            break
        # another session may be offering to the same person: the first one has the wait
        if Wait.objects.filter(pk=wait.pk, state=WaitState.WAITING).update(state=WaitState.OFFERED):
            offers.append(_offer(session, wait, seat, now=now))
            seats.add(seat)
    return offers


def _line(session: Session, *, now: datetime) -> list[Wait]:
    """The waits that a seat of this session may go to, in order, one a person."""
    waits = {
        each.pk: each
        for each in Wait.objects.filter(
            Q(session=None) | Q(session=session),
            workshop=session.workshop_id,
            state=WaitState.WAITING,
        ).select_related("patient")
    }
    if not waits:
        return []
    people = {each.patient_id for each in waits.values()}
    line = line_for(
        replace(session.slot, repeatable=session.workshop.repeatable),
        [
            Waiting(each.pk, each.patient_id, each.joined_at, each.session_id)
            for each in waits.values()
        ],
        standings(people),
        given_up(session, people),
        now=now,
    )
    first_of_each = {each.person: each.key for each in reversed(line)}
    return [waits[each.key] for each in line if first_of_each[each.person] == each.key]


def given_up(session: Session, people: set[int]) -> dict[int, datetime]:
    """When each of these people last gave up a place of this session."""
    ended = Place.objects.filter(session=session, patient__in=people, ended_at__isnull=False)
    return dict(ended.order_by().values_list("patient").annotate(last=Max("ended_at")))


def _offer(session: Session, wait: Wait, seat: int, *, now: datetime) -> Place:
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
    tell_offered(place, now=now)
    return place


def _lapse(place: Place, session: Session, *, now: datetime) -> None:
    make_move(place, Move.EXPIRED, by=None, now=now)
    release_wait(place.wait, now=now)
    tell_expired(place, now=now)


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
