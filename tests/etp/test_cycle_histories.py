"""Any history around a whole cycle and its line leaves what the simplest model leaves.

One cycle of three weekly sessions; people book it, wait for it, answer, leave, in time and late;
coordinators change its seats and call its sessions off.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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

from etp.actions import cycle_line, cycles, sessions
from etp.actions.settle import settle_all
from etp.actions.steps import Refused
from etp.models import Cycle, CycleWait, Place, Session
from etp.selectors.verify import breaches, dossiers
from etp.selectors.verify_people import recount_people
from network.enums import Role
from network.models import Patient, User
from portal.kit import clock
from tests.factories.etp import NOW, make_cycle, make_participant
from tests.factories.network import make_user
from tests.proofs.scale import histories, scaled

pytestmark = [pytest.mark.django_db, pytest.mark.prove, pytest.mark.wide]

PEOPLE, ROOMS = 4, 3
NOTICE = timedelta(hours=24)


@dataclass
class Room:
    starts: datetime
    seats: int = 1
    cancelled: bool = False
    booked: set[int] = field(default_factory=set)


@dataclass
class Model:
    """Who holds what, who is offered all of it until when, who waits, in order."""

    rooms: list[Room]
    now: datetime = NOW
    offers: dict[int, datetime] = field(default_factory=dict)
    line: list[int] = field(default_factory=list)

    @property
    def held(self) -> list[Room]:
        return [room for room in self.rooms if not room.cancelled]

    @property
    def begun(self) -> bool:
        return any(room.starts <= self.now for room in self.held)

    @property
    def has_room(self) -> bool:
        return all(self.free(room) > 0 for room in self.held)

    def free(self, room: Room) -> int:
        return room.seats - len(room.booked) - (0 if room.cancelled else len(self.offers))

    def may_come(self, who: int) -> bool:
        return bool(self.held) and not self.begun and not any(who in r.booked for r in self.held)

    def book(self, who: int) -> bool:
        if who not in self.offers and not (self.may_come(who) and self.has_room):
            return False
        self.offers.pop(who, None)
        for room in self.held:
            room.booked.add(who)
        self.line = [each for each in self.line if each != who]
        return True

    def wait(self, who: int) -> bool:
        if who in self.line or who in self.offers:
            return True
        if not self.may_come(who) or self.has_room:
            return False
        self.line.append(who)
        return True

    def leave(self, who: int) -> None:
        self.line = [each for each in self.line if each != who]

    def decline(self, who: int) -> None:
        self.offers.pop(who, None)
        self.settle()

    def give_up(self, who: int, *, by_staff: bool) -> bool:
        coming = [room for room in self.held if who in room.booked and room.starts > self.now]
        notice = timedelta(0) if by_staff else NOTICE
        if coming and self.now > min(room.starts for room in coming) - notice:
            return False
        for room in coming:
            room.booked.discard(who)
        return True

    def resize(self, room: Room, seats: int) -> bool:
        if room.seats - self.free(room) > seats:
            return False
        room.seats = seats
        return True

    def call_off(self, room: Room) -> bool:
        if not room.cancelled and room.starts <= self.now:
            return False
        room.cancelled = True
        room.booked.clear()
        return True

    def tick(self, now: datetime) -> None:
        self.now = now
        self.settle()

    def settle(self) -> None:
        self.offers = {who: until for who, until in self.offers.items() if until > self.now}
        if self.begun or not self.held:
            self.line = []
        if not self.held:
            self.offers = {}
        while self.line and self.has_room:
            start = min(room.starts for room in self.held)
            hold = max(timedelta(minutes=10), min(timedelta(hours=24), (start - self.now) / 4))
            self.offers[self.line.pop(0)] = min(self.now + hold, start)

    def state(self) -> list[object]:
        offered = sorted(self.offers)
        rows = [(sorted(r.booked), [] if r.cancelled else offered, r.seats) for r in self.rooms]
        return [*rows, self.line]


class World:
    """Made once; what a history writes is rolled back behind it."""

    def __init__(self) -> None:
        self.cycle: Cycle = make_cycle(seats=1, sessions=ROOMS, days=3)
        self.sessions = list(Session.objects.order_by("position"))
        self.patients: list[Patient] = [
            make_participant(self.cycle.workshop) for _ in range(PEOPLE)
        ]
        self.coordinator: User = make_user(Role.COORDINATOR)
        self.now = NOW


world: World
people = st.integers(0, PEOPLE - 1)
rooms = st.integers(0, ROOMS - 1)


class CycleMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.model = Model([Room(each.starts_at) for each in world.sessions])
        world.now = NOW

    def teardown(self) -> None:
        try:
            tally: Counter[str] = Counter()
            found = [
                each
                for dossier in dossiers(session.pk for session in world.sessions)
                for each in breaches(dossier, clock.now())
            ]
            assert [str(each) for each in (*found, *recount_people(tally))] == []
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @rule(who=people)
    def book(self, who: int) -> None:
        self.both(cycles.book_cycle, who, lambda: self.model.book(who), request_id=uuid4())

    @rule(who=people)
    def wait(self, who: int) -> None:
        self.both(cycle_line.wait_for_cycle, who, lambda: self.model.wait(who))

    @rule()
    def fill(self) -> None:
        """Everybody comes: the cycle is full sooner, and its line long."""
        for who in range(PEOPLE):
            self.book(who)
            self.wait(who)

    @precondition(lambda self: self.model.line)
    @rule(which=people)
    def leave(self, which: int) -> None:
        who = self.model.line[which % len(self.model.line)]
        wait = CycleWait.objects.get(patient=world.patients[who], state="waiting")
        cycle_line.leave_cycle_line(wait=wait, by=None, now=world.now)
        self.model.leave(who)

    @precondition(lambda self: self.model.offers)
    @rule(which=people, yes=st.booleans())
    def answer(self, which: int, yes: bool) -> None:
        who = sorted(self.model.offers)[which % len(self.model.offers)]
        if yes:
            self.book(who)
        else:
            self.both(cycle_line.decline_cycle, who, lambda: self.model.decline(who))

    @rule(who=people, by_staff=st.booleans())
    def give_up(self, who: int, by_staff: bool) -> None:
        model = self.model
        self.both(
            cycles.cancel_cycle,
            who,
            lambda: model.give_up(who, by_staff=by_staff),
            by_staff=by_staff,
        )

    @rule(room=rooms, seats=st.integers(1, 3))
    def resize(self, room: int, seats: int) -> None:
        model = self.model.rooms[room]
        self.of_session(
            sessions.set_capacity, room, lambda: self.model.resize(model, seats), capacity=seats
        )

    @rule(room=rooms)
    def call_off(self, room: int) -> None:
        model = self.model.rooms[room]
        self.of_session(
            sessions.cancel_session, room, lambda: self.model.call_off(model), reason="Grippe"
        )

    @rule(hours=st.sampled_from([0.1, 1, 13, 25, 49, 24 * 7]))
    def later(self, hours: float) -> None:
        self.go_on(hours)

    @invariant()
    def rows_say_what_the_model_says(self) -> None:
        self.go_on(1 / 3600)
        assert list(self.rows()) == self.model.state()

    def both(
        self, do: Callable[..., object], who: int, in_model: Callable[[], object], **given: object
    ) -> None:
        self.compare(
            lambda: do(
                cycle=world.cycle,
                patient=world.patients[who],
                by=world.coordinator,
                now=world.now,
                **given,
            ),
            in_model,
        )

    def of_session(
        self, do: Callable[..., object], room: int, in_model: Callable[[], object], **given: object
    ) -> None:
        session = world.sessions[room]
        self.compare(
            lambda: do(session=session, by=world.coordinator, now=world.now, **given), in_model
        )

    def compare(self, do: Callable[[], object], in_model: Callable[[], object]) -> None:
        self.go_on(1 / 3600)
        expected = in_model()
        try:
            do()
            done = True
        except (Refused, sessions.Impossible):
            done = False
        assert done == (expected is None or expected)

    def go_on(self, hours: float) -> None:
        """Time passes, and the tick comes round."""
        world.now += timedelta(hours=hours)
        settle_all(now=world.now)
        cycle_line.settle_cycles(now=world.now)
        self.model.tick(world.now)

    def rows(self) -> Iterator[object]:
        person = {each.pk: number for number, each in enumerate(world.patients)}
        for session in Session.objects.order_by("position"):
            held = Place.objects.filter(session=session, seat__isnull=False)
            by_state = {
                state: sorted(person[each.patient_id] for each in held if each.state == state)
                for state in ("booked", "offered")
            }
            yield by_state["booked"], by_state["offered"], session.capacity
        waiting = CycleWait.objects.filter(state="waiting").order_by("joined_at", "pk")
        yield [person[each.patient_id] for each in waiting]


def test_any_history_of_a_cycle_agrees_with_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    global world  # noqa: PLW0603 - the machine is a class, made anew for each history
    world = World()
    monkeypatch.setattr(clock, "now", lambda: world.now)
    run_state_machine_as_test(
        CycleMachine,
        settings=settings(
            max_examples=histories(3, 1_000),
            stateful_step_count=scaled(12, 20),
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
