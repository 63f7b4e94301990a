"""Paths by which a seat could be lost, kept from who waits, or held for nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest

from etp.actions import cycles, places, sessions, settle, waiting
from etp.actions.steps import Refused
from etp.enums import PlaceState, Refusal, WaitState
from etp.models import Opening, Place, Session, Wait
from etp.selectors import lines, session_page
from network.enums import Role
from network.models import OutboxMessage, Patient
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
    wait_any,
)
from tests.factories.network import make_user

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=30)


def refusal(call: object) -> Refusal:
    with pytest.raises(Refused) as refused:
        call()  # type: ignore[operator]
    return refused.value.no.reason


def offered(session: Session) -> list[Patient]:
    offers = Place.objects.filter(session=session, state=PlaceState.OFFERED).order_by("pk")
    return [each.patient for each in offers]


def free_a_seat(session: Session) -> None:
    taken = Place.objects.filter(session=session, state=PlaceState.BOOKED).earliest("pk")
    places.cancel(place=taken, by=None, now=NOW)


# --- Offers that no longer hold


@pytest.fixture
def offer() -> Place:
    """The only seat of a session, offered to the first of two who wait for it."""
    session = make_session(seats=1)
    fill(session)
    wait(session)
    wait(session, now=NOW + timedelta(minutes=1))
    free_a_seat(session)
    return Place.objects.get(state=PlaceState.OFFERED)


def test_offer_goes_on_when_its_person_has_booked_another_date(offer: Place) -> None:
    session = offer.session
    other = make_session(session.workshop, days=20)
    elsewhere = make_session(days=30)
    Place.objects.filter(pk=offer.pk).update(session=elsewhere)  # not yet seen by the booking
    book(other, offer.patient)
    Place.objects.filter(pk=offer.pk).update(session=session)
    settle.settle_all(now=SOON)
    offer.refresh_from_db()
    assert (offer.state, offer.wait and offer.wait.state) == ("cancelled", WaitState.SERVED)
    assert len(offered(session)) == 1


def test_offer_goes_on_when_its_person_leaves_the_follow_up(offer: Place) -> None:
    Patient.objects.filter(pk=offer.patient_id).update(state="left", left_on=NOW.date())
    settle.settle_all(now=SOON)
    assert offered(offer.session) != [offer.patient]
    assert Wait.objects.get(patient=offer.patient).state == WaitState.WAITING


def test_lapsed_offer_leaves_its_person_the_seat_of_an_earlier_date_at_once() -> None:
    early = make_session(seats=1, days=5)
    late = make_session(early.workshop, seats=1, days=20)
    fill(early)
    fill(late)
    person = wait_any(early.workshop).patient
    free_a_seat(late)
    free_a_seat(early)
    assert (offered(early), offered(late)) == ([], [person])
    settle.settle_all(now=NOW + timedelta(hours=25))
    assert (offered(early), offered(late)) == ([person], [])


def test_taken_back_offer_is_made_again_when_its_person_may_come_again(offer: Place) -> None:
    openings = Opening.objects.filter(patient=offer.patient)
    openings.update(closed_at=NOW)
    settle.settle_all(now=SOON)
    openings.update(closed_at=None)
    places.decline(place=Place.objects.get(state=PlaceState.OFFERED), by=None, now=SOON)
    assert offered(offer.session) == [offer.patient]


def test_taken_back_offer_keeps_its_rank_on_pages(offer: Place) -> None:
    """Nothing was given up: the page says the rank that the engine will keep."""
    session, openings = offer.session, Opening.objects.filter(patient=offer.patient)
    openings.update(closed_at=NOW)
    settle.settle_all(now=SOON)
    openings.update(closed_at=None)
    taken_back = Wait.objects.get(patient=offer.patient)
    read = lines.read_lines([session], now=SOON)
    assert (read.length(session.pk), read.rank_of(taken_back)) == (1, 1)
    assert [(each.wait, each.rank) for each in session_page.line_of(session, SOON)] == [
        (taken_back, 1)
    ]


def test_one_of_two_offers_of_a_workshop_is_accepted() -> None:
    """Made at the same instant by two sessions, through two waits of one person."""
    workshop = make_workshop()
    one, two = (make_session(workshop, days=days, seats=1) for days in (10, 20))
    fill(one)
    fill(two)
    patient = make_participant(workshop)
    wait(one, patient)
    any_date = wait_any(workshop, patient)
    free_a_seat(one)
    held = Place.objects.get(state=PlaceState.OFFERED)
    Wait.objects.filter(pk=any_date.pk).update(state=WaitState.OFFERED)
    free_a_seat(two)
    twin = Place.objects.create(
        patient=patient,
        session=two,
        state=PlaceState.OFFERED,
        seat=1,
        capacity=1,
        until=held.until,
        wait=any_date,
        request_id=uuid4(),
        made_at=NOW,
    )
    assert places.accept(place=held, by=None, now=NOW).state == PlaceState.BOOKED
    settle.settle_all(now=SOON)
    twin.refresh_from_db()
    assert twin.state == PlaceState.CANCELLED
    waits = Wait.objects.filter(patient=patient).values_list("state", flat=True)
    assert set(waits) == {WaitState.SERVED}


# --- Gestures repeated


def test_same_request_that_takes_up_an_offer(offer: Place) -> None:
    request_id = uuid4()
    first = book(offer.session, offer.patient, request_id=request_id)
    assert (first.pk, first.state) == (offer.pk, PlaceState.BOOKED)
    assert book(offer.session, offer.patient, request_id=request_id) == first


def test_first_in_line_who_books_is_told_once() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    line = wait(session)
    Place.objects.filter(pk=taken.pk).update(state="cancelled", seat=None, ended_at=NOW)
    told = OutboxMessage.objects.count()
    assert book(session, line.patient).state == PlaceState.BOOKED
    assert OutboxMessage.objects.count() == told + 1


def test_offer_declined_after_the_session_was_called_off(offer: Place) -> None:
    coordinator = make_user(Role.COORDINATOR)
    sessions.cancel_session(session=offer.session, reason="Grippe", by=coordinator, now=NOW)
    assert places.decline(place=offer, by=None, now=NOW).state == PlaceState.CANCELLED


def test_same_request_of_a_cycle_called_off_since() -> None:
    cycle, request_id = make_cycle(), uuid4()
    made = book_whole(cycle, request_id=request_id)
    for session in cycle.sessions.all():
        coordinator = make_user(Role.COORDINATOR)
        sessions.cancel_session(session=session, reason="Grippe", by=coordinator, now=NOW)
    assert book_whole(cycle, made[0].patient, request_id=request_id) == made


@pytest.mark.parametrize("gesture", ["cancel", "decline", "leave", "move", "call_off"])
def test_gesture_twice_is_once(gesture: str, offer: Place) -> None:
    place = book(make_session())
    other, request_id = make_session(place.session.workshop, days=20), uuid4()
    line = Wait.objects.get(state=WaitState.WAITING)
    coordinator = make_user(Role.COORDINATOR)
    do = {
        "cancel": lambda: places.cancel(place=place, by=None, now=NOW),
        "decline": lambda: places.decline(place=offer, by=None, now=NOW),
        "leave": lambda: waiting.leave_line(wait=line, by=None, now=NOW),
        "move": lambda: places.move(place=place, to=other, request_id=request_id, by=None, now=NOW),
        "call_off": lambda: sessions.cancel_session(
            session=place.session, reason="Grippe", by=coordinator, now=NOW
        ),
    }[gesture]
    do()
    rows = everything()
    do()
    assert everything() == rows


def everything() -> list[object]:
    return [
        list(Place.objects.order_by("pk").values()),
        list(Wait.objects.order_by("pk").values()),
        OutboxMessage.objects.count(),
    ]


# --- Waiting


def test_waiting_for_another_date_once_booked_is_refused() -> None:
    place = book(make_session())
    assert refusal(lambda: wait_any(place.session.workshop, place.patient)) == Refusal.SAME_SESSION


def test_waiting_for_any_date_out_of_follow_up_is_refused() -> None:
    session = make_session(seats=1)
    fill(session)
    patient = make_participant(session.workshop)
    Patient.objects.filter(pk=patient.pk).update(state="left", left_on=NOW.date())
    assert refusal(lambda: wait_any(session.workshop, patient)) == Refusal.NOT_FOLLOWED


def test_waiting_for_what_was_attended_is_refused() -> None:
    place = book(make_session())
    Place.objects.filter(pk=place.pk).update(state=PlaceState.ATTENDED)
    later = place.session.ends_at + timedelta(days=1)
    answer = refusal(lambda: wait_any(place.session.workshop, place.patient, now=later))
    assert answer == Refusal.ALREADY_ATTENDED


def test_waiting_for_any_date_of_a_whole_cycle_is_refused() -> None:
    """No offer could ever come of it: a cycle is booked whole."""
    cycle = make_cycle(seats=1)
    book_whole(cycle)
    assert refusal(lambda: wait_any(cycle.workshop)) == Refusal.WHOLE_CYCLE


def test_room_that_is_somebody_elses_does_not_stop_one_from_waiting() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    first = wait(session)
    Place.objects.filter(pk=taken.pk).update(state="cancelled", seat=None, ended_at=NOW)
    second = wait_any(session.workshop, now=NOW + timedelta(minutes=1))
    assert second.state == WaitState.WAITING
    assert offered(session) == [first.patient]


def test_wait_for_another_session_does_not_slow_a_booking() -> None:
    """Only who may have the seat is looked for."""
    full = make_session(seats=1)
    fill(full)
    wait(full)
    other = make_session(full.workshop, days=20)
    book(other)
    assert not settle.to_settle(NOW).exists()


def test_session_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, other = make_session(days=5, seats=1), make_session(seats=1)
    for session in (broken, other):
        (taken,) = fill(session)
        wait(session)
        Place.objects.filter(pk=taken.pk).update(state="cancelled", seat=None, ended_at=NOW)
    settle_one = settle.settle

    def fails(session: Session, **given: object) -> list[Place]:
        if session.pk == broken.pk:
            raise ZeroDivisionError
        return settle_one(session, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(settle, "settle", fails)
    with pytest.raises(ZeroDivisionError):
        settle.settle_all(now=SOON)
    assert len(offered(other)) == 1


# --- Sessions called off


def test_offer_called_off_waits_for_any_date_at_its_rank(offer: Place) -> None:
    """That is what its mail promises."""
    joined = offer.wait.joined_at if offer.wait else None
    coordinator = make_user(Role.COORDINATOR)
    sessions.cancel_session(session=offer.session, reason="Grippe", by=coordinator, now=SOON)
    line = Wait.objects.get(patient=offer.patient, state=WaitState.WAITING)
    assert (line.session, line.joined_at) == (None, joined)


def test_session_of_a_cycle_called_off_is_made_up_in_another_group() -> None:
    cycle = make_cycle()
    other = make_cycle(cycle.workshop, days=12)
    patient = book_whole(cycle)[0].patient
    second = cycle.sessions.get(position=2)
    coordinator = make_user(Role.COORDINATOR)
    sessions.cancel_session(session=second, reason="Grippe", by=coordinator, now=NOW)
    settle.settle_all(now=SOON)
    (place,) = Place.objects.filter(state=PlaceState.OFFERED)
    assert (place.patient, place.session) == (patient, other.sessions.get(position=2))


# --- Cycles


def test_cycle_takes_up_an_offer_of_one_of_its_sessions() -> None:
    workshop = make_workshop()
    cycle = make_cycle(workshop)
    cycle.sessions.update(alone=True)
    cycle.sessions.filter(position=1).update(capacity=1)
    session = cycle.sessions.get(position=1)
    (taken,) = fill(session)
    patient = make_participant(workshop)
    line = wait(session, patient)
    Place.objects.filter(pk=taken.pk).update(state="cancelled", seat=None, ended_at=NOW)
    request_id = uuid4()
    made = book_whole(cycle, patient, request_id=request_id)
    assert [each.state for each in made] == ["booked"] * 3
    assert {each.cycle for each in made} == {cycle}
    assert book_whole(cycle, patient, request_id=request_id) == made
    line.refresh_from_db()
    assert line.state == WaitState.SERVED


def test_cycle_given_up_twice_is_once() -> None:
    cycle = make_cycle()
    patient = book_whole(cycle)[0].patient
    given = [cycles.cancel_cycle(cycle=cycle, patient=patient, by=None, now=NOW) for _ in range(2)]
    assert [len(each) for each in given] == [3, 0]


def test_repeatable_workshop_is_booked_again_before_attendance_is_noted() -> None:
    place = book(make_session(make_workshop(repeatable=True)))
    later = place.session.ends_at
    again = make_session(place.session.workshop, days=20)
    assert refusal(lambda: book(again, place.patient)) == Refusal.OTHER_DATE
    assert book(again, place.patient, now=later).state == PlaceState.BOOKED


def test_who_cancelled_is_offered_it_again_only_if_they_ask() -> None:
    session = make_session(seats=1)
    (place,) = fill(session)
    patient = place.patient
    other = make_session(session.workshop, days=20, seats=1)
    fill(other)
    places.cancel(place=place, by=None, now=NOW)
    with pytest.raises(waiting.RoomLeft):
        wait_any(session.workshop, patient, now=SOON)
    book(session)
    line = wait_any(session.workshop, patient, now=SOON)
    Place.objects.filter(session=session, state="booked").update(
        state="cancelled", seat=None, ended_at=NOW
    )
    Wait.objects.filter(pk=line.pk).update(joined_at=NOW - timedelta(days=1))
    settle.settle_all(now=SOON)
    assert offered(session) == []
    Wait.objects.filter(pk=line.pk).update(joined_at=SOON)
    settle.settle_all(now=SOON)
    assert offered(session) == [patient]
