"""What one booking is decided from, read under the locks of its patient and its session."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from etp.enums import PlaceState
from etp.models import Opening, Place, Session
from etp.rules.booking import Held, No, Slot, Standing, decide
from etp.rules.course import HELD
from network.enums import PathwayState
from network.models import Patient
from portal.kit.seats import lowest_free

from .prepared import About, Row, abouts, places_around


@dataclass(frozen=True, slots=True)
class Scene:
    """A patient before a session. `made`: the place that the same request made, if any."""

    session: Session
    about: About
    person: Standing
    seats: frozenset[int]
    lapsing: tuple[datetime, ...]
    made: int | None
    offered: int | None

    @property
    def slot(self) -> Slot:
        return replace(self.session.slot, repeatable=self.about.repeatable)

    @property
    def free(self) -> int:
        return self.session.capacity - len(self.seats)

    @property
    def seat(self) -> int:
        """The first free seat; the session must have one."""
        seat = lowest_free(self.seats, self.session.capacity)
        if seat is None:
            raise ValueError("no seat is free")
        return seat

    def to_settle(self, now: datetime) -> bool:
        """Whether an offer has lapsed, or a free seat may belong to somebody in line."""
        lapsed = any(until <= now for until in self.lapsing)
        return lapsed or (self.free > 0 and self.about.in_line)

    def decide(
        self, *, now: datetime, moving: int | None = None, cycle: Collection[int] = ()
    ) -> No | None:
        return decide(self.slot, self.person, free=self.free, now=now, moving=moving, cycle=cycle)


def read_scene(session: Session, patient: Patient, request_id: UUID) -> Scene:
    """Read it; the caller holds both locks."""
    keys = {"session": session.pk, "patient": patient.pk}
    about = About(*abouts(**keys, workshop=session.workshop_id)[0])
    rows = [Row(*each) for each in places_around(**keys, request_id=request_id)]
    here = [each for each in rows if each.session == session.pk]
    own = [each for each in rows if each.patient == patient.pk]
    return Scene(
        session=session,
        about=about,
        person=Standing(
            followed=patient.state == PathwayState.FOLLOWED,
            opened={session.workshop_id} if about.opened else set(),
            places=tuple(Held(_slot_of(each), PlaceState(each.state)) for each in own),
        ),
        seats=frozenset(each.seat for each in here if each.seat is not None),
        lapsing=tuple(each.until for each in here if each.until is not None),
        made=next(
            (
                each.pk
                for each in own
                if each.session == session.pk and each.request_id == request_id
            ),
            None,
        ),
        offered=next(
            (
                each.pk
                for each in own
                if each.session == session.pk and each.state == PlaceState.OFFERED
            ),
            None,
        ),
    )


def _slot_of(row: Row) -> Slot:
    return Slot(
        session=row.session,
        workshop=row.workshop,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        position=row.position,
        alone=row.alone,
    )


def standings(patients: Collection[int]) -> dict[int, Standing]:
    """Where each of these patients stands, in three queries whatever their number."""
    opened: dict[int, set[int]] = defaultdict(set)
    for patient, workshop in (
        Opening.objects.open().filter(patient__in=patients).values_list("patient", "workshop")
    ):
        opened[patient].add(workshop)
    held: dict[int, list[Held]] = defaultdict(list)
    for place in Place.objects.filter(patient__in=patients, state__in=sorted(HELD)).select_related(
        "session"
    ):
        held[place.patient_id].append(Held(place.session.slot, PlaceState(place.state)))
    followed = Patient.objects.filter(pk__in=patients, state=PathwayState.FOLLOWED)
    in_follow_up = set(followed.values_list("pk", flat=True))
    return {
        each: Standing(each in in_follow_up, opened[each], tuple(held[each])) for each in patients
    }
