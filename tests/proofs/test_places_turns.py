"""Every pair of gestures on the seats of a session, in both orders.

Each pair has its control: the same two without the lock, which the recount must see go wrong.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from etp.actions import cycles, places, sessions, settle
from etp.actions.steps import Busy, Refused
from etp.enums import Mode
from etp.models import Place, Session, Wait
from etp.selectors.verify import breaches, dossiers
from etp.selectors.verify_people import recount_people
from network.enums import Role
from network.models import OutboxMessage, User
from portal.kit import clock
from portal.kit.words import long_day
from tests.factories.etp import (
    NOW,
    book,
    make_cycle,
    make_facilitator,
    make_participant,
    make_session,
    make_site,
    make_workshop,
    wait,
)
from tests.factories.network import make_user
from tests.proofs.scale import SCALE
from tests.proofs.threads import faults
from tests.proofs.turns import (
    HELD,
    RESHAPES,
    SLOW,
    Turns,
    unlock_patients,
    unlock_sessions,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
LATER = NOW + timedelta(days=2)
Call = Callable[[], object]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture(params=["locked", "unlocked"])
def locked(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "locked")


class Scene:
    """A session of five seats: one booked, one offered whose hour is over, three free.

    Two people wait behind; another session of the workshop has room.
    """

    def __init__(self, coordinator: User) -> None:
        self.by = coordinator
        self.session = make_session(seats=2, days=20)
        self.other = make_session(self.session.workshop, days=30, seats=1)
        self.booked = book(self.session)
        gone = book(self.session)
        wait(self.session)
        for minutes in (1, 2):
            wait(self.session, now=NOW + timedelta(minutes=minutes))
        places.cancel(place=gone, by=None, now=NOW)
        self.offer = Place.objects.get(session=self.session, state="offered")
        Place.objects.filter(session=self.session, seat__isnull=False).update(capacity=5)
        Session.objects.filter(pk=self.session.pk).update(capacity=5)
        self.session.refresh_from_db()
        self.newcomers = iter([make_participant(self.session.workshop) for _ in range(2)])
        self.given: dict[str, Any] = {
            "facilitator": make_facilitator(),
            "site": make_site(),
            "mode": Mode.ON_SITE,
        }

    def calls(self, now: datetime = LATER) -> dict[str, Call]:
        session, by = self.session, self.by
        own: dict[str, Any] = {"by": None, "now": now}
        staff: dict[str, Any] = {"session": session, "by": by, "now": now}
        soon: dict[str, Any] = {"starts_at": session.starts_at + timedelta(days=1)}
        soon["ends_at"] = soon["starts_at"] + timedelta(hours=1)
        return {
            "book": partial(
                places.book,
                session=session,
                patient=next(self.newcomers),
                request_id=uuid4(),
                **own,
            ),
            "cancel": partial(places.cancel, place=self.booked, **own),
            "move": partial(
                places.move, place=self.booked, to=self.other, request_id=uuid4(), **own
            ),
            "accept": partial(places.accept, place=self.offer, **own),
            "decline": partial(places.decline, place=self.offer, **own),
            "settle": partial(settle.settle_session, session_id=session.pk, now=now),
            "raise": partial(sessions.set_capacity, capacity=6, **staff),
            "lower": partial(sessions.set_capacity, capacity=2, **staff),
            "call_off": partial(sessions.cancel_session, reason="Grippe", **staff),
            "change": partial(sessions.change_session, **staff, **self.given, **soon),
        }

    def found(self, now: datetime = LATER) -> list[str]:
        """What the recount says of both sessions."""
        read = dossiers([self.session.pk, self.other.pk])
        return [str(each) for dossier in read for each in breaches(dossier, now)]


GESTURES = (
    "book",
    "cancel",
    "move",
    "accept",
    "decline",
    "settle",
    "raise",
    "lower",
    "call_off",
    "change",
)

CONTROLLED = ("book", "cancel", "move", "accept", "decline", "settle")
"""Those that write nothing before they have read."""
RESHAPED = ("raise", "lower", "call_off", "change")
"""Those that write the session's row and its seats, which then hold the second as a lock would:
each is stopped at every place where something was read and nothing written yet."""


def partners(first: str) -> Iterator[str]:
    """All of them under `make prove`; three of them, never the same, in the small run."""
    at = GESTURES.index(first)
    yield from GESTURES if SCALE else [GESTURES[(at + each) % 10] for each in (0, 1, 4)]


def total() -> list[str]:
    return [str(each) for each in recount_people(Counter())]


def wrong(scene: Scene, answers: list[object]) -> list[object]:
    return [*faults(answers, Refused, Busy, sessions.Impossible), *scene.found()]


@pytest.mark.parametrize("first", GESTURES)
def test_two_gestures_on_a_session(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turns, coordinator = Turns(monkeypatch), make_user(Role.COORDINATOR)
    for second in partners(first):
        scene = Scene(coordinator)
        answers, between = turns.play(scene.calls()[first], scene.calls()[second])
        settle.settle_all(now=LATER)  # the seats that a change leaves to the tick
        assert (second, wrong(scene, answers), between) == (second, [], False)
        assert (second, misled(scene)) == (second, [])
    assert total() == []


@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("first", CONTROLLED)
def test_two_gestures_without_the_locks(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control. The first stops before it writes anything, or before it touches the offer."""
    turns, coordinator = Turns(monkeypatch, held=SLOW), make_user(Role.COORDINATOR)
    unlock_sessions(monkeypatch)
    unlock_patients(monkeypatch)  # else two gestures of one person still take turns
    unseen = []
    for second in partners(first):
        seen = False
        for at_the_offer in (False, True):
            scene = Scene(coordinator)
            turns.at = scene.offer.pk if at_the_offer else None
            answers, _ = turns.play(scene.calls()[first], scene.calls()[second])
            seen = seen or bool(wrong(scene, answers))
        if not seen:
            unseen.append(second)
    assert unseen == []


STOPS = {
    "raise": ("save", "_reseat"),
    "lower": ("_reseat", "save"),
    "call_off": ("lock_session", "save"),
    "change": ("settle", "lock_session", "save"),
}
HOURS = (LATER, NOW + timedelta(minutes=5))
"""The offer's hour is over, or not."""
HARMLESS = {
    ("raise", "raise"): "the same number of seats",
    ("lower", "lower"): "the same number of seats, and those left out are left out once",
    ("call_off", "move"): "who has gone to another date is no more among those called off",
    ("change", "change"): "the same date",
    ("raise", "cancel"): "a seat given back and one more are added up in any order",
    ("raise", "move"): "as for a seat given back",
}


def misled(scene: Scene) -> list[str]:
    """Those whose last mail names another day than the one on which they come."""
    session = Session.objects.get(pk=scene.session.pk)
    day = long_day(timezone.localdate(session.starts_at))
    held = Place.objects.filter(session=session, seat__isnull=False).select_related("patient")
    last = [
        OutboxMessage.objects.filter(to=place.patient.email).latest("pk").subject for place in held
    ]
    return [subject for subject in last if day not in subject]


def seen_without_the_locks(turns: Turns, first: str, second: str, coordinator: User) -> bool:
    for turns.only, now in product(STOPS[first], HOURS):
        scene = Scene(coordinator)
        answers, _ = turns.play(scene.calls(now)[first], scene.calls(now)[second])
        allowed = (Refused, Busy, sessions.Impossible)
        if faults(answers, *allowed) or scene.found(now) or misled(scene):
            return True
    return False


@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("first", RESHAPED)
def test_session_reshaped_without_the_locks(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the changes of a session."""
    coordinator = make_user(Role.COORDINATOR)
    unlock_sessions(monkeypatch)
    unlock_patients(monkeypatch)
    turns = Turns(monkeypatch, held=SLOW, stops=RESHAPES, after=[(sessions, "lock_session")])
    asked = {each for each in partners(first) if (first, each) not in HARMLESS}
    seen = {each for each in asked if seen_without_the_locks(turns, first, each, coordinator)}
    assert asked - seen == set()


# --- One person, several sessions at the same hour


class Person:
    """Two dates of a workshop, another workshop and a cycle, all at one hour."""

    def __init__(self) -> None:
        workshop, another, third = (make_workshop() for _ in range(3))
        self.patient = make_participant(workshop, another, third)
        self.sessions = [make_session(each, days=20) for each in (workshop, workshop, another)]
        self.cycle = make_cycle(third, sessions=2, days=20)

    def calls(self) -> dict[str, Call]:
        given: dict[str, Any] = {"patient": self.patient, "by": None, "now": LATER}
        names = ("one_date", "another_date", "another_workshop")
        calls: dict[str, Call] = {
            name: partial(places.book, session=session, request_id=uuid4(), **given)
            for name, session in zip(names, self.sessions, strict=True)
        }
        book_cycle = partial(cycles.book_cycle, cycle=self.cycle, request_id=uuid4(), **given)
        return calls | {"cycle": book_cycle}


@pytest.mark.parametrize("first", ["one_date", "another_date", "another_workshop", "cycle"])
def test_one_person_books_twice_at_once(
    first: str, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(monkeypatch, held=HELD if locked else SLOW)
    if not locked:
        unlock_patients(monkeypatch)
    for second in {"one_date", "another_date", "another_workshop", "cycle"} - {first}:
        person = Person()
        calls = person.calls()
        answers, between = turns.play(calls[first], calls[second])
        if locked:
            assert ([type(each) for each in faults(answers)], between) == ([Refused], False)
            assert total() == []
        else:
            assert (faults(answers), between) == ([], True)
            assert len(total()) > 0
            Place.objects.filter(patient=person.patient).update(
                state="cancelled", seat=None, ended_at=LATER
            )


def test_offer_to_who_books_another_date_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """An offer takes no patient's lock: it is taken back by the next tick."""
    turns = Turns(monkeypatch)
    session = make_session(seats=1, days=20)
    taken = book(session)
    patient = wait(session).patient
    second = wait(session, now=NOW + timedelta(minutes=1))
    other = make_session(session.workshop, days=30)
    Place.objects.filter(pk=taken.pk).update(state="cancelled", seat=None, ended_at=NOW)
    answers, _ = turns.play(
        partial(
            places.book, session=other, patient=patient, request_id=uuid4(), by=None, now=LATER
        ),
        partial(settle.settle_session, session_id=session.pk, now=LATER),
    )
    assert faults(answers) == []
    settle.settle_all(now=LATER)
    (offer,) = Place.objects.filter(state="offered")
    assert offer.patient == second.patient
    assert Wait.objects.get(patient=patient).state == "served"
    assert total() == []
