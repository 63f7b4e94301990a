"""Recount what holds across sessions: a person's hours, cycles booked whole, waits."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q

from etp.enums import Move, PlaceState, WaitState
from etp.models import CycleWait, Place, Session, Wait
from etp.rules.booking import overlap
from portal.kit import clock
from portal.kit.verify import Breach, recount

from .verify import GRACE

TAKEN = Q(steps__move__in=[Move.BOOKED, Move.ACCEPTED])
"""Of a place: it was booked one day, not offered alone."""


@recount("Personnes et attentes")
def recount_people(tally: Counter[str]) -> Iterator[Breach]:
    """Every breach; counts the places to come, the cycles booked and the waits."""
    now = clock.now()
    yield from _of_hours(tally, now)
    yield from _of_cycles(tally)
    yield from _of_waits(tally, now)
    yield from _of_cycle_waits(tally, now)


def _of_hours(tally: Counter[str], now: datetime) -> Iterator[Breach]:
    """Nobody is booked twice at one hour, nor on two dates of one workshop.

    But by a change of date (`sequence`), which tells people and asks nothing of their other hours.
    """
    coming = Place.objects.filter(state=PlaceState.BOOKED, session__ends_at__gt=now)
    by_patient: dict[int, list[Place]] = defaultdict(list)
    for place in coming.select_related("session").order_by("patient", "session__starts_at"):
        tally["places à venir"] += 1
        by_patient[place.patient_id].append(place)
    for places in by_patient.values():
        for one, other in pairwise(places):
            unchanged = not one.session.sequence and not other.session.sequence
            if unchanged and overlap(one.session.slot, other.session.slot):
                yield _breach(other, f"en même temps que la place {one.pk}", "une à la fois")
        ranks = Counter((each.session.workshop_id, each.session.position) for each in places)
        for place in places:
            if ranks[place.session.workshop_id, place.session.position] > 1:
                yield _breach(place, "deux dates du même atelier", "une date")


def _of_cycles(tally: Counter[str]) -> Iterator[Breach]:
    """One gesture books all the sessions that a cycle had then.

    An offer that nobody took booked nothing; one that was, books what is left when it is taken.
    A place moved to another group and back again is a gesture on that session alone.
    """
    rows = Place.objects.filter(cycle__isnull=False, session__cycle__isnull=False)
    left = Place.objects.filter(
        patient=OuterRef("patient"),
        cycle=OuterRef("cycle"),
        state=PlaceState.MOVED,
        ended_at=OuterRef("made_at"),
    )
    taken = (
        rows.exclude(Exists(left))
        .annotate(taken_at=Min("steps__at", filter=TAKEN))
        .exclude(taken_at=None)
    )
    made: dict[tuple[int, int, UUID], list[tuple[Place, datetime]]] = defaultdict(list)
    for place in taken.select_related("session").order_by("pk"):
        if place.session.cycle_id == place.cycle_id and place.cycle_id:  # else moved elsewhere
            gesture = place.cycle_id, place.patient_id, place.request_id
            made[gesture].append((place, place.taken_at))
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(cycle__in={cycle for cycle, _, _ in made}):
        sessions[session.cycle_id or 0].append(session)
    for (cycle, _, _), places in made.items():
        tally["cycles réservés"] += 1
        booked = {place.session_id for place, _ in places}
        since = min(taken_at for _, taken_at in places)
        missing = [
            each.position
            for each in sessions[cycle]
            if each.pk not in booked and not (each.cancelled_at and each.cancelled_at <= since)
        ]
        if missing:
            words = ", ".join(map(str, sorted(position or 0 for position in missing)))
            yield _breach(places[0][0], f"cycle {cycle} sans la séance {words}", "le cycle entier")


def _of_waits(tally: Counter[str], now: datetime) -> Iterator[Breach]:
    """A wait says what has become of it."""
    held = Q(places__state=PlaceState.OFFERED)
    waits = Wait.objects.annotate(offers=Count("places", filter=held)).select_related("session")
    booked = Place.objects.filter(
        TAKEN, patient=OuterRef("patient"), session__workshop=OuterRef("workshop")
    )
    here = Place.objects.filter(
        patient=OuterRef("patient"), session=OuterRef("session"), state=PlaceState.BOOKED
    )
    rows = waits.annotate(ever=Exists(booked), here=Exists(here)).order_by("pk")
    for wait in rows.iterator(chunk_size=1000):
        tally["attentes"] += 1
        subject = f"attente {wait.pk}"
        expected = int(wait.state == WaitState.OFFERED)
        if wait.offers != expected:
            found = f"{wait.state}, {wait.offers} proposition(s)"
            yield Breach(subject, found, f"{expected} proposition(s)")
        if wait.state == WaitState.SERVED and not wait.ever:
            yield Breach(subject, "servie, sans place", "une place de l’atelier")
        session = wait.session
        if session is None:
            continue
        if session.workshop_id != wait.workshop_id:
            yield Breach(subject, f"atelier {wait.workshop_id}", session.workshop_id)
        if wait.state == WaitState.WAITING and wait.here:
            yield Breach(subject, "en attente, avec une place", WaitState.SERVED.value)
        gone = session.cancelled_at or (session.starts_at < now - GRACE and session.starts_at)
        if wait.state == WaitState.WAITING and gone:
            yield Breach(subject, "en attente d’une séance passée", WaitState.OVER.value)


def _of_cycle_waits(tally: Counter[str], now: datetime) -> Iterator[Breach]:
    """An offered cycle holds a seat in each of its sessions to come; nothing else holds one."""
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(cycle__isnull=False, cancelled_at=None):
        sessions[session.cycle_id or 0].append(session)
    offered: Counter[tuple[int, int | None]] = Counter(
        Place.objects.filter(state=PlaceState.OFFERED, wait=None)
        .order_by()
        .values_list("patient", "cycle")
    )
    for wait in CycleWait.objects.order_by("pk").iterator(chunk_size=1000):
        tally["attentes"] += 1
        seats = offered.pop((wait.patient_id, wait.cycle_id), 0) if _holds(wait) else 0
        expected = len(sessions[wait.cycle_id]) if _holds(wait) else 0
        if seats != expected:
            found = f"{wait.state}, {seats} place(s) gardée(s)"
            yield Breach(f"attente de cycle {wait.pk}", found, f"{expected} place(s) gardée(s)")
        begun = any(each.starts_at < now - GRACE for each in sessions[wait.cycle_id])
        if wait.state == WaitState.WAITING and begun:
            yield Breach(f"attente de cycle {wait.pk}", "un cycle commencé", WaitState.OVER.value)
    for (patient, cycle), seats in offered.items():
        found = f"{seats} place(s) gardée(s) sans attente"
        yield Breach(f"dossier {patient}, cycle {cycle}", found, "aucune")


def _holds(wait: CycleWait) -> bool:
    return wait.state == WaitState.OFFERED


def _breach(place: Place, found: object, expected: object) -> Breach:
    return Breach(f"place {place.pk}", found, expected)
