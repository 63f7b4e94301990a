"""Workshops for tests: a programme, its sessions, patients to whom they are open, places."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from etp.actions import assessments, cycles, evaluations, places, waiting
from etp.enums import Format, Mode, PlaceState, Theme
from etp.models import (
    Assessment,
    Cycle,
    Evaluation,
    Facilitator,
    Objective,
    Opening,
    Place,
    Programme,
    Session,
    Site,
    Wait,
    Workshop,
)
from network.enums import Role
from network.models import Patient, User
from portal.settings.i18n import TIME_ZONE
from tests.factories.network import make_patient, make_professional, make_user

PARIS = ZoneInfo(TIME_ZONE)
NOW = datetime(2026, 11, 16, 9, tzinfo=PARIS)
_number = count(1)


def make_facilitator(**fields: Any) -> Facilitator:
    """Somebody trained for forty hours."""
    professional = fields.pop("professional", None) or make_professional()
    defaults = {"training_hours": 40, "certificate": "Attestation vue", "active": True}
    return Facilitator.objects.create(professional=professional, **(defaults | fields))


def make_programme(**fields: Any) -> Programme:
    defaults = {
        "name": f"Programme {next(_number)}",
        "declaration": "2026-075-001",
        "starts_on": NOW.date().replace(month=1, day=1),
        "notice_hours": 24,
    }
    coordinator = fields.pop("coordinator", None) or make_user(Role.COORDINATOR)
    return Programme.objects.create(coordinator=coordinator, **(defaults | fields))


def make_workshop(**fields: Any) -> Workshop:
    """A group workshop of an hour for eight people."""
    programme = fields.pop("programme", None) or make_programme()
    defaults = {
        "title": f"Atelier {next(_number)}",
        "summary": "Des gestes doux, à votre rythme.",
        "theme": Theme.MOVEMENT,
        "format": Format.GROUP,
        "minutes": 60,
        "minimum": 3,
        "maximum": 8,
    }
    return Workshop.objects.create(programme=programme, **(defaults | fields))


def make_site(**fields: Any) -> Site:
    defaults = {
        "name": f"Maison de santé {next(_number)}",
        "address": "1 rue de la Démo",
        "postcode": "75012",
        "city": "Paris",
    }
    return Site.objects.create(**(defaults | fields))


def make_session(
    workshop: Workshop | None = None, *, days: float = 10, seats: int = 2, **fields: Any
) -> Session:
    """A session on site, `days` after NOW."""
    workshop = workshop or make_workshop()
    starts_at = fields.pop("starts_at", NOW + timedelta(days=days))
    if fields.get("mode") != Mode.VIDEO:
        fields.setdefault("site", make_site())
    defaults = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=workshop.minutes),
        "mode": Mode.ON_SITE,
        "capacity": seats,
        "facilitator": fields.pop("facilitator", None) or make_facilitator(),
    }
    return Session.objects.create(workshop=workshop, **(defaults | fields))


def make_cycle(workshop: Workshop | None = None, *, sessions: int = 3, **fields: Any) -> Cycle:
    """A cycle of weekly sessions, booked as a whole."""
    workshop = workshop or make_workshop()
    cycle = Cycle.objects.create(workshop=workshop, name=f"Cycle {next(_number)}")
    first = fields.pop("days", 10)
    for each in range(sessions):
        make_session(
            workshop,
            days=first + 7 * each,
            cycle=cycle,
            position=each + 1,
            alone=False,
            **fields,
        )
    return cycle


def open_to(
    patient: Patient,
    *workshops: Workshop,
    by: User | None = None,
    objectives: Sequence[str] = (),
) -> Patient:
    """Open workshops to a patient, by a closed assessment with these objectives."""
    coordinator = by or make_user(Role.COORDINATOR)
    number = Assessment.objects.filter(patient=patient).count() + 1
    assessment = Assessment.objects.create(
        patient=patient,
        number=number,
        held_on=NOW.date(),
        led_by=coordinator,
        consent_on=NOW.date(),
        started_at=NOW,
    )
    for words in objectives:
        Objective.objects.create(assessment=assessment, words=words)
    Assessment.objects.filter(pk=assessment.pk).update(closed_at=NOW)
    for workshop in workshops:
        Opening.objects.create(
            patient=patient,
            workshop=workshop,
            assessment=assessment,
            opened_at=NOW,
            opened_by=coordinator,
        )
    return patient


def make_participant(*workshops: Workshop, **fields: Any) -> Patient:
    """A followed patient with a mail address, to whom these workshops are open."""
    number = next(_number)
    return open_to(make_patient(**({"email": f"p{number}@example.org"} | fields)), *workshops)


def book(session: Session, patient: Patient | None = None, **given: Any) -> Place:
    """Book as the patient would; a new patient by default."""
    defaults = {"request_id": uuid4(), "by": None, "now": NOW}
    return places.book(
        session=session,
        patient=patient or make_participant(session.workshop),
        **(defaults | given),
    )


def fill(session: Session) -> list[Place]:
    """Take every seat of a session, by new patients."""
    return [book(session) for _ in range(session.capacity)]


def wait(session: Session, patient: Patient | None = None, *, now: datetime = NOW) -> Wait:
    """Wait for a full session."""
    return waiting.wait_for_session(
        session=session, patient=patient or make_participant(session.workshop), by=None, now=now
    )


def wait_any(workshop: Workshop, patient: Patient | None = None, *, now: datetime = NOW) -> Wait:
    """Wait for any date of a workshop."""
    return waiting.wait_for_any_date(
        workshop=workshop, patient=patient or make_participant(workshop), by=None, now=now
    )


def book_whole(cycle: Cycle, patient: Patient | None = None, **given: Any) -> list[Place]:
    defaults = {"request_id": uuid4(), "by": None, "now": NOW}
    return cycles.book_cycle(
        cycle=cycle, patient=patient or make_participant(cycle.workshop), **(defaults | given)
    )


def make_draft(patient: Patient | None = None, *, by: User | None = None) -> Assessment:
    """An assessment begun by the action: its next version when the patient has one."""
    return assessments.start_assessment(
        patient=patient or make_patient(email=f"p{next(_number)}@example.org"),
        by=by or make_user(Role.COORDINATOR),
        now=NOW,
    )


def make_assessment(
    patient: Patient | None = None,
    *,
    aims: Sequence[assessments.Aim] = (assessments.Aim("Dormir", Theme.RELAXATION, 3),),
    by: User | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Assessment:
    """A closed assessment, through the actions."""
    by = by or make_user(Role.COORDINATOR)
    patient = patient or make_patient(email=f"p{next(_number)}@example.org")
    draft = assessments.start_assessment(patient=patient, by=by, now=now)
    Assessment.objects.filter(pk=draft.pk).update(
        **({"consent_on": timezone.localdate(now)} | fields)
    )
    assessments.save_objectives(assessment=draft, aims=aims, by=by, now=now)
    return assessments.close_assessment(assessment=draft, by=by, now=now)


def make_evaluation(assessment: Assessment, *, now: datetime = NOW, **fields: Any) -> Evaluation:
    """An evaluation of the day, without ratings by default."""
    defaults: dict[str, Any] = {
        "held_on": timezone.localdate(now),
        "summary": "Je bouge.",
        "ratings": {},
    }
    return evaluations.record_evaluation(
        assessment=assessment,
        findings=evaluations.Findings(**(defaults | fields)),
        by=make_user(Role.COORDINATOR),
        now=now,
    )


def attend(session: Session, patient: Patient, *, state: PlaceState | None = None) -> Place:
    """A place of the past as attendance leaves it."""
    return Place.objects.create(
        patient=patient,
        session=session,
        state=state or PlaceState.ATTENDED,
        seat=session.places.count() + 1,
        capacity=session.capacity,
        request_id=uuid4(),
        made_at=session.starts_at - timedelta(days=7),
    )
