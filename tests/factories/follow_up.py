"""Consultations and evaluations for tests, through the real actions."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from network.actions.consultations import open_slots
from network.actions.evaluations import Findings, save_evaluation
from network.actions.visits import book_visit
from network.enums import Direction, EvaluationKind, LinkRole, Profession, Role, SiteKind
from network.models import (
    ConsultationSite,
    ConsultationSlot,
    Evaluation,
    Patient,
    Professional,
    User,
    Visit,
)
from tests.factories.fees import account, at
from tests.factories.network import make_link, make_professional, make_user

NOW = at(date(2026, 6, 1), 9)
_number = count(1)


def make_site(**fields: Any) -> ConsultationSite:
    """A site of the network in Lille unless told otherwise."""
    defaults = {
        "name": f"Site {next(_number)}",
        "kind": SiteKind.OWN,
        "address": "1 rue du Fil",
        "postcode": "59000",
        "city": "Lille",
    }
    return ConsultationSite.objects.create(**(defaults | fields))


def make_doctor(**fields: Any) -> Professional:
    return make_professional(profession=Profession.DOCTOR, title="Dr", **fields)


def make_slot(
    *,
    site: ConsultationSite | None = None,
    doctor: Professional | None = None,
    starts_at: datetime = NOW + timedelta(days=10),
    by: User | None = None,
    now: datetime = NOW,
) -> ConsultationSlot:
    """One slot of an hour, ten days ahead unless told otherwise."""
    (slot,) = open_slots(
        site=site or make_site(),
        doctor=doctor or make_doctor(),
        starts=[starts_at],
        minutes=60,
        by=by or make_user(Role.COORDINATOR),
        now=now,
    )
    return slot


def make_visit(patient: Patient, *, now: datetime = NOW, **fields: Any) -> Visit:
    slot = make_slot(now=now, **fields)
    return book_visit(patient=patient, slot=slot, by=slot.opened_by, now=now)


def findings(held_on: date, **fields: Any) -> Findings:
    """What a doctor writes to sign, unless told otherwise."""
    defaults: dict[str, Any] = {
        "intensity": 7,
        "pain": "Lombalgie depuis 2019.",
        "repercussions": "Sommeil court.",
        "treatments": "Paracétamol.",
        "priorities": "Reprendre la marche.",
        "own_words": "Je n’ose plus bouger.",
        "orientations": {Direction.WORKSHOPS: "Bouger avec la douleur", Direction.RCP: ""},
    }
    return Findings(held_on=held_on, **(defaults | fields))


def follow(patient: Patient, doctor: Professional) -> Professional:
    make_link(patient=patient, professional=doctor, role=LinkRole.TEAM)
    return doctor


def make_evaluation(
    patient: Patient,
    doctor: Professional | None = None,
    *,
    held_on: date = date(2026, 3, 2),
    kind: EvaluationKind = EvaluationKind.CEO,
    sign: bool = True,
    now: datetime | None = None,
    **fields: Any,
) -> Evaluation:
    """A signed CEO by a doctor of the team, unless told otherwise."""
    writer = doctor or follow(patient, make_doctor())
    return save_evaluation(
        patient=patient,
        kind=kind,
        doctor=writer,
        findings=findings(held_on, **fields),
        sign=sign,
        by=account(writer),
        now=now or at(held_on, 18),
    )
