"""What patient education adds to a patient's page and to the pathway: assessment, dates."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from etp.access import Perm
from etp.selectors.education import education_of
from etp.selectors.timeline import assessments, places
from network.models import Patient, User
from portal.kit import clock
from portal.kit.panels import Filled, panel
from portal.kit.timeline import Event, events


@panel("patient", name="education", order=30, perm=Perm.SEE_EDUCATION)
def education(request: HttpRequest, patient: Patient) -> Filled | None:
    may_assess = request.user.has_perm(Perm.ASSESS, patient)
    found = education_of(patient, now=clock.now())
    if found.is_empty and not may_assess:
        return None
    context = {
        "patient": patient,
        "education": found,
        "may_assess": may_assess,
        "href": reverse("etp:assessment", args=[patient.code]),
    }
    return Filled("etp/panels/education.html", context)


@events("patient", perm=Perm.SEE_EDUCATION)
def pathway(user: User, patient: Patient, today: date) -> Iterator[Event]:
    yield from assessments(patient)
    yield from places(patient)


@events("own_file", perm=Perm.BOOK)
def own_pathway(user: User, patient: Patient, today: date) -> Iterator[Event]:
    """Assessments without their number, workshops come to or still to come."""
    yield from assessments(patient, plain=True)
    yield from places(patient, plain=True)
