"""Recount every seat, every step and every offer of the sessions, from the rows alone.

Reads by batches, without any lock; a session that looks wrong is read again under its own lock
before it is called a breach, so that a recount may run while people book.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction

from etp.enums import Move, PlaceState, WaitState
from etp.models import Place, PlaceStep, Session
from etp.rules.booking import COMING
from etp.rules.course import COURSE, FIRST, HELD, can
from etp.selectors.lines import line_of, waits_for
from etp.selectors.scene import standings
from portal.kit import clock
from portal.kit.verify import Breach, recount

GRACE = timedelta(minutes=1)
"""What settles by itself: offers that lapse, seats that free."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Dossier:
    """A session with all its places, whatever their state, and the steps of each."""

    session: Session
    places: list[Place]
    steps: dict[int, list[PlaceStep]]

    @property
    def held(self) -> list[Place]:
        return [place for place in self.places if place.state in HELD]


@recount("Séances et places")
def recount_places(tally: Counter[str]) -> Iterator[Breach]:
    """Every breach of every session; counts sessions, seats held, offers and steps."""
    keys = Session.objects.order_by("pk").values_list("pk", flat=True)
    for batch in batched(keys.iterator(chunk_size=BATCH), BATCH):
        for dossier in dossiers(batch):
            now = clock.now()
            if next(breaches(dossier, now), None) is not None:
                dossier = _read_again(dossier)  # noqa: PLW2901
                yield from breaches(dossier, now)
            tally["séances"] += 1
            tally["places tenues"] += len(dossier.held)
            tally["propositions"] += sum(_is_offer(place) for place in dossier.places)
            tally["étapes"] += sum(len(steps) for steps in dossier.steps.values())


def dossiers(keys: Iterable[int]) -> Iterator[Dossier]:
    """These sessions, in three queries whatever their number."""
    sessions = list(Session.objects.filter(pk__in=keys).select_related("workshop").order_by("pk"))
    places: dict[int, list[Place]] = defaultdict(list)
    rows = Place.objects.filter(session__in=sessions).select_related("wait").order_by("pk")
    for place in rows:
        places[place.session_id].append(place)
    steps: dict[int, list[PlaceStep]] = defaultdict(list)
    for step in PlaceStep.objects.filter(place__session__in=sessions).order_by("pk"):
        steps[step.place_id].append(step)
    for session in sessions:
        own = places[session.pk]
        yield Dossier(session, own, {place.pk: steps[place.pk] for place in own})


def _read_again(dossier: Dossier) -> Dossier:
    with transaction.atomic():
        Session.objects.select_for_update(no_key=True).get(pk=dossier.session.pk)
        return next(dossiers([dossier.session.pk]))


def breaches(dossier: Dossier, now: datetime) -> Iterator[Breach]:
    """Whatever in the session does not agree with its seats, its steps or its line."""
    yield from _of_seats(dossier)
    for place in dossier.places:
        yield from _of_place(place, dossier.session)
        yield from _of_steps(place, dossier.steps[place.pk])
        yield from _of_offer(place, dossier.session, now)
    yield from _of_line(dossier, now)


# --- Seats


def _of_seats(dossier: Dossier) -> Iterator[Breach]:
    """No more seats held than there are; each seat, and each person, once."""
    session, held = dossier.session, dossier.held
    subject = f"séance {session.pk}"
    if len(held) > session.capacity:
        yield Breach(subject, f"{len(held)} places tenues", f"au plus {session.capacity}")
    for seat, times in Counter(place.seat for place in held).items():
        if times > 1:
            yield Breach(subject, f"place {seat} tenue {times} fois", "une fois")
    for patient, times in Counter(place.patient_id for place in held).items():
        if times > 1:
            yield Breach(subject, f"dossier {patient}, {times} places", "une place")


def _of_place(place: Place, session: Session) -> Iterator[Breach]:
    """A seat goes with the states that hold one, and lies within the session's capacity."""
    if (place.seat is not None) != (place.state in HELD):
        yield _breach(place, f"{place.state}, place {place.seat}", "une place si elle est tenue")
    if place.seat is None:
        return
    if place.capacity != session.capacity:
        yield _breach(place, f"capacité {place.capacity}", session.capacity)
    if not 1 <= place.seat <= session.capacity:
        yield _breach(place, f"place {place.seat}", f"de 1 à {session.capacity}")
    if session.cancelled_at and place.state in COMING:
        yield _breach(place, f"{place.state} dans une séance annulée", "une place rendue")


# --- Steps


def _of_steps(place: Place, steps: list[PlaceStep]) -> Iterator[Breach]:
    """The steps follow the course from its first one, and the last says what the place says."""
    if not steps:
        yield _breach(place, "aucune étape", "une étape au moins")
        return
    before: PlaceStep | None = None
    for step in steps:
        if not _may_follow(step, before):
            came = f"de {before.state}" if before else "au début"
            yield _breach(place, f"étape {step.move} {came}", "une étape permise")
        before = step
    if steps[-1].state != place.state:
        yield _breach(place, place.state, f"celui de sa dernière étape, {steps[-1].state}")


def _may_follow(step: PlaceStep, before: PlaceStep | None) -> bool:
    move, state = Move(step.move), PlaceState(step.state)
    if (step.seat is not None) != (state in HELD):
        return False
    if move in FIRST:
        return before is None and state is FIRST[move]
    if before is None:
        return False
    return can(move, PlaceState(before.state)) and state is COURSE[move][1]


# --- Offers and the line


def _of_offer(place: Place, session: Session, now: datetime) -> Iterator[Breach]:
    """An offer ends, before the session begins; it holds the wait that it came from."""
    if not _is_offer(place):
        return
    if place.until is None or place.until > session.starts_at:
        yield _breach(place, f"proposée jusqu’au {place.until}", f"au plus {session.starts_at}")
    elif place.until < now - GRACE:
        yield _breach(place, f"proposée jusqu’au {place.until}", "une proposition échue")
    wait = place.wait
    if place.of_cycle_offer:
        return  # recounted with its cycle
    if wait is None or wait.state != WaitState.OFFERED:
        yield _breach(place, f"attente {wait and wait.state}", WaitState.OFFERED.value)
    elif wait.patient_id != place.patient_id or wait.session_id not in (None, session.pk):
        yield _breach(place, f"attente {wait.pk} d’autre chose", "l’attente de la personne")


def _of_line(dossier: Dossier, now: datetime) -> Iterator[Breach]:
    """No seat has been free for a minute while somebody waits who may have it."""
    session = dossier.session
    coming = session.starts_at > now and session.cancelled_at is None
    if not coming or len(dossier.held) >= session.capacity:
        return
    if any(place.ended_at and place.ended_at > now - GRACE for place in dossier.places):
        return
    waits = waits_for(session)
    people = standings({each.patient_id for each in waits.values()}) if waits else {}
    slot = replace(session.slot, repeatable=session.workshop.repeatable)
    line = line_of(slot, waits, people, now=now) if waits else []
    for wait in line:
        if wait.joined_at < now - GRACE:
            subject = f"séance {session.pk}"
            yield Breach(subject, f"place libre, attente {wait.pk}", "une proposition")
            return


def _is_offer(place: Place) -> bool:
    return place.state == PlaceState.OFFERED


def _breach(place: Place, found: object, expected: object) -> Breach:
    return Breach(f"place {place.pk}", found, expected)
