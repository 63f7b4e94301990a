"""Places booked, moved, given up and offered, through the real actions."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from etp.actions import cycles, places, sessions, settle, waiting
from etp.actions.steps import Refused
from etp.enums import PlaceState, Refusal, WaitState
from etp.models import Place, PlaceStep, Session, Wait
from network.enums import Role
from network.models import JournalEntry, OutboxMessage
from tests.factories.etp import (
    NOW,
    book,
    book_whole,
    fill,
    make_cycle,
    make_participant,
    make_session,
    make_workshop,
    open_to,
    wait,
    wait_any,
)
from tests.factories.network import make_patient, make_user

pytestmark = pytest.mark.django_db


def refusal(call: object) -> Refusal:
    with pytest.raises(Refused) as refused:
        call()  # type: ignore[operator]
    return refused.value.no.reason


def states(session: Session) -> list[str]:
    places = Place.objects.filter(session=session).order_by("pk")
    return list(places.values_list("state", flat=True))


def test_booked_takes_the_first_seat() -> None:
    session = make_session()
    place = book(session)
    assert (place.state, place.seat, place.capacity) == (PlaceState.BOOKED, 1, 2)
    assert list(place.steps.values_list("move", "seat")) == [("booked", 1)]


def test_booked_in_eight_statements() -> None:
    session, other = make_session(seats=5), make_session()
    patient, again = (make_participant(session.workshop) for _ in range(2))
    book(session, patient)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        book(session, again)
    told = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(told) == 8
    assert other.pk


def test_booked_tells_by_mail_without_the_workshop() -> None:
    session = make_session(make_workshop(title="Vivre avec la douleur"))
    book(session)
    mail = OutboxMessage.objects.get()
    assert "douleur" not in mail.subject + mail.body + mail.calendar
    assert "SUMMARY:Rendez-vous réseau" in mail.calendar


def test_same_request_is_one_place() -> None:
    session = make_session()
    patient, request_id = make_participant(session.workshop), uuid4()
    first = book(session, patient, request_id=request_id)
    assert book(session, patient, request_id=request_id) == first
    assert (Place.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_full_session_is_refused() -> None:
    session = make_session(seats=1)
    fill(session)
    assert refusal(lambda: book(session)) == Refusal.FULL


def test_unopened_workshop_is_refused() -> None:
    assert refusal(lambda: book(make_session(), make_participant())) == Refusal.NOT_OPENED


def test_patient_out_of_follow_up_is_refused() -> None:
    session = make_session()
    patient = open_to(make_patient(state="requested", included_on=None), session.workshop)
    assert refusal(lambda: book(session, patient)) == Refusal.NOT_FOLLOWED


def test_second_date_of_a_workshop_is_refused() -> None:
    session = make_session()
    place = book(session)
    other = make_session(session.workshop, days=20)
    assert refusal(lambda: book(other, place.patient)) == Refusal.OTHER_DATE


def test_cancelled_seat_is_offered_to_the_first_in_line() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    first, second = wait(session), wait(session, now=NOW + timedelta(minutes=1))
    places.cancel(place=taken, by=None, now=NOW)
    offer = Place.objects.get(state=PlaceState.OFFERED)
    assert (offer.patient, offer.seat) == (first.patient, 1)
    assert offer.until == NOW + timedelta(hours=24)
    second.refresh_from_db()
    assert second.state == WaitState.WAITING


def test_offer_accepted() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    line = wait(session)
    places.cancel(place=taken, by=None, now=NOW)
    offer = Place.objects.get(state=PlaceState.OFFERED)
    for _ in range(2):
        assert places.accept(place=offer, by=None, now=NOW).state == PlaceState.BOOKED
    line.refresh_from_db()
    assert line.state == WaitState.SERVED
    assert states(session) == ["cancelled", "booked"]


def test_offer_declined_goes_to_the_next() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    wait(session)
    second = wait(session, now=NOW + timedelta(minutes=1))
    places.cancel(place=taken, by=None, now=NOW)
    places.decline(place=Place.objects.get(state=PlaceState.OFFERED), by=None, now=NOW)
    assert Place.objects.get(state=PlaceState.OFFERED).patient == second.patient


def test_offer_lapses_and_goes_to_the_next() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    first = wait(session)
    second = wait_any(session.workshop, now=NOW + timedelta(minutes=1))
    places.cancel(place=taken, by=None, now=NOW)
    offer = Place.objects.get(state=PlaceState.OFFERED)
    late = NOW + timedelta(hours=25)
    assert settle.settle_all(now=late) == 1
    first.refresh_from_db()
    assert first.state == WaitState.OVER
    assert Place.objects.get(state=PlaceState.OFFERED).patient == second.patient
    assert refusal(lambda: places.accept(place=offer, by=None, now=late)) == Refusal.OFFER_OVER


def test_who_just_cancelled_is_not_offered_the_seat() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    places.cancel(place=taken, by=None, now=NOW)
    assert Place.objects.filter(state=PlaceState.OFFERED).count() == 0


def test_patient_may_not_cancel_within_the_notice() -> None:
    place = book(make_session(days=0.5))
    assert refusal(lambda: places.cancel(place=place, by=None, now=NOW)) == Refusal.TOO_LATE
    assert places.cancel(place=place, by=None, now=NOW, by_staff=True).state == "cancelled"


def test_moved_to_another_date() -> None:
    session = make_session(seats=1)
    place = book(session)
    line = wait(session)
    other = make_session(session.workshop, days=20, seats=1)
    new = places.move(place=place, to=other, request_id=uuid4(), by=None, now=NOW)
    assert (new.session, new.state) == (other, PlaceState.BOOKED)
    assert states(session) == ["moved", "offered"]
    assert Place.objects.get(state=PlaceState.OFFERED).patient == line.patient


def test_cycle_is_all_or_nothing() -> None:
    cycle = make_cycle(seats=1)
    assert [place.seat for place in book_whole(cycle)] == [1, 1, 1]
    held = Place.objects.count()
    assert refusal(lambda: book_whole(cycle)) == Refusal.FULL
    assert Place.objects.count() == held


def test_session_of_a_cycle_is_not_booked_alone() -> None:
    cycle = make_cycle()
    assert refusal(lambda: book(cycle.sessions.all()[0])) == Refusal.WHOLE_CYCLE


def test_cycle_given_up() -> None:
    given = book_whole(cycle := make_cycle())
    patient = given[0].patient
    cycles.cancel_cycle(cycle=cycle, patient=patient, by=None, now=NOW)
    assert set(Place.objects.values_list("state", flat=True)) == {"cancelled"}


def test_capacity_raised_is_offered() -> None:
    session = make_session(seats=1)
    fill(session)
    wait(session)
    sessions.set_capacity(session=session, capacity=2, by=make_user(Role.COORDINATOR), now=NOW)
    assert states(session) == ["booked", "offered"]


def test_capacity_lowered_moves_seats() -> None:
    session = make_session(seats=3)
    first, _, third = fill(session)
    coordinator = make_user(Role.COORDINATOR)
    with pytest.raises(sessions.Impossible):
        sessions.set_capacity(session=session, capacity=2, by=coordinator, now=NOW)
    places.cancel(place=first, by=None, now=NOW)
    sessions.set_capacity(session=session, capacity=2, by=coordinator, now=NOW)
    third.refresh_from_db()
    assert (third.seat, third.capacity) == (1, 2)


def test_session_called_off_puts_its_people_first_in_line() -> None:
    session = make_session()
    place = book(session)
    coordinator = make_user(Role.COORDINATOR)
    sessions.cancel_session(session=session, reason="Grippe", by=coordinator, now=NOW)
    line = Wait.objects.get()
    assert (line.patient, line.session, line.joined_at) == (place.patient, None, place.made_at)
    other = make_session(session.workshop, days=20)
    settle.settle_all(now=NOW)
    assert states(other) == ["offered"]


def test_waiting_when_there_is_room_is_refused() -> None:
    session = make_session()
    with pytest.raises(waiting.RoomLeft):
        wait(session)
    with pytest.raises(waiting.RoomLeft):
        wait_any(session.workshop)


def test_no_offer_once_begun() -> None:
    session = make_session(seats=1)
    (taken,) = fill(session)
    line = wait(session)
    places.cancel(place=taken, by=None, now=NOW, by_staff=True)
    settle.settle_all(now=session.starts_at)
    assert states(session) == ["cancelled", "expired"]
    line.refresh_from_db()
    assert line.state == WaitState.OVER


@pytest.mark.parametrize("seat", [0, 3, 1])
def test_database_refuses_a_seat_too_many_or_twice(seat: int) -> None:
    place = book(make_session())
    other = make_participant(place.session.workshop)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(
            patient=other,
            session=place.session,
            state=PlaceState.BOOKED,
            seat=seat,
            capacity=2,
            request_id=uuid4(),
            made_at=NOW,
        )


def test_every_move_is_a_step_and_a_line_of_the_journal() -> None:
    place = book(make_session())
    places.cancel(place=place, by=None, now=NOW)
    assert list(PlaceStep.objects.values_list("move", flat=True)) == ["booked", "cancelled"]
    verbs = JournalEntry.objects.filter(verb__startswith="place.")
    assert sorted(verbs.values_list("verb", flat=True)) == ["place.booked", "place.cancelled"]
