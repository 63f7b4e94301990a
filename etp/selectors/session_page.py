"""What a session's page shows: who comes, who waits with which rank, who may be invited."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from etp.enums import LIVE, PlaceState, Refusal
from etp.models import CycleWait, Opening, Place, Session, Wait
from etp.rules.booking import No, decide
from etp.rules.course import HELD
from etp.rules.waiting import rank
from etp.selectors.lines import in_order, waits_for
from etp.selectors.scene import standings
from network.enums import PathwayState
from network.models import Patient

SEATED = (PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.ABSENT, PlaceState.EXCUSED)


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits; `rank` None: no seat of this session could be offered to them."""

    wait: Wait
    rank: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to whom the workshop is open and who has no place; `no`: what stands against it.

    `waits`: in line already, for this date, any date or the whole cycle. `whole`: each session of
    the cycle has a seat left.
    """

    patient: Patient
    no: No | None
    waits: bool
    whole: bool

    @property
    def gesture(self) -> str:
        """What coordination may do at once: book or wait, for this date or the whole cycle."""
        if self.no is None:
            return "book"
        if self.no.reason == Refusal.FULL:
            return "" if self.waits else "wait"
        if self.no.reason != Refusal.WHOLE_CYCLE:
            return ""
        if self.whole:
            return "cycle"
        return "" if self.waits else "cycle_wait"


def places_of(session: Session) -> list[Place]:
    """Every place of a session, given up ones too, by name."""
    places = Place.objects.filter(session=session).select_related("patient", "wait")
    return list(places.order_by("patient__search_name", "pk"))


def seated(places: Iterable[Place]) -> list[Place]:
    return [place for place in places if place.state in SEATED]


def line_of(session: Session, now: datetime) -> list[InLine]:
    """Those who wait for this session or for any date, in their order; four queries at most."""
    waits = waits_for(session)
    if not waits:
        return []
    slot = replace(session.slot, repeatable=session.workshop.repeatable)
    people = standings({each.patient_id for each in waits.values()})
    line = in_order(slot, waits.values(), people, now=now)
    by_key = {each.key: each for each in line}
    return [
        InLine(wait, rank(by_key[wait.pk], line) if wait.pk in by_key else None)
        for wait in sorted(waits.values(), key=lambda each: (each.joined_at, each.pk))
    ]


def invitable(session: Session) -> QuerySet[Patient]:
    """Patients in follow-up to whom the workshop is open, without a place for this rank of it."""
    held = Place.objects.filter(
        session__workshop=session.workshop_id,
        session__position=session.position,
        state__in=[PlaceState.OFFERED, PlaceState.BOOKED],
    )
    done = Place.objects.filter(
        session__workshop=session.workshop_id,
        session__position=session.position,
        state=PlaceState.ATTENDED,
    )
    here = Place.objects.filter(session=session, state__in=sorted(HELD))
    openings = Opening.objects.open().filter(workshop=session.workshop_id)
    rows = Patient.objects.filter(
        state=PathwayState.FOLLOWED, pk__in=openings.values("patient")
    ).exclude(pk__in=held.values("patient"))
    rows = rows.exclude(pk__in=here.values("patient"))
    if not session.workshop.repeatable:
        rows = rows.exclude(pk__in=done.values("patient"))
    return rows.order_by("search_name", "pk")


def candidates(session: Any, patients: Collection[Patient], now: datetime) -> list[Candidate]:
    """What the booking rule says of each, for a session read with its count `taken`."""
    keys = [each.pk for each in patients]
    people = standings(keys)
    in_line = Wait.objects.filter(
        Q(session=None) | Q(session=session.pk),
        patient__in=keys,
        workshop=session.workshop_id,
        state__in=LIVE,
    )
    waiting = set(in_line.values_list("patient", flat=True))
    whole = False
    if session.cycle_id:
        whole = has_whole_room(session.cycle_id, now)
        for_cycle = CycleWait.objects.filter(
            cycle=session.cycle_id, patient__in=keys, state__in=LIVE
        )
        waiting.update(for_cycle.values_list("patient", flat=True))
    slot = replace(session.slot, repeatable=session.workshop.repeatable)
    free = session.capacity - session.taken
    return [
        Candidate(
            each,
            decide(slot, people[each.pk], free=free, now=now),
            waits=each.pk in waiting,
            whole=whole,
        )
        for each in patients
    ]


def has_whole_room(cycle: int, now: datetime) -> bool:
    """Whether each session to come of a cycle has a seat left."""
    taken = Count("places", filter=Q(places__seat__isnull=False))
    coming = Session.objects.filter(cycle=cycle).coming(now).annotate(taken=taken)
    return not coming.filter(taken__gte=F("capacity")).exists()


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A date to which a place could be moved; `no`: why not."""

    session: Session
    free: int
    no: No | None


def other_dates(place: Place, coming: Iterable[Any], now: datetime) -> list[OtherDate]:
    """The other coming sessions of the workshop, as the booking rule sees them for this person."""
    person = standings([place.patient_id])[place.patient_id]
    repeatable = place.session.workshop.repeatable
    return [
        OtherDate(
            each,
            each.capacity - each.taken,
            decide(
                replace(each.slot, repeatable=repeatable),
                person,
                free=each.capacity - each.taken,
                now=now,
                moving=place.session_id,
            ),
        )
        for each in coming
        if each.pk != place.session_id
    ]
