"""Storms over HTTP against real server processes: many patients for the last seats."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from etp.actions.settle import settle_all
from etp.models import Place, PlaceStep, Session, Wait
from etp.rules.booking import COMING
from etp.selectors.verify import recount_places
from etp.selectors.verify_people import recount_people
from etp.tokens import place_token
from network.enums import Role
from network.models import OutboxMessage, Patient
from portal.kit import clock
from tests.doors import sign_in
from tests.factories.etp import book, make_session, make_workshop, open_to
from tests.factories.network import make_patient, make_user
from tests.proofs.client import Noting
from tests.proofs.scale import scaled
from tests.proofs.server import Server, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
CROWD, LEFT, SEATS, SAME = scaled(30, 200), 12, 20, scaled(15, 50)
BOOKED = re.compile(r"^/mes-ateliers/rendez-vous/")
WAITS = re.compile(r"^/mes-ateliers/attente/")


@pytest.fixture
def session() -> Session:
    """Twelve seats are left."""
    session = make_session(make_workshop(), starts_at=clock.now() + timedelta(days=10), seats=SEATS)
    for _ in range(SEATS - LEFT):
        book(session, now=clock.now())
    return session


def patient_of(session: Session) -> tuple[Patient, str]:
    """Somebody with an account, and their open session."""
    user = make_user(Role.PATIENT)
    patient = open_to(make_patient(user=user, email=user.email), session.workshop)
    client = Client()
    sign_in(client, user)
    return patient, client.cookies[settings.SESSION_COOKIE_NAME].value


def choosing(server: Server, cookie: str, session: Session, request_id: str) -> Noting:
    fields = {"choice": f"s{session.pk}", "request_id": request_id}
    return Noting(server.port, reverse("etp:workshop", args=[session.workshop_id]), cookie, fields)


def book_or_wait(server: Server, cookie: str, session: Session) -> Callable[[], list[int]]:
    """What a person does until there is a place, or a place in line; the statuses on the way."""
    join = reverse("etp:join", args=[session.workshop_id])

    def do() -> list[int]:
        statuses = []
        while True:
            status, where = choosing(server, cookie, session, str(uuid4())).send()
            statuses.append(status)
            if BOOKED.match(where):
                return statuses
            asked = Noting(server.port, f"{join}?date={session.pk}", cookie, {"choice": "this"})
            status, where = asked.send()
            statuses.append(status)
            if WAITS.match(where):
                return statuses

    return do


def crowd[T](calls: list[Callable[[], T]]) -> list[T]:
    """All at once: as many open connections as people."""
    with ThreadPoolExecutor(len(calls)) as people:
        return [each.result() for each in [people.submit(call) for call in calls]]


def recounted() -> list[str]:
    tally: Counter[str] = Counter()
    return [str(each) for each in (*recount_places(tally), *recount_people(tally))]


def test_storm_for_the_last_seats_then_on_the_line(session: Session) -> None:
    people = [patient_of(session) for _ in range(CROWD)]
    with serving() as server:
        answers = crowd([book_or_wait(server, cookie, session) for _, cookie in people])
        assert {status for each in answers for status in each} <= {302, 422}
        booked = Place.objects.filter(session=session, state="booked")
        assert booked.count() == SEATS
        assert booked.filter(patient__in=[who for who, _ in people]).count() == LEFT
        line = Wait.objects.filter(session=session, state="waiting").order_by("joined_at", "pk")
        assert line.count() == CROWD - LEFT == len({wait.patient_id for wait in line})
        assert recounted() == []
        first = [wait.patient_id for wait in line[:LEFT]]
        gone = list(booked.filter(patient__in=[who for who, _ in people]))
        cancels = crowd([mailed(server, place, "etp:place_cancel") for place in gone])
        assert set(cancels) == {302}
        settle_all(now=clock.now())
        offers = list(Place.objects.filter(session=session, state="offered"))
        assert [place.patient_id for place in offers] == first
        answers_ = crowd([mailed(server, place, "etp:place_answer", yes="1") for place in offers])
        assert set(answers_) == {302}
    held = Place.objects.filter(session=session, state__in=sorted(COMING))
    assert Counter(held.values_list("state", flat=True)) == {"booked": SEATS}
    assert recounted() == []


def mailed(server: Server, place: Place, name: str, **fields: str) -> Callable[[], int]:
    """A button of the page that a mail leads to, without any account."""
    address = reverse(name, args=[place_token(place.uid)])
    return lambda: Noting(server.port, address, "", fields).send()[0]


def test_same_submission_many_times(session: Session) -> None:
    patient, cookie = patient_of(session)
    with serving() as server:
        once = choosing(server, cookie, session, str(uuid4()))
        answers = crowd([once.send] * SAME)
    place = Place.objects.get(patient=patient)
    assert set(answers) == {(302, reverse("etp:booked", args=[place.uid]))}
    assert PlaceStep.objects.filter(place=place).count() == 1
    assert OutboxMessage.objects.filter(to=patient.email).count() == 1
