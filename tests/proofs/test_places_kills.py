"""The worker is killed in the middle of its promotions: nothing is lost, nothing is done twice."""

import time
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from etp.models import Place, PlaceStep, Session, Wait
from etp.selectors.verify import recount_places
from etp.selectors.verify_people import recount_people
from network.models import JournalEntry, OutboxMessage
from portal.kit import clock, ticks
from tests.factories.etp import book, make_session, wait
from tests.proofs.brood import Brood
from tests.proofs.scale import SCALE, scaled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
SESSIONS, SEATS = scaled(3, 12), 3


def full_session() -> Session:
    """Every seat is taken, and as many people and one more wait."""
    now = clock.now() - timedelta(hours=1)
    session = make_session(starts_at=now + timedelta(days=20), seats=SEATS)
    for _ in range(SEATS):
        book(session, now=now)
    for number in range(SEATS + 1):
        wait(session, now=now + timedelta(minutes=number))
    return session


def free_seats(sessions: list[Session]) -> None:
    """Given up by people whose worker was killed before it could offer their seats."""
    Place.objects.filter(session__in=sessions, state="booked").update(
        state="cancelled", seat=None, ended_at=clock.now() - timedelta(minutes=2)
    )
    for place in Place.objects.filter(session__in=sessions, state="cancelled"):
        PlaceStep.objects.create(place=place, at=clock.now(), move="cancelled", state="cancelled")


def test_killed_while_it_offers(brood: Brood) -> None:
    random = Random(SCALE)
    sessions = [full_session() for _ in range(SESSIONS)]
    told = OutboxMessage.objects.count()
    for turn in range(scaled(2, 12)):
        free_seats(sessions[turn::2] if turn < 2 else [])
        brood.bear("settler")
        time.sleep(random.uniform(0.0, 0.15))
        brood.kill()
        offers = Place.objects.filter(wait__isnull=False)
        # whenever it died, an offer stands with its step, its line and its mail, or not at all
        assert PlaceStep.objects.filter(move="offered").count() == offers.count()
        assert JournalEntry.objects.filter(verb="place.offered").count() == offers.count()
        assert OutboxMessage.objects.count() - told == offers.count()
        assert Wait.objects.filter(state="offered").count() == offers.count()
    for _ in range(2):
        for job in ticks.jobs():
            if job.name == "etp.offer_free_seats":
                job.run(clock.now())
    offered = Place.objects.filter(state="offered")
    assert Counter(offered.values_list("session", flat=True)) == {
        each.pk: SEATS for each in sessions
    }
    assert OutboxMessage.objects.count() - told == SEATS * SESSIONS
    last = {Wait.objects.filter(session=each).latest("joined_at") for each in sessions}
    assert set(Wait.objects.filter(state="waiting")) == last  # all before them were offered a seat
    tally: Counter[str] = Counter()
    assert [str(each) for each in (*recount_places(tally), *recount_people(tally))] == []
