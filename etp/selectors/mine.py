"""What a patient sees of workshops: those opened, their dates, own places, waits and offers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from etp.enums import PlaceState, Refusal, WaitState
from etp.models import Cycle, CycleWait, Opening, Place, Session, Wait, Workshop
from etp.rules.booking import No, decide
from network.models import Patient

from .cycle_lines import CycleInLine, cycle_ranks
from .lines import Lines, read_lines
from .scene import standings

FEEDBACK_DAYS = 30
"""How long a session that is over asks what one thought of it."""
PAST_SHOWN = 20
HAD = frozenset({Refusal.SAME_SESSION, Refusal.OTHER_DATE, Refusal.ALREADY_ATTENDED})
"""Refusals of who has a place already, or had it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offered:
    """What one person may have. `free`: seats left; `no`: what stands against it."""

    free: int
    no: No | None

    @property
    def open(self) -> bool:
        return self.no is None

    @property
    def full(self) -> bool:
        """Only a seat is missing: one may wait."""
        return self.no is not None and self.no.reason == Refusal.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(_Offered):
    """A session. `line`: who waits."""

    session: Session
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(_Offered):
    """A cycle that is booked as one, with all its dates."""

    cycle: Cycle
    dates: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A workshop opened to somebody, with the dates and the cycles that may be booked."""

    workshop: Workshop
    dates: tuple[Date, ...]
    cycles: tuple[Whole, ...]

    @property
    def first(self) -> Date | None:
        """The nearest date with a seat for this person."""
        return next((each for each in self.dates if each.open), None)

    @property
    def first_cycle(self) -> Whole | None:
        return next((each for each in self.cycles if each.open), None)

    @property
    def settled(self) -> bool:
        """The person has a place, or has done it all: there is nothing to choose."""
        refusals = [each.no for each in self.dates] + [each.no for each in self.cycles]
        return bool(refusals) and all(no and no.reason in HAD for no in refusals)

    @property
    def followed(self) -> bool:
        """The person has been through it: no date of it is open to them again."""
        refusals = [each.no for each in self.dates] + [each.no for each in self.cycles]
        done = {no.reason for no in refusals if no} == {Refusal.ALREADY_ATTENDED}
        return done and None not in refusals

    @property
    def may_wait(self) -> bool:
        """Whether waiting for any date is of use, and allowed: nobody waits for a whole cycle."""
        reasons = [each.no.reason if each.no else None for each in self.dates]
        if None in reasons or set(reasons) & HAD:
            return False
        return Refusal.FULL in reasons or not (reasons or self.cycles)

    @property
    def modes(self) -> frozenset[str]:
        sessions = [each.session for each in self.dates]
        return frozenset(
            each.mode for each in (*sessions, *(s for c in self.cycles for s in c.dates))
        )


@dataclass(frozen=True, slots=True)
class InLine:
    """A wait, with its rank."""

    wait: Wait
    rank: int


@dataclass(frozen=True, slots=True)
class Mine:
    """One person's page."""

    offers: tuple[Place, ...]
    coming: tuple[Place, ...]
    waits: tuple[InLine, ...]
    cycle_waits: tuple[CycleInLine, ...]
    opened: tuple[Opened, ...]
    to_rate: tuple[Place, ...]
    past: tuple[Place, ...]


def mine(patient: Patient, *, now: datetime) -> Mine:
    """All of it, in a number of queries that does not grow."""
    places = list(_places(patient))
    workshops = list(_opened_workshops(patient))
    sessions = coming_sessions([each.pk for each in workshops], now)
    lines = read_lines(sessions, now=now)
    whole = list(_cycle_waits(patient))
    ranks = cycle_ranks(whole, now=now)
    return Mine(
        offers=tuple(_one_a_cycle(each for each in places if _is_offer(each, now))),
        cycle_waits=tuple(CycleInLine(each, ranks[each.pk]) for each in whole),
        coming=tuple(each for each in places if is_coming(each, now)),
        waits=tuple(InLine(each, lines.rank_of(each)) for each in _waits(patient)),
        opened=tuple(_opened(patient, workshops, sessions, lines, now)),
        to_rate=tuple(each for each in places if may_rate(each, now) and not _rated(each)),
        past=tuple(each for each in reversed(places) if _is_past(each, now))[:PAST_SHOWN],
    )


def opened(patient: Patient, workshop: int, *, now: datetime) -> Opened | None:
    """One workshop opened to this person; None when it is not."""
    workshops = list(_opened_workshops(patient).filter(pk=workshop))
    if not workshops:
        return None
    sessions = coming_sessions([workshop], now)
    lines = read_lines(sessions, now=now)
    return next(_opened(patient, workshops, sessions, lines, now))


def other_dates(place: Place, *, now: datetime) -> list[Date]:
    """The dates that a place may be moved to: same workshop, same rank, a seat left."""
    sessions = [
        each
        for each in coming_sessions([place.session.workshop_id], now)
        if each.pk != place.session_id
    ]
    standing = standings([place.patient_id])[place.patient_id]
    dates = []
    for session in sessions:
        slot = replace(session.slot, repeatable=session.workshop.repeatable)
        free = seats_left(session)
        no = decide(slot, standing, free=free, now=now, moving=place.session_id)
        if no is None and slot.position == place.session.position:
            dates.append(Date(session=session, free=free, no=no))
    return dates


def in_the_way(offer: Place) -> Place | None:
    """The booked date of the same workshop that must be left before this offer is taken."""
    booked = Place.objects.filter(
        patient=offer.patient_id,
        state=PlaceState.BOOKED,
        session__workshop=offer.session.workshop_id,
        session__position=offer.session.position,
    )
    return booked.exclude(pk=offer.pk).select_related("session").first()


def coming_sessions(workshops: Collection[int], now: datetime) -> list[Session]:
    """Their sessions to come, each with the seats that are held (`taken`)."""
    held = (
        Place.objects.filter(session=OuterRef("pk"), seat__isnull=False)
        .order_by()
        .values("session")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return list(
        Session.objects.filter(workshop__in=workshops)
        .coming(now)
        .annotate(taken=Coalesce(Subquery(held), 0))
        .select_related("site", "workshop", "cycle")
    )


def seats_left(session: Session) -> int:
    taken: int = session.taken  # type: ignore[attr-defined]
    return session.capacity - taken


def _opened_workshops(patient: Patient) -> QuerySet[Workshop]:
    opened = Opening.objects.open().filter(patient=patient)
    found = Workshop.objects.filter(pk__in=opened.values("workshop"), active=True)
    return found.select_related("programme")


def _opened(
    patient: Patient,
    workshops: Sequence[Workshop],
    sessions: Sequence[Session],
    lines: Lines,
    now: datetime,
) -> Iterator[Opened]:
    standing = standings([patient.pk])[patient.pk]
    by_cycle: dict[int, list[Session]] = defaultdict(list)
    started = _started_cycles(sessions, now)
    for session in sessions:
        if session.cycle_id and session.cycle_id not in started:
            by_cycle[session.cycle_id].append(session)
    for workshop in workshops:
        dates, cycles = [], []
        for session in (each for each in sessions if each.workshop_id == workshop.pk):
            slot = replace(session.slot, repeatable=workshop.repeatable)
            no = decide(slot, standing, free=seats_left(session), now=now)
            date = Date(
                session=session,
                free=seats_left(session),
                no=no,
                line=lines.length(session.pk),
            )
            # of a cycle booked whole, a date alone is for those who make up for a missed one
            if session.alone or date.open or date.full:
                dates.append(date)
        for group in by_cycle.values():
            if group[0].workshop_id != workshop.pk:
                continue
            together = [each.pk for each in group]
            free = min(seats_left(each) for each in group)
            refusals = (
                decide(
                    replace(each.slot, repeatable=workshop.repeatable),
                    standing,
                    free=seats_left(each),
                    now=now,
                    cycle=together,
                )
                for each in group
            )
            no = next((each for each in refusals if each), None)
            if group[0].cycle is not None:
                cycles.append(Whole(cycle=group[0].cycle, dates=tuple(group), free=free, no=no))
        yield Opened(workshop, tuple(dates), tuple(cycles))


def _started_cycles(sessions: Iterable[Session], now: datetime) -> set[int]:
    """Cycles under way: they are no longer booked whole."""
    cycles = {each.cycle_id for each in sessions if each.cycle_id}
    begun = Session.objects.filter(cycle__in=cycles, starts_at__lte=now, cancelled_at=None)
    return {key for key in begun.values_list("cycle", flat=True) if key}


def _places(patient: Patient) -> QuerySet[Place]:
    """What is held, or was until the end; what was given back is not shown."""
    shown = Q(seat__isnull=False)
    return (
        Place.objects.filter(shown, patient=patient)
        .select_related("session__workshop", "session__site", "cycle", "feedback")
        .order_by("session__starts_at", "pk")
    )


def _waits(patient: Patient) -> QuerySet[Wait]:
    return Wait.objects.filter(patient=patient, state=WaitState.WAITING).select_related(
        "workshop", "session__site"
    )


def _cycle_waits(patient: Patient) -> QuerySet[CycleWait]:
    waits = CycleWait.objects.filter(patient=patient, state=WaitState.WAITING)
    return waits.select_related("cycle__workshop")


def _one_a_cycle(offers: Iterable[Place]) -> Iterator[Place]:
    """The first date stands for a whole cycle that is offered."""
    shown = set()
    for place in offers:
        key = ("cycle", place.cycle_id) if place.of_cycle_offer else ("place", place.pk)
        if key not in shown:
            shown.add(key)
            yield place


def _is_offer(place: Place, now: datetime) -> bool:
    return place.state == PlaceState.OFFERED and place.until is not None and now < place.until


def is_coming(place: Place, now: datetime) -> bool:
    return place.state == PlaceState.BOOKED and now < place.session.ends_at


def _is_past(place: Place, now: datetime) -> bool:
    return place.session.ends_at <= now and place.state != PlaceState.OFFERED


def may_rate(place: Place, now: datetime) -> bool:
    """Somebody who came, or whose attendance is not noted yet, may say what it was worth."""
    came = place.state in (PlaceState.BOOKED, PlaceState.ATTENDED)
    ended = place.session.ends_at
    return came and ended <= now < ended + timedelta(days=FEEDBACK_DAYS)


def _rated(place: Place) -> bool:
    return hasattr(place, "feedback")
