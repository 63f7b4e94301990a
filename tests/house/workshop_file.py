"""The workshops in a patient's file: an assessment with its letter, a session, a place."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from etp.actions.evaluations import prepare_letter
from network.models import Patient, Professional
from portal.kit import clock
from tests.factories.etp import (
    book,
    make_assessment,
    make_evaluation,
    make_facilitator,
    make_session,
    make_workshop,
    open_to,
)


def workshop_addresses(patient: Patient, gives: Professional | None) -> dict[str, str]:
    """Every page and document on the patient's workshops, given by that professional."""
    now, code = clock.now(), patient.code
    sheet = make_assessment(patient, now=now)
    evaluation = make_evaluation(sheet, now=now)
    prepare_letter(evaluation=evaluation, by=evaluation.led_by, now=now)
    workshop = make_workshop()
    open_to(patient, workshop, by=sheet.led_by)
    facilitator = make_facilitator(professional=gives)
    session = make_session(workshop, facilitator=facilitator, starts_at=now + timedelta(days=5))
    place = book(session, patient, now=now)
    version: list[Any] = [code, sheet.number]
    named: dict[str, tuple[str, list[Any]]] = {
        "assessment": ("assessment", [code]),
        "closed": ("assessment_version", version),
        "evaluated": ("evaluation", version),
        "report": ("evaluation_letter_file", version),
        "session": ("session", [session.pk]),
        "my_session": ("my_session", [session.pk]),
        "own_place": ("booked", [place.uid]),
        "own_dates": ("download", [place.uid]),
        "own_opinion": ("satisfaction", [evaluation.pk]),
    }
    found = {short: reverse(f"etp:{name}", args=args) for short, (name, args) in named.items()}
    own = {
        "own_workshops": reverse("etp:mine"),
        "own_workshop": reverse("etp:workshop", args=[workshop.pk]),
        "own_objectives": reverse("etp:objectives"),
    }
    return found | {short: f"{address}?pour={code}" for short, address in own.items()}
