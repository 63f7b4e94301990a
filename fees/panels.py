"""What the fee room adds to a patient's page: the caps, for those who follow the patient."""

from django.http import HttpRequest

from fees import rules
from fees.access import Perm
from fees.selectors.caps import meters_of
from network.enums import Profession
from network.models import Patient
from portal.kit import clock
from portal.kit.panels import Filled, panel


@panel("patient", name="caps", order=20, perm=Perm.SEE_CAPS)
def caps(request: HttpRequest, patient: Patient) -> Filled:
    reader = getattr(request.user, "professional", None)
    followed = patient.included_on is not None
    meters = meters_of(patient, on=clock.today(), reader=reader) if followed else []
    trade = Profession(reader.profession) if reader else None
    own = next((meter for meter in meters if trade in rules.PAYEES[meter.kind]), None)
    shown = {"own": own, "others": [each for each in meters if each is not own]}
    return Filled("fees/panels/caps.html", {"meters": meters, "patient": patient} | shown)
