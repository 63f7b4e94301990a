"""The booking rule: the same for the patient's page, the waiting list and the coordinator.

Plain values in, a refusal or None out. Instants are aware; the present one is an argument.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from etp.enums import PlaceState, Refusal
from etp.rules.course import HELD

COMING = frozenset({PlaceState.OFFERED, PlaceState.BOOKED})


@dataclass(frozen=True, slots=True)
class Slot:
    """A session: `position` is its rank in a cycle, None outside; `alone`, it is booked by itself.

    `repeatable`: its workshop may be followed again.
    """

    session: int
    workshop: int
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False
    position: int | None = None
    alone: bool = True
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A place that the person has or had in some session."""

    slot: Slot
    state: PlaceState


@dataclass(frozen=True, slots=True)
class Standing:
    """The person: in follow-up that day, the workshops opened by the assessment, the places."""

    followed: bool
    opened: Collection[int]
    places: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class No:
    """A refusal and the other place that explains it, if one does."""

    reason: Refusal
    because: Slot | None = None


def decide(
    slot: Slot,
    person: Standing,
    *,
    free: int,
    now: datetime,
    moving: int | None = None,
    cycle: Collection[int] = (),
) -> No | None:
    """Whether this person may have a seat in this session; None when yes.

    `free`: seats left. `moving`: the session whose place is given up for this one. `cycle`: the
    sessions that are booked together with it. Whoever is refused for want of a seat alone may
    wait for one.
    """
    others = [each for each in person.places if each.slot.session != moving]
    no = _of_session(slot, now) or _of_right(slot, person) or _of_other_places(slot, others, now)
    if no:
        return no
    if not slot.alone and slot.session not in cycle and not _makes_up(slot, person):
        return No(Refusal.WHOLE_CYCLE)
    return No(Refusal.FULL) if free <= 0 else None


def may_accept(
    slot: Slot, person: Standing, *, now: datetime, cycle: Collection[int] = ()
) -> No | None:
    """Whether an offer held for this person may still be taken up; None when yes.

    Other offers do not stand against it: one of them is chosen, and the others lapse.
    """
    settled = tuple(each for each in person.places if each.state != PlaceState.OFFERED)
    return decide(slot, replace(person, places=settled), free=1, now=now, cycle=cycle)


def _of_session(slot: Slot, now: datetime) -> No | None:
    if slot.cancelled:
        return No(Refusal.CANCELLED)
    return No(Refusal.STARTED) if slot.starts_at <= now else None


def _of_right(slot: Slot, person: Standing) -> No | None:
    if not person.followed:
        return No(Refusal.NOT_FOLLOWED)
    return None if slot.workshop in person.opened else No(Refusal.NOT_OPENED)


def _of_other_places(slot: Slot, places: Iterable[Held], now: datetime) -> No | None:
    held = [each for each in places if each.state in HELD]
    for each in held:
        if each.slot.session == slot.session:
            return No(Refusal.SAME_SESSION, each.slot)
    for each in held:
        twin = each.slot.workshop == slot.workshop and each.slot.position == slot.position
        over = slot.repeatable and each.slot.ends_at <= now  # attendance is noted later, or never
        if twin and each.state in COMING and not over:
            return No(Refusal.OTHER_DATE, each.slot)
        if twin and each.state == PlaceState.ATTENDED and not slot.repeatable:
            return No(Refusal.ALREADY_ATTENDED, each.slot)
    for each in held:
        if each.state in COMING and overlap(slot, each.slot):
            return No(Refusal.CLASH, each.slot)
    return None


def _makes_up(slot: Slot, person: Standing) -> bool:
    """Whoever follows a cycle of the workshop may take one session of it in another group.

    A session that they missed, moved or gave up, or that was called off: a rank that they still
    hold is refused before as another date.
    """
    return any(
        each.slot.workshop == slot.workshop
        and each.slot.position is not None
        and each.slot.session != slot.session
        and each.state in HELD - {PlaceState.OFFERED}
        for each in person.places
    )


def overlap(one: Slot, other: Slot) -> bool:
    """Whether both are under way at some instant; one may begin when the other ends."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
