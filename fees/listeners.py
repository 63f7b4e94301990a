"""What the fee room does when a fact of care changes: decide again what waits."""

from fees.actions.claim_mails import tell_returned
from fees.actions.waiting import redecide_waiting_of
from fees.events import LineReturned
from fees.models import Act
from network import events
from portal.kit import clock
from portal.kit.events import listens_to

type PatientChanged = (
    events.AldChanged
    | events.FollowUpChanged
    | events.TreatingDoctorChanged
    | events.RcpFileChanged
)


def patient_changed(event: PatientChanged) -> None:
    redecide_waiting_of(patient_id=event.patient_id, now=clock.now())


listens_to(events.AldChanged)(patient_changed)
listens_to(events.FollowUpChanged)(patient_changed)
listens_to(events.TreatingDoctorChanged)(patient_changed)
listens_to(events.RcpFileChanged)(patient_changed)


@listens_to(events.AgreementChanged)
def agreement_changed(event: events.AgreementChanged) -> None:
    waiting = Act.objects.waiting().filter(professional=event.professional_id)
    for patient_id in waiting.order_by().values_list("patient", flat=True).distinct():
        redecide_waiting_of(patient_id=patient_id, now=clock.now())


@listens_to(LineReturned)
def line_returned(event: LineReturned) -> None:
    tell_returned(professional_id=event.professional_id, at=event.at, now=clock.now())
