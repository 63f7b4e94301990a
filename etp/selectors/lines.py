"""The waiting lists of some sessions as they stand: who is in line, and one's honest rank."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max

from etp.enums import WaitState
from etp.models import Place, Session, Wait
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
        own = Waiting(wait.pk, wait.patient_id, wait.joined_at, wait.session_id)
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
        waits[wait.workshop_id].append(
            Waiting(wait.pk, wait.patient_id, wait.joined_at, wait.session_id)
        )
    people = {each.person for line in waits.values() for each in line}
    if not people:
        return Lines({}, by_workshop)
    standing, given_up = standings(people), _given_up(sessions, people)
    lines = {
        session.pk: line_for(
            replace(session.slot, repeatable=session.workshop.repeatable),
            waits[session.workshop_id],
            standing,
            given_up[session.pk],
            now=now,
        )
        for session in sessions
    }
    return Lines(lines, by_workshop)


def _given_up(
    sessions: Collection[Session], people: Collection[int]
) -> dict[int, dict[int, datetime]]:
    """For each session, when each of these people last gave up a place of it."""
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    ended = Place.objects.filter(
        session__in=[each.pk for each in sessions], patient__in=people, ended_at__isnull=False
    )
    for session, patient, last in (
        ended.order_by().values_list("session", "patient").annotate(last=Max("ended_at"))
    ):
        found[session][patient] = last
    return found
