"""The whole pathway on one page: for the professional, and a simpler one for the patient."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.patients import note_readings
from network.models import Patient
from network.selectors import care
from network.selectors.patients import standing
from network.views.own_plan import own_or_404
from network.views.pages import SignedIn
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.timeline import Event, gathered
from portal.kit.words import plain_day


@allowed(Perm.SEE_PATIENTS)
def pathway(request: SignedIn, code: str) -> HttpResponse:
    patient, today = patient_or_404(request, code), clock.today()
    _note(request, patient)
    told = gathered("patient", request.user, patient, today)
    context = _context(patient, told, today) | {"team": care.team(patient, today)}
    return render(request, "network/timeline/patient.html", context)


@allowed(Perm.SEE_OWN_FILE)
def own_pathway(request: SignedIn, code: str) -> HttpResponse:
    patient, today = own_or_404(request, code), clock.today()
    _note(request, patient)
    told = gathered("own_file", request.user, patient, today)
    context = _context(patient, told, today) | {"own": patient.user_id == request.user.pk}
    return render(request, "network/timeline/own.html", context)


def _note(request: SignedIn, patient: Patient) -> None:
    note_readings(verb="pathway.read", patients=[patient], by=request.user, now=clock.now())


def _context(patient: Patient, told: Sequence[Event], today: date) -> dict[str, Any]:
    place = standing(patient, today)
    here = {
        "when": _("Aujourd’hui, %(day)s") % {"day": plain_day(today)},
        "title": _("Suivi en cours") if place.running else patient.get_state_display().capitalize(),
        "state": "now",
    }
    past = [_item(each, "done") for each in told if each.on <= today]
    coming = [_item(each, "next") for each in told if each.on > today]
    return {"patient": patient, "standing": place, "items": [*past, here, *coming]}


def _item(event: Event, state: str) -> dict[str, Any]:
    return {
        "when": plain_day(event.on),
        "title": event.title,
        "note": event.note,
        "href": event.href,
        "state": state,
    }
