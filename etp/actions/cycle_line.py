"""The line of a whole cycle: an offer is a seat in each of its sessions, or nothing.

Decision: a seat that frees goes first to who waits for that session alone; a whole cycle is offered
once each of its sessions to come has a seat left. A cycle under way is offered no more.
"""

import logging
from collections import defaultdict
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from etp.enums import LIVE, Move, PlaceState, Refusal, WaitState
from etp.models import Cycle, CycleWait, Place, Session
from etp.rules.booking import decide
from etp.rules.waiting import line_for_cycle
from etp.selectors.cycle_lines import as_waiting, slots_of
from etp.selectors.scene import standings
from network.actions.journal import record
from network.models import Patient, User
from portal.kit.prepared import insert_row
from portal.kit.seats import lowest_free, offer_until

from .letters import Dated, tell_offered_together, where_of
from .settle import end_cycle_offer, settle
from .steps import Refused, leave_step, lock_patient, lock_sessions, make_move

logger = logging.getLogger(__name__)


def wait_for_cycle(*, cycle: Cycle, patient: Patient, by: User | None, now: datetime) -> CycleWait:
    """Join the line of a cycle of which a session is full. Twice is once, at the first rank.

    Raises Refused: ROOM_LEFT when the whole cycle may be booked, or what else stands against it.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        sessions = _lock(cycle.pk)
        earlier = CycleWait.objects.filter(patient=person, cycle=cycle, state__in=LIVE).first()
        if earlier:
            return earlier
        settle_line(cycle.pk, sessions, now=now)
        _refuse(sessions, person, now=now)
        wait = CycleWait.objects.create(patient=person, cycle=cycle, joined_at=now)
        record(verb="wait.joined", by=by, at=now, patient=person, subject=f"cycle {cycle.pk}")
        return wait


def _refuse(sessions: dict[int, Session], person: Patient, *, now: datetime) -> None:
    """Raises Refused unless seats alone are missing."""
    if not sessions:
        raise Refused(Refusal.CANCELLED)
    standing = standings([person.pk])[person.pk]
    for slot in slots_of(sessions.values()):
        no = decide(slot, standing, free=1, now=now, cycle=sessions)
        if no:
            raise Refused(no)
    if all(_free(sessions).values()):
        raise Refused(Refusal.ROOM_LEFT)


def leave_cycle_line(*, wait: CycleWait, by: User | None, now: datetime) -> CycleWait:
    """Leave the line; an offer already made stays to be declined. Twice is once."""
    with transaction.atomic():
        person = lock_patient(wait.patient_id)
        waiting = CycleWait.objects.filter(pk=wait.pk, state=WaitState.WAITING)
        if waiting.update(state=WaitState.LEFT, ended_at=now):
            subject = f"cycle {wait.cycle_id}"
            record(verb="wait.left", by=by, at=now, patient=person, subject=subject)
    wait.refresh_from_db()
    return wait


def decline_cycle(*, cycle: Cycle, patient: Patient, by: User | None, now: datetime) -> None:
    """Leave all the seats of an offered cycle to the next in line. Twice is once."""
    with transaction.atomic():
        person = lock_patient(patient.pk)
        sessions = _lock(cycle.pk)
        for place in _offered(cycle.pk).filter(patient=person):
            place.patient = person
            end_cycle_offer(place, WaitState.OVER, now=now)
            make_move(place, Move.DECLINED, by=by, now=now)
        for session in sessions.values():
            settle(session, now=now)
        settle_line(cycle.pk, sessions, now=now)


def settle_cycles(*, now: datetime) -> int:
    """Settle the line of every cycle that has one; the number of people offered a cycle.

    One that cannot be settled stops no other: the first error is raised once all are done.
    """
    offers, failed = 0, None
    waiting = CycleWait.objects.filter(state__in=LIVE).order_by("cycle").values_list("cycle")
    offered = Place.objects.filter(state=PlaceState.OFFERED, cycle__isnull=False)
    keys = {*waiting.values_list("cycle", flat=True), *offered.values_list("cycle", flat=True)}
    for key in sorted(each for each in keys if each):
        try:
            with transaction.atomic():
                offers += settle_line(key, _lock(key), now=now)
        except Exception as error:
            logger.exception("cycle %s cannot be settled", key)
            failed = failed or error
    if failed:
        raise failed
    return offers


def settle_line(
    cycle: int, sessions: dict[int, Session], *, now: datetime, asking: int | None = None
) -> int:
    """Give back what is left of broken offers, then offer the whole cycle to the next in line.

    The caller holds the locks of all its sessions. `asking`: the patient who is booking this very
    cycle, told by the booking alone. The number of people offered.
    """
    _give_back_the_rest(cycle, sessions, now=now)
    waits = CycleWait.objects.filter(cycle=cycle, state=WaitState.WAITING)
    begun = Session.objects.filter(cycle=cycle, cancelled_at=None, starts_at__lte=now).exists()
    if begun or not sessions:
        waits.update(state=WaitState.OVER, ended_at=now)
        return 0
    by_key = {each.pk: each for each in waits.select_related("patient")}
    if not by_key or not all(_free(sessions).values()):
        return 0
    people = standings({each.patient_id for each in by_key.values()})
    line = line_for_cycle(
        slots_of(sessions.values()), map(as_waiting, by_key.values()), people, now=now
    )
    offers = 0
    for each in line:
        if not all(_free(sessions).values()):
            break
        _offer(by_key[each.key], sessions, told=each.person != asking, now=now)
        offers += 1
    return offers


def _give_back_the_rest(cycle: int, sessions: dict[int, Session], *, now: datetime) -> None:
    """An offer of which a seat lapsed or was taken back holds no other seat."""
    offered: dict[int, list[Place]] = defaultdict(list)
    for place in _offered(cycle).filter(session__in=sessions).select_related("patient"):
        offered[place.patient_id].append(place)
    live = CycleWait.objects.filter(cycle=cycle, state=WaitState.OFFERED)
    whole = set(live.values_list("patient", flat=True))
    for patient, places in offered.items():
        if patient in whole and len(places) == len(sessions):
            continue
        end_cycle_offer(places[0], WaitState.WAITING, now=now)
        for place in places:
            make_move(place, Move.WITHDRAWN, by=None, now=now)
    live.exclude(patient__in=offered).update(state=WaitState.WAITING)


def _offer(wait: CycleWait, sessions: dict[int, Session], *, told: bool, now: datetime) -> None:
    in_time = sorted(sessions.values(), key=lambda each: each.starts_at)
    until = offer_until(now, in_time[0].starts_at)
    if until is None:
        raise ValueError("a cycle under way is not offered")
    request_id = uuid4()
    dates = []
    for session in in_time:
        held = Place.objects.filter(session=session, seat__isnull=False)
        place = Place(
            patient=wait.patient,
            session=session,
            cycle_id=wait.cycle_id,
            state=PlaceState.OFFERED,
            seat=lowest_free(set(held.values_list("seat", flat=True)), session.capacity),  # type: ignore[arg-type]
            capacity=session.capacity,
            until=until,
            request_id=request_id,
            made_at=now,
        )
        insert_row(place)
        leave_step(place, Move.OFFERED, by=None, now=now)
        dates.append(Dated(place, session, where_of(session)))
    CycleWait.objects.filter(pk=wait.pk).update(state=WaitState.OFFERED)
    if told:
        tell_offered_together(dates, until=until, now=now)


def _offered(cycle: int) -> QuerySet[Place]:
    return Place.objects.filter(cycle=cycle, state=PlaceState.OFFERED)


def _free(sessions: dict[int, Session]) -> dict[int, int]:
    """Seats left in each of these sessions."""
    held = Place.objects.filter(session__in=sessions, seat__isnull=False)
    taken: dict[int, int] = defaultdict(int)
    for session in held.order_by().values_list("session", flat=True):
        taken[session] += 1
    return {pk: each.capacity - taken[pk] for pk, each in sessions.items()}


def _lock(cycle: int) -> dict[int, Session]:
    keys = Session.objects.filter(cycle=cycle, cancelled_at=None).values_list("pk", flat=True)
    return {pk: each for pk, each in lock_sessions(*keys).items() if each.cancelled_at is None}
