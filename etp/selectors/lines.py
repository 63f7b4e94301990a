"""Who waits for the seats of sessions, in order, and the honest rank of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max, Q

from etp.enums import Move, WaitState
from etp.models import Place, Session, Wait
from etp.rules.booking import Slot, Standing
from etp.rules.waiting import Waiting, line_for, rank

from .scene import standings


@dataclass(frozen=True, slots=True)
class Lines:
    """For each session's key, those who may be offered a seat of it, in order."""

    lines: dict[int, list[Waiting]]
    of_workshop: dict[int, list[int]]

    def length(self, session: int) -> int:
        """How many people wait for a seat of this session."""
        return len({each.person for each in self.lines.get(session, [])})

    def rank_of(self, wait: Wait) -> int:
        """The place in line for the seats that this wait may get, counted from 1."""
        own = as_waiting(wait)
        sessions = [wait.session_id] if wait.session_id else self.of_workshop[wait.workshop_id]
        lines = [self.lines.get(each, []) for each in sessions]
        shared = [line for line in lines if any(each.key == own.key for each in line)] or lines
        return rank(own, (each for line in shared for each in line))


def read_lines(sessions: Collection[Session], *, now: datetime) -> Lines:
    """Read the lines of these sessions, in five queries whatever their number."""
    by_workshop: dict[int, list[int]] = defaultdict(list)
    for session in sessions:
        by_workshop[session.workshop_id].append(session.pk)
    waits: dict[int, list[Waiting]] = defaultdict(list)
    for wait in Wait.objects.filter(workshop__in=list(by_workshop), state=WaitState.WAITING):
        waits[wait.workshop_id].append(as_waiting(wait))
    people = {each.person for line in waits.values() for each in line}
    if not people:
        return Lines({}, by_workshop)
    standing = standings(people)
    gave_up = given_up([each.pk for each in sessions], people)
    lines = {
        session.pk: line_for(
            replace(session.slot, repeatable=session.workshop.repeatable),
            waits[session.workshop_id],
            standing,
            gave_up[session.pk],
            now=now,
        )
        for session in sessions
    }
    return Lines(lines, by_workshop)


def waits_for(session: Session) -> dict[int, Wait]:
    """The waits for this session or for any date of its workshop, by key, with their patients."""
    waits = Wait.objects.filter(
        Q(session=None) | Q(session=session),
        workshop=session.workshop_id,
        state=WaitState.WAITING,
    )
    return {each.pk: each for each in waits.select_related("patient")}


def in_order(
    slot: Slot, waits: Iterable[Wait], people: Mapping[int, Standing], *, now: datetime
) -> list[Waiting]:
    """Those of these waits that may be offered a seat of the session, the first in line first."""
    gave_up = given_up([slot.session], people)[slot.session]
    return line_for(slot, map(as_waiting, waits), people, gave_up, now=now)


def line_of(
    slot: Slot, waits: Mapping[int, Wait], people: Mapping[int, Standing], *, now: datetime
) -> list[Wait]:
    """The same as the waits themselves, one a person."""
    line = in_order(slot, waits.values(), people, now=now)
    first_of_each = {each.person: each.key for each in reversed(line)}
    return [waits[each.key] for each in line if first_of_each[each.person] == each.key]


def given_up(
    sessions: Collection[int], people: Collection[int]
) -> Mapping[int, dict[int, datetime]]:
    """For each session, when each of these people last gave up a place, or let an offer lapse.

    An offer that was taken back was not given up.
    """
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    ended = Place.objects.filter(session__in=sessions, patient__in=people, ended_at__isnull=False)
    by_them = ended.exclude(steps__move=Move.WITHDRAWN).order_by()
    for session, patient, last in by_them.values_list("session", "patient").annotate(
        last=Max("ended_at")
    ):
        found[session][patient] = last
    return found


def as_waiting(wait: Wait) -> Waiting:
    """A wait as the rule sees it."""
    return Waiting(wait.pk, wait.patient_id, wait.joined_at, wait.session_id)
