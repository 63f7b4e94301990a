"""Many people at the same instant on the seats of a few sessions: real threads, no server."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from etp.actions import cycles, places, settle, steps, waiting
from etp.actions.steps import Busy, Refused
from etp.enums import PlaceState, Refusal
from etp.models import Cycle, Place, PlaceStep, Session, Wait
from etp.selectors.verify import recount_places
from etp.selectors.verify_people import recount_people
from network.models import JournalEntry, OutboxMessage, Patient
from portal.kit import clock
from tests.factories.etp import (
    NOW,
    book,
    book_whole,
    fill,
    make_cycle,
    make_participant,
    make_session,
    make_workshop,
    wait,
)
from tests.proofs.scale import scaled
from tests.proofs.threads import faults, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
CROWD = scaled(12, 48)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=5))


def recounted() -> list[str]:
    tally: Counter[str] = Counter()
    return [str(each) for each in (*recount_places(tally), *recount_people(tally))]


def patiently(do: Callable[[], Any]) -> Callable[[], Any]:
    """Whoever is told that there is a crowd tries again, as the page says."""

    def again() -> Any:
        while True:
            try:
                return do()
            except Busy:
                time.sleep(0.1)

    return again


def booking(session: Session, patient: Patient, **given: Any) -> Callable[[], Any]:
    asked = {"request_id": uuid4(), "by": None, "now": NOW} | given
    return patiently(partial(places.book, session=session, patient=patient, **asked))


def book_or_wait(session: Session, patient: Patient, number: int) -> Callable[[], Any]:
    """What a person does in front of a full session; `number`: in which order they came."""

    def do() -> Place | Wait:
        now = NOW + timedelta(seconds=number)
        while True:
            try:
                return booking(session, patient, now=now)()
            except Refused as refused:
                if refused.no.reason != Refusal.FULL:
                    raise
            try:
                return wait(session, patient, now=now)
            except waiting.RoomLeft:
                continue  # a seat was given up in between

    return patiently(do)


def test_crowd_for_the_last_seats() -> None:
    session = make_session(seats=CROWD // 3)
    people = [make_participant(session.workshop) for _ in range(CROWD)]
    answers = together(*(book_or_wait(session, each, number) for number, each in enumerate(people)))
    assert faults(answers) == []
    assert Counter(type(each) for each in answers) == {
        Place: CROWD // 3,
        Wait: CROWD - CROWD // 3,
    }
    seats = Place.objects.values_list("seat", flat=True)
    assert sorted(seat or 0 for seat in seats) == list(range(1, CROWD // 3 + 1))
    assert recounted() == []


def test_same_request_many_times() -> None:
    session = make_session()
    once = booking(session, make_participant(session.workshop))
    answers = together(*([once] * CROWD))
    assert faults(answers) == []
    assert len({place.pk for place in answers}) == 1
    written = (Place, PlaceStep, OutboxMessage)
    assert [model.objects.count() for model in written] == [1, 1, 1]
    assert JournalEntry.objects.filter(verb="place.booked").count() == 1


def test_seats_given_up_and_taken() -> None:
    """As many give up their seat as others ask for one, and the line moves."""
    session = make_session(seats=CROWD // 3, days=10)
    held = fill(session)
    for number in range(CROWD // 6):
        wait(session, now=NOW + timedelta(seconds=number))
    people = [make_participant(session.workshop) for _ in range(CROWD // 3)]
    answers = together(
        *(patiently(partial(places.cancel, place=each, by=None, now=NOW)) for each in held),
        *(book_or_wait(session, each, 60 + number) for number, each in enumerate(people)),
        *[patiently(partial(settle.settle_all, now=NOW))] * 2,
    )
    assert faults(answers) == []
    settle.settle_all(now=NOW + timedelta(minutes=2))
    offers = Place.objects.filter(state=PlaceState.OFFERED, wait__joined_at__lt=NOW + MINUTE)
    assert offers.count() == CROWD // 6  # whoever waited before the crowd
    assert Place.objects.filter(seat__isnull=False).count() == CROWD // 3
    assert recounted() == []


def test_ticks_at_once_offer_once() -> None:
    session = make_session(seats=6)
    gone = fill(session)
    for number in range(6):
        wait(session, now=NOW + timedelta(seconds=number))
    Place.objects.filter(pk__in=[each.pk for each in gone]).update(
        state=PlaceState.CANCELLED, seat=None, ended_at=NOW
    )
    told = OutboxMessage.objects.count()
    answers = together(*[patiently(partial(settle.settle_all, now=NOW + MINUTE))] * 6)
    assert faults(answers) == []
    assert (sum(answers), OutboxMessage.objects.count() - told) == (6, 6)


# --- Cycles


def book_some(cycle: Cycle, patient: Patient, random: Random) -> Callable[[], Any]:
    """Book a whole cycle, then perhaps give it up, or move one of its sessions."""
    turn, other = random.randrange(3), random.choice(list(cycle.workshop.cycles.all()))

    def do() -> None:
        made = patiently(partial(book_whole, cycle, patient))()
        given: dict[str, Any] = {"by": None, "now": NOW}
        if turn == 1:
            patiently(partial(cycles.cancel_cycle, cycle=cycle, patient=patient, **given))()
        if turn == 2:
            to = other.sessions.get(position=2)
            move = partial(places.move, place=made[1], to=to, request_id=uuid4(), **given)
            patiently(move)()

    return do


def test_storm_on_cycles() -> None:
    random = Random(7)
    workshop = make_workshop()
    both = [make_cycle(workshop, seats=CROWD // 4, days=days) for days in (10, 12)]
    people = [make_participant(workshop) for _ in range(CROWD)]
    answers = together(*(book_some(random.choice(both), each, random) for each in people))
    assert faults(answers, Refused) == []
    held = Place.objects.filter(seat__isnull=False).order_by()
    ranks = held.values_list("patient", "session__position")
    by_person: dict[int, list[int | None]] = {}
    for patient, position in ranks:
        by_person.setdefault(patient, []).append(position)
    assert {tuple(sorted(each, key=str)) for each in by_person.values()} == {(1, 2, 3)}
    assert recounted() == []


def swap(first: Session, second: Session) -> list[Any]:
    """Each of two people wants to come on the other's date."""
    one, other = book(first), book(second)
    return together(
        *(
            partial(places.move, place=place, to=to, request_id=uuid4(), by=None, now=NOW)
            for place, to in ((one, second), (other, first))
        )
    )


def test_swapped_dates() -> None:
    session = make_session()
    answers = swap(session, make_session(session.workshop, days=20))
    assert faults(answers) == []
    assert recounted() == []


@pytest.mark.usefixtures("postgresql")
def test_swapped_dates_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: each locks its own session first, and the database ends one of them."""
    order = iter([True, False])
    turn: dict[int, bool] = {}
    lock = steps.lock_session

    def one_each_way(keys: set[int]) -> list[int]:
        return sorted(keys, reverse=turn.setdefault(threading.get_ident(), next(order, False)))

    def slowly(pk: int) -> Session:
        locked = lock(pk)
        time.sleep(0.3)
        return locked

    session = make_session()
    other = make_session(session.workshop, days=20)
    book(session)
    monkeypatch.setattr(steps, "lock_session", slowly)
    monkeypatch.setattr(steps, "sorted", one_each_way, raising=False)
    answers = swap(session, other)
    # the other may then find the date full, since nobody left it
    assert [type(each) for each in faults(answers, Refused)] in ([OperationalError], [Busy])


# --- Two sessions that settle at once


@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("waits_for_rows", [False, True])
def test_two_sessions_offer_to_the_same_people(
    waits_for_rows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each books for somebody whom the other is offering a seat to: neither waits for the other.

    The control waits for the rows that the other holds, and the database ends one of them.
    """
    one = make_session(days=10, seats=2)
    two = make_session(one.workshop, days=20, seats=2)
    gone = [*fill(one), *fill(two)]
    first, second = make_participant(one.workshop), make_participant(one.workshop)
    wait(two, first)
    wait(one, second)
    Place.objects.filter(pk__in=[each.pk for each in gone]).update(
        state=PlaceState.CANCELLED, seat=None, ended_at=NOW
    )
    meet = threading.Barrier(2)
    stop_waiting = places._stop_waiting

    def together_then(*args: Any, **kwargs: Any) -> None:
        meet.wait(10)
        stop_waiting(*args, **kwargs)

    def for_rows(patient: Patient, session: Session, *, now: Any) -> None:
        meet.wait(10)
        waits = Wait.objects.filter(patient=patient, state="waiting")
        waits.update(state="served", ended_at=now)

    monkeypatch.setattr(places, "_stop_waiting", for_rows if waits_for_rows else together_then)
    answers = together(booking(one, first), booking(two, second))
    if waits_for_rows:
        assert [type(each) for each in faults(answers)] == [OperationalError]
        return
    assert faults(answers) == []
    settle.settle_all(now=NOW + MINUTE)
    assert Counter(Wait.objects.values_list("state", flat=True)) == {"served": 2}
    assert Place.objects.filter(state=PlaceState.BOOKED).count() == 2


def test_twice_in_line_at_once() -> None:
    session = make_session(seats=1)
    fill(session)
    patient = make_participant(session.workshop)
    given: dict[str, Any] = {"patient": patient, "by": None, "now": NOW}
    answers = together(
        *[patiently(partial(waiting.wait_for_session, session=session, **given))] * 8,
        *[patiently(partial(waiting.wait_for_any_date, workshop=session.workshop, **given))] * 8,
    )
    assert faults(answers) == []
    assert Wait.objects.count() == 2
