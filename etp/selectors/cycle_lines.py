"""Who waits for a whole cycle, and the honest rank of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from etp.enums import WaitState
from etp.models import CycleWait, Place, Session
from etp.rules.booking import Slot
from etp.rules.waiting import Waiting, line_for_cycle, rank

from .scene import standings


def as_waiting(wait: CycleWait) -> Waiting:
    """A wait as the rule sees it."""
    return Waiting(wait.pk, wait.patient_id, wait.joined_at)


def slots_of(sessions: Iterable[Session]) -> list[Slot]:
    return [replace(each.slot, repeatable=each.workshop.repeatable) for each in sessions]


def cycle_ranks(waits: Collection[CycleWait], *, now: datetime) -> dict[int, int]:
    """By wait, the place in line, from 1, among those who may be offered that cycle.

    In five queries whatever their number.
    """
    if not waits:
        return {}
    sessions: dict[int, list[Session]] = defaultdict(list)
    lines: dict[int, list[CycleWait]] = defaultdict(list)
    cycles = {each.cycle_id for each in waits}
    for session in Session.objects.filter(cycle__in=cycles).coming(now).select_related("workshop"):
        sessions[session.cycle_id or 0].append(session)
    for wait in CycleWait.objects.filter(cycle__in=cycles, state=WaitState.WAITING):
        lines[wait.cycle_id].append(wait)
    people = standings({each.patient_id for line in lines.values() for each in line})
    ranked = {
        key: line_for_cycle(slots_of(sessions[key]), map(as_waiting, line), people, now=now)
        for key, line in lines.items()
    }
    return {each.pk: rank(as_waiting(each), ranked.get(each.cycle_id, [])) for each in waits}


@dataclass(frozen=True, slots=True)
class CycleInLine:
    """Somebody who waits for a whole cycle, with the rank."""

    wait: CycleWait
    rank: int


def cycle_line_of(session: Session, *, now: datetime) -> list[CycleInLine]:
    """Those who wait for the whole cycle of this session, in their order."""
    if session.cycle_id is None:
        return []
    waits = CycleWait.objects.filter(cycle=session.cycle_id, state=WaitState.WAITING)
    rows = list(waits.select_related("patient"))
    ranks = cycle_ranks(rows, now=now)
    return [CycleInLine(each, ranks[each.pk]) for each in rows]


def offered_together(place: Place) -> list[Place]:
    """All the places of an offer: one, or those of a whole cycle, in the order of their dates."""
    if not place.of_cycle_offer:
        return [place]
    found = Place.objects.filter(
        patient=place.patient_id, cycle=place.cycle_id, state=place.state
    ).select_related("session__site", "session__workshop")
    return list(found.order_by("session__starts_at"))
