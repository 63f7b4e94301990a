"""The workshops of the access matrix: a patient's own places, waits and links, and another's."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from etp.actions.cycle_line import wait_for_cycle
from etp.actions.cycles import book_cycle
from etp.actions.places import book
from etp.actions.waiting import wait_for_session
from etp.models import Assessment, CycleWait, Evaluation, Place
from etp.tokens import place_token
from network.enums import Role
from network.models import Patient
from portal.kit import clock
from tests.factories.etp import make_cycle, make_session, make_workshop, open_to
from tests.factories.network import make_patient, make_user

type Values = dict[tuple[str, str], dict[str, Any]]


def patient_values(mine: Patient, theirs: Patient) -> Values:
    """The parameters of the addresses of patients."""
    values: Values = {}
    for label, patient in (("own", mine), ("other", theirs)):
        place, full = _booked(patient), _full_session()
        open_to(patient, full.workshop, objectives=["Jardiner une heure"])
        wait = wait_for_session(session=full, patient=patient, by=None, now=clock.now())
        for name in ("booked", "offer", "download", "feedback"):
            values[f"etp:{name}", label] = {"uid": place.uid}
        values["etp:give_up_cycle", label] = {"uid": place.uid}
        values["etp:wait", label] = {"uid": wait.uid}
        line = _cycle_wait(patient)
        values["etp:cycle_wait", label] = {"uid": line.uid}
        values["etp:cycle_wait_leave", label] = {"pk": line.pk}
        for name in ("workshop", "join"):
            values[f"etp:{name}", label] = {"pk": full.workshop_id}
        values["etp:satisfaction", label] = {"pk": _evaluation(patient).pk}
        for name in ("place", "place_cancel", "place_move", "place_answer", "place_calendar"):
            values[f"etp:{name}", label] = {"token": place_token(place.uid)}
    return values


def _booked(patient: Patient) -> Place:
    session = _session()
    open_to(patient, session.workshop)
    return _book(session, patient)


def _full_session() -> Any:
    session = _session(days=21, seats=1)
    other = open_to(make_patient(email="seule@example.org"), session.workshop)
    _book(session, other)
    return session


def _cycle_wait(patient: Patient) -> CycleWait:
    cycle = make_cycle(sessions=2, seats=1, days=30)
    for each in cycle.sessions.all():
        starts_at = clock.now() + timedelta(days=30 + 7 * (each.position or 0))
        ends_at = starts_at + timedelta(hours=1)
        cycle.sessions.filter(pk=each.pk).update(starts_at=starts_at, ends_at=ends_at)
    other = open_to(make_patient(email="ailleurs@example.org"), cycle.workshop)
    book_cycle(cycle=cycle, patient=other, request_id=uuid4(), by=None, now=clock.now())
    open_to(patient, cycle.workshop)
    return wait_for_cycle(cycle=cycle, patient=patient, by=None, now=clock.now())


def _session(*, days: int = 20, seats: int = 4) -> Any:
    starts_at = clock.now() + timedelta(days=days)
    return make_session(make_workshop(), starts_at=starts_at, seats=seats)


def _book(session: Any, patient: Patient) -> Place:
    return book(session=session, patient=patient, request_id=uuid4(), by=None, now=clock.now())


def _evaluation(patient: Patient) -> Evaluation:
    assessment = Assessment.objects.filter(patient=patient).latest("number")
    evaluation: Evaluation = Evaluation.objects.create(
        assessment=assessment,
        held_on=clock.today(),
        led_by=make_user(Role.COORDINATOR),
        summary="Plus de marche",
    )
    return evaluation
