"""The line of a whole cycle: an offer is a seat at every date, or nothing."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from etp.actions import cycle_line, cycles, offers, places, sessions
from etp.actions.settle import settle_all
from etp.actions.steps import Refused
from etp.enums import PlaceState, Refusal
from etp.models import Cycle, CycleWait, Place
from etp.selectors.cycle_lines import cycle_ranks
from etp.selectors.verify import recount_places
from etp.selectors.verify_people import recount_people
from etp.tokens import place_token
from network.enums import Role
from network.models import OutboxMessage, Patient
from portal.kit import clock
from tests.factories.etp import NOW, book_whole, make_cycle, make_participant, make_session, open_to
from tests.factories.network import make_user, sign_in

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def full_cycle() -> tuple[Cycle, Patient]:
    """One seat a date, and who holds them."""
    cycle = make_cycle(seats=1)
    holder = make_participant(cycle.workshop)
    book_whole(cycle, holder)
    return cycle, holder


def join(cycle: Cycle, *, minutes: int = 0) -> CycleWait:
    return cycle_line.wait_for_cycle(
        cycle=cycle, patient=make_participant(cycle.workshop), by=None, now=NOW + minutes * MINUTE
    )


def give_up(cycle: Cycle, patient: Patient) -> None:
    cycles.cancel_cycle(cycle=cycle, patient=patient, by=None, now=NOW)


def offered(patient: Patient) -> list[Place]:
    return list(Place.objects.filter(patient=patient, state=PlaceState.OFFERED))


def state_of(wait: CycleWait) -> str:
    wait.refresh_from_db()
    return wait.state


def recounted() -> list[str]:
    tally: Counter[str] = Counter()
    return [str(each) for each in (*recount_places(tally), *recount_people(tally))]


def test_whole_cycle_is_offered_to_the_first_then_accepted_whole() -> None:
    cycle, holder = full_cycle()
    first, second = join(cycle), join(cycle, minutes=1)
    assert cycle_ranks([first, second], now=NOW) == {first.pk: 1, second.pk: 2}
    give_up(cycle, holder)
    told = OutboxMessage.objects.count()
    assert [cycle_line.settle_cycles(now=NOW) for _ in range(2)] == [1, 0]
    mail = OutboxMessage.objects.latest("pk")
    assert OutboxMessage.objects.count() - told == 1
    assert (first.patient.email, "à chaque date" in mail.body) == (mail.to, True)
    one, *_others = offered(first.patient)
    assert (len(offered(first.patient)), offered(second.patient)) == (3, [])
    assert recounted() == []
    for alone in (places.accept, places.decline):
        with pytest.raises(Refused) as refused:
            alone(place=one, by=None, now=NOW)
        assert refused.value.no.reason == Refusal.WHOLE_CYCLE
    offers.take(place=one, by=None, now=NOW)
    one.refresh_from_db()
    offers.take(place=one, by=None, now=NOW)
    booked = Place.objects.filter(patient=first.patient, state=PlaceState.BOOKED)
    assert (booked.count(), state_of(first), state_of(second)) == (3, "served", "waiting")
    assert recounted() == []


def test_one_seat_too_few_offers_nothing() -> None:
    cycle, holder = full_cycle()
    wait = join(cycle)
    place = Place.objects.filter(patient=holder, session__position=2).get()
    places.cancel(place=place, by=None, now=NOW)
    assert (cycle_line.settle_cycles(now=NOW), offered(wait.patient)) == (0, [])
    assert recounted() == []


@pytest.mark.parametrize("how", ["declined", "lapsed"])
def test_offer_that_is_not_taken_goes_whole_to_the_next(how: str) -> None:
    cycle, holder = full_cycle()
    first, second = join(cycle), join(cycle, minutes=1)
    give_up(cycle, holder)
    cycle_line.settle_cycles(now=NOW)
    place = offered(first.patient)[0]
    later = NOW + timedelta(hours=25)
    if how == "declined":
        later = NOW
        for _ in range(2):
            offers.leave(place=place, by=None, now=NOW)
            place.refresh_from_db()
    else:
        told = OutboxMessage.objects.count()
        settle_all(now=later)
        assert OutboxMessage.objects.count() - told == 1  # said once for all the dates
        cycle_line.settle_cycles(now=later)
    assert (offered(first.patient), len(offered(second.patient))) == ([], 3)
    assert (state_of(first), state_of(second)) == ("over", "offered")


def test_offer_broken_at_one_date_holds_no_other() -> None:
    cycle, holder = full_cycle()
    wait = join(cycle)
    give_up(cycle, holder)
    cycle_line.settle_cycles(now=NOW)
    clash = make_session(starts_at=cycle.sessions.get(position=2).starts_at)
    open_to(wait.patient, clash.workshop)
    Place.objects.create(
        patient=wait.patient,
        session=clash,
        state=PlaceState.BOOKED,
        seat=1,
        capacity=clash.capacity,
        request_id=uuid4(),
        made_at=NOW,
    )
    settle_all(now=NOW)
    cycle_line.settle_cycles(now=NOW)
    assert (offered(wait.patient), state_of(wait)) == ([], "waiting")


def test_newcomer_does_not_pass_before_who_waits() -> None:
    cycle, holder = full_cycle()
    wait = join(cycle)
    give_up(cycle, holder)
    with pytest.raises(Refused) as refused:
        book_whole(cycle)
    assert refused.value.no.reason == Refusal.FULL
    assert state_of(wait) == "waiting"  # what was refused has written nothing
    book_whole(cycle, wait.patient)
    assert state_of(wait) == "served"
    assert recounted() == []


def test_no_need_to_wait_and_no_way_to() -> None:
    roomy = make_cycle(seats=2)
    with pytest.raises(Refused) as refused:
        join(roomy)
    assert refused.value.no.reason == Refusal.ROOM_LEFT
    cycle, holder = full_cycle()
    with pytest.raises(Refused):
        cycle_line.wait_for_cycle(cycle=cycle, patient=holder, by=None, now=NOW)
    wait = join(cycle)
    again = cycle_line.wait_for_cycle(cycle=cycle, patient=wait.patient, by=None, now=NOW)
    assert again == wait
    cycle_line.settle_cycles(now=NOW + timedelta(days=11))
    assert state_of(wait) == "over"


def test_session_called_off_leaves_the_offer_of_the_others() -> None:
    cycle, holder = full_cycle()
    wait = join(cycle)
    give_up(cycle, holder)
    cycle_line.settle_cycles(now=NOW)
    off = cycle.sessions.get(position=3)
    by, later = make_user(Role.COORDINATOR), NOW + MINUTE
    sessions.cancel_session(session=off, reason="Grippe", by=by, now=later)
    cycle_line.settle_cycles(now=later)
    left = offered(wait.patient)
    assert (len(left), state_of(wait), recounted()) == (2, "offered", [])
    offers.take(place=left[0], by=None, now=later)
    assert (state_of(wait), recounted()) == ("served", [])


def test_waits_then_answers_through_the_pages(client: Client) -> None:
    cycle, holder = full_cycle()
    user = make_user(Role.PATIENT)
    patient = make_participant(cycle.workshop, user=user)
    sign_in(client, user)
    dates = reverse("etp:workshop", args=[cycle.workshop_id])
    fields = {"choice": f"c{cycle.pk}", "request_id": str(uuid4())}
    line = client.post(dates, fields)["Location"]
    assert "Ce cycle est complet" in client.get(line).content.decode()
    waiting = client.post(line)["Location"]
    assert "Vous êtes 1" in client.get(waiting).content.decode()
    assert "Pour tout le cycle" in client.get(reverse("etp:mine")).content.decode()
    desk, coordinator = Client(), make_user(Role.COORDINATOR)
    sign_in(desk, coordinator)
    session = cycle.sessions.get(position=2)
    seen = desk.get(reverse("etp:session", args=[session.pk])).content.decode()
    whole = seen.partition("Attendent tout le cycle")[2]
    assert whole.count(f"<h3>{patient.formal_name}</h3>") == 1
    give_up(cycle, holder)
    cycle_line.settle_cycles(now=NOW)
    mine = client.get(reverse("etp:mine")).content.decode()
    assert mine.count("Une place est gardée pour vous") == 1
    place = offered(patient)[0]
    mailed = client.get(reverse("etp:place", args=[place_token(place.uid)])).content.decode()
    assert "à toutes ces dates" in mailed
    assert client.post(reverse("etp:offer", args=[place.uid]), {"yes": "1"}).status_code == 302
    assert Place.objects.filter(patient=patient, state=PlaceState.BOOKED).count() == 3
