"""Letters of answer on the patient's page and in the own file."""

from django.http import HttpRequest

from network.access import Perm
from network.models import Patient, RequestLetter
from portal.kit import clock
from portal.kit.panels import Filled, panel


@panel("patient", name="request_letters", order=90, perm=Perm.SEE_PATIENT)
def request_letters(request: HttpRequest, patient: Patient) -> Filled | None:
    return _letters(request, patient)


@panel("own_file", name="request_letters", order=90, perm=Perm.SEE_OWN_FILE)
def own_letters(request: HttpRequest, patient: Patient) -> Filled | None:
    return _letters(request, patient)


def _letters(request: HttpRequest, patient: Patient) -> Filled | None:
    """The letters about this patient that the reader may open."""
    letters = RequestLetter.objects.visible_to(request.user, clock.today()).filter(patient=patient)
    found = list(letters)
    return Filled("network/panels/letters.html", {"letters": found}) if found else None
