"""What patient education adds to a patient's page: the assessment, the dates, the next step."""

from django.http import HttpRequest
from django.urls import reverse

from etp.access import Perm
from etp.selectors.education import education_of
from network.models import Patient
from portal.kit import clock
from portal.kit.panels import Filled, panel


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
