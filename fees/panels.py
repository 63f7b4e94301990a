"""What the fee room adds: a patient's caps and counts, the payment quorum of a review."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest

from fees import rules
from fees.access import Perm
from fees.models import PolicyVersion
from fees.selectors.caps import meters_of
from fees.selectors.timeline import acts_by_month
from network.enums import Profession
from network.models import Patient, RcpFile, User
from network.rules.proofs import Attendee, count_professionals
from portal.kit import clock
from portal.kit.panels import Filled, panel
from portal.kit.timeline import Event, events


@panel("patient", name="caps", order=20, perm=Perm.SEE_CAPS)
def caps(request: HttpRequest, patient: Patient) -> Filled:
    reader = getattr(request.user, "professional", None)
    followed = patient.included_on is not None
    meters = meters_of(patient, on=clock.today(), reader=reader) if followed else []
    trade = Profession(reader.profession) if reader else None
    own = next((meter for meter in meters if trade in rules.PAYEES[meter.kind]), None)
    shown = {"own": own, "others": [each for each in meters if each is not own]}
    return Filled("fees/panels/caps.html", {"meters": meters, "patient": patient} | shown)


@panel("rcp_file", name="payment_quorum", order=10, perm=Perm.SEE_CAPS)
def payment_quorum(request: HttpRequest, file: RcpFile) -> Filled | None:
    """How many must be present for a payment: the fee table's own quorum, not the discussion's."""
    policy = PolicyVersion.objects.in_force(file.held_on).order_by("-valid_from").first()
    if policy is None:
        return None
    present = count_professionals(
        (
            Attendee(each.pk, Profession(each.profession), each.employee)
            for each in file.attendees.all()
        ),
        exclude_employees=policy.exclude_employees,
    )
    return Filled("fees/panels/payment_quorum.html", {"policy": policy, "present": present})


@events("patient", perm=Perm.SEE_CAPS)
def pathway(user: User, patient: Patient, today: date) -> Iterator[Event]:
    """How many acts a month, not whose; the patient is told no fee act."""
    return acts_by_month(patient)
