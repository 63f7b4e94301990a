"""Any history of bookings, offers and changes leaves what the simplest model leaves, and no breach.

Patients and coordinators do anything in any order, in time and late.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from etp.actions import cycles, places, sessions, settle, waiting
from etp.actions.steps import Refused
from etp.enums import LIVE
from etp.models import Cycle, Opening, Place, Session, Wait
from etp.selectors.verify import breaches, dossiers
from etp.selectors.verify_people import recount_people
from network.enums import Role
from network.models import Patient, User
from portal.kit import clock
from tests.etp.model import Model, Room
from tests.factories.etp import (
    NOW,
    make_cycle,
    make_facilitator,
    make_participant,
    make_session,
    make_site,
    make_workshop,
)
from tests.factories.network import make_user
from tests.proofs.scale import histories, scaled

pytestmark = [pytest.mark.django_db, pytest.mark.prove, pytest.mark.wide]

PEOPLE, ROOMS = 5, 8
IN_CYCLES = [4, 5, 6, 7]
HOURS = [0.1, 1, 13, 25, 49]


class World:
    """Made once; what a history writes is rolled back behind it.

    A workshop on three dates, another at the hour of one of them, and a workshop in two cycles.
    """

    def __init__(self) -> None:
        given: dict[str, Any] = {"site": make_site(), "facilitator": make_facilitator()}
        one, two, three = self.workshops = [make_workshop(minutes=90) for _ in range(3)]
        for days in (2, 3, 5):
            make_session(one, days=days, seats=1, **given)
        at = NOW + timedelta(days=3, hours=1)
        make_session(two, starts_at=at, seats=2, **given)
        self.cycles: list[Cycle] = [
            make_cycle(three, sessions=2, days=days, seats=1, **given) for days in (4, 6)
        ]
        self.sessions = list(Session.objects.order_by("pk"))
        self.patients: list[Patient] = [make_participant(*self.workshops) for _ in range(PEOPLE)]
        self.coordinator: User = make_user(Role.COORDINATOR)
        self.now = NOW

    def model(self) -> Model:
        numbers = {each.pk: number for number, each in enumerate(self.workshops)}
        rooms = [
            Room(
                number=number,
                workshop=numbers[each.workshop_id],
                starts=each.starts_at,
                ends=each.ends_at,
                seats=each.capacity,
                rank=each.position,
            )
            for number, each in enumerate(self.sessions)
        ]
        opened = {(who, what) for who in range(PEOPLE) for what in range(len(self.workshops))}
        return Model(rooms, opened, NOW)


world: World

people = st.integers(0, PEOPLE - 1)
rooms = st.integers(0, ROOMS - 1)
singles = st.integers(0, 3)
pick = st.integers(0, 1000)
staff = st.booleans()


class PlacesMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.model = world.model()
        self.now = NOW
        self._go_on(0)

    def teardown(self) -> None:
        self._go_on(1 / 3600)  # who was just put in line at an old rank is served by the tick
        world.now = self.now
        try:
            assert recounted() == []
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    # --- Patients

    @rule(who=people, room=rooms)
    def book(self, who: int, room: int) -> None:
        request_id = uuid4()
        do = self._asking(places.book, session=room, patient=who, request_id=request_id)
        done = self.both(do, lambda: self.model.book(who, self.model.rooms[room]))
        if done:
            again = Place.objects.count()
            do()
            assert Place.objects.count() == again

    @rule(who=people, cycle=st.integers(0, 1))
    def book_cycle(self, who: int, cycle: int) -> None:
        held = self.model.rooms[4 + 2 * cycle : 6 + 2 * cycle]
        do = self._asking(cycles.book_cycle, cycle=cycle, patient=who, request_id=uuid4())
        self.both(do, lambda: self.model.book_cycle(who, held))

    @precondition(lambda self: self._places())
    @rule(which=pick, by_staff=staff)
    def cancel(self, which: int, by_staff: bool) -> None:
        who, room = self._one(self._places(), which)
        do = self._asking(places.cancel, place=(who, room), by_staff=by_staff)
        self.both(do, lambda: self.model.cancel(who, self.model.rooms[room], by_staff=by_staff))

    @precondition(lambda self: any(room.whole for room in self.model.rooms))
    @rule(which=pick, by_staff=staff)
    def cancel_cycle(self, which: int, by_staff: bool) -> None:
        """Whoever has booked the first cycle, and gives up what is left of it."""
        found = Place.objects.filter(cycle__isnull=False, state="booked").order_by("pk")
        place = self._one(list(found), which)
        who = [each.pk for each in world.patients].index(place.patient_id)
        others = found.filter(patient=place.patient).exclude(cycle=place.cycle)
        if others:
            return  # the model knows one cycle a person
        do = self._asking(
            cycles.cancel_cycle,
            cycle=[each.pk for each in world.cycles].index(place.cycle_id or 0),
            patient=who,
            by_staff=by_staff,
        )
        self.both(do, lambda: self.model.cancel_cycle(who, by_staff=by_staff))

    @precondition(lambda self: self._places())
    @rule(which=pick, to=rooms, by_staff=staff)
    def move(self, which: int, to: int, by_staff: bool) -> None:
        who, room = self._one(self._places(), which)
        here, there = self.model.rooms[room], self.model.rooms[to]
        do = self._asking(
            places.move, place=(who, room), to=to, request_id=uuid4(), by_staff=by_staff
        )
        self.both(do, lambda: self.model.move(who, here, there, by_staff=by_staff))

    @precondition(lambda self: self._offers())
    @rule(which=pick, yes=st.booleans())
    def answer(self, which: int, yes: bool) -> None:
        who, room = self._one(self._offers(), which)
        do = self._asking(places.accept if yes else places.decline, place=(who, room))
        model = self.model.accept if yes else self.model.decline
        self.both(do, lambda: model(who, self.model.rooms[room]))

    @rule(who=people, room=rooms)
    def wait(self, who: int, room: int) -> None:
        do = self._asking(waiting.wait_for_session, session=room, patient=who)
        self.both(do, lambda: self.model.wait(who, self.model.rooms[room]))

    @rule(who=people, workshop=st.integers(0, 2))
    def wait_any(self, who: int, workshop: int) -> None:
        do = self._asking(waiting.wait_for_any_date, workshop=workshop, patient=who)
        self.both(do, lambda: self.model.wait_any(who, workshop))

    @precondition(lambda self: self.model.lines)
    @rule(which=pick)
    def leave(self, which: int) -> None:
        line = self._one(self.model.lines, which)
        wait = Wait.objects.get(
            patient=world.patients[line.person],
            workshop=world.workshops[line.workshop],
            session=None if line.room is None else world.sessions[line.room],
            state__in=LIVE,
        )
        waiting.leave_line(wait=wait, by=None, now=self.now)
        self.model.leave(line)

    # --- Many at once: a session is full sooner

    @rule(room=singles)
    def fill(self, room: int) -> None:
        for who in range(PEOPLE):
            self.book(who, room)
            self.wait(who, room)

    # --- Coordinators, and time

    @rule(room=rooms, seats=st.integers(1, 3))
    def resize(self, room: int, seats: int) -> None:
        do = self._asking(sessions.set_capacity, session=room, capacity=seats)
        self.both(do, lambda: self.model.resize(self.model.rooms[room], seats))

    @rule(room=rooms)
    def call_off(self, room: int) -> None:
        do = self._asking(sessions.cancel_session, session=room, reason="Grippe")
        self.both(do, lambda: self.model.call_off(self.model.rooms[room]))

    @rule(who=people, workshop=st.integers(0, 2))
    def open_or_close(self, who: int, workshop: int) -> None:
        openings = Opening.objects.filter(
            patient=world.patients[who], workshop=world.workshops[workshop]
        )
        closes = (who, workshop) in self.model.opened
        openings.update(closed_at=self.now if closes else None)
        self.model.opened ^= {(who, workshop)}
        self._go_on(1 / 3600)

    @rule(hours=st.sampled_from(HOURS))
    def later(self, hours: float) -> None:
        self._go_on(hours)

    # --- What must hold

    @invariant()
    def rows_say_what_the_model_says(self) -> None:
        assert list(self._rows()) == list(self.model.state())

    # --- Means

    def both(self, do: Callable[[], object], in_model: Callable[[], bool]) -> bool:
        self._go_on(1 / 3600)
        expected = in_model()
        try:
            do()
            done = True
        except (Refused, sessions.Impossible):
            done = False
        assert done == expected
        return done

    def _go_on(self, hours: float) -> None:
        """Time passes, and the tick comes round."""
        self.now += timedelta(hours=hours)
        settle.settle_all(now=self.now)
        self.model.tick(self.now)

    def _asking(self, action: Callable[..., object], **given: object) -> Callable[[], object]:
        things: dict[str, list[Any]] = {
            "session": world.sessions,
            "to": world.sessions,
            "patient": world.patients,
            "workshop": world.workshops,
            "cycle": world.cycles,
        }

        def one(name: str, value: Any) -> object:
            if name == "place":
                who, room = value
                return Place.objects.get(
                    patient=world.patients[who], session=world.sessions[room], seat__isnull=False
                )
            return things[name][value] if name in things else value

        found = {name: one(name, value) for name, value in given.items()}
        return lambda: action(**found, by=world.coordinator, now=self.now)

    def _places(self) -> list[tuple[int, int]]:
        return [(who, room.number) for room in self.model.rooms for who in room.booked]

    def _offers(self) -> list[tuple[int, int]]:
        return [(who, room.number) for room in self.model.rooms for who in room.offers]

    def _one[T](self, things: list[T], which: int) -> T:
        return things[which % len(things)]

    def _rows(self) -> Iterator[tuple[object, ...]]:
        person = {each.pk: number for number, each in enumerate(world.patients)}
        number = {each.pk: number for number, each in enumerate(world.sessions)}
        workshop = {each.pk: number for number, each in enumerate(world.workshops)}
        held = Place.objects.filter(seat__isnull=False).values_list("session", "state", "patient")
        seats = dict(Session.objects.values_list("pk", "capacity"))
        by_state: dict[tuple[int, str], list[int]] = {}
        for session, state, patient in held:
            by_state.setdefault((session, state), []).append(person[patient])
        for session, position in number.items():
            booked, offers = (by_state.get((session, each), []) for each in ("booked", "offered"))
            yield position, seats[session], sorted(booked), sorted(offers)
        live = Wait.objects.filter(state__in=LIVE)
        yield tuple(
            sorted(
                (person[who], workshop[what], str(None if room is None else number[room]))
                for who, what, room in live.values_list("patient", "workshop", "session")
            )
        )


def recounted() -> list[str]:
    tally: Counter[str] = Counter()
    found = [
        each
        for dossier in dossiers(session.pk for session in world.sessions)
        for each in breaches(dossier, clock.now())
    ]
    return [str(each) for each in (*found, *recount_people(tally))]


def test_any_history_agrees_with_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    global world  # noqa: PLW0603 - the machine is a class, made anew for each history
    world = World()
    monkeypatch.setattr(clock, "now", lambda: world.now)
    run_state_machine_as_test(
        PlacesMachine,
        settings=settings(
            max_examples=histories(6, 10_000),
            stateful_step_count=scaled(15, 20),
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
