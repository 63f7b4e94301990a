"""What the fee room does when a fact changes: decide again what waits, check again what is claimed,
admit who waited for euros; tell who was paid, and draw what is checked after its payment."""

from django.utils import timezone

from fees.actions.admission import admit_held
from fees.actions.advice import tell_payee
from fees.actions.checking import check_lines
from fees.actions.claim_mails import tell_returned
from fees.actions.held_mails import tell_held, tell_released
from fees.actions.spot_checks import draw_checks
from fees.actions.waiting import redecide_waiting_of
from fees.events import (
    BankFileConfirmed,
    ClaimSent,
    ColumnsConfirmed,
    EnvelopeFreed,
    LineReturned,
    LinesHeld,
    LinesReleased,
    TransferExecuted,
)
from fees.models import Act, ClaimLine
from fees.tasks import import_bank_in_background, match_in_background
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
    check_lines(ClaimLine.objects.filter(act__patient=event.patient_id), now=clock.now())


listens_to(events.AldChanged)(patient_changed)
listens_to(events.FollowUpChanged)(patient_changed)
listens_to(events.TreatingDoctorChanged)(patient_changed)
listens_to(events.RcpFileChanged)(patient_changed)


@listens_to(events.AgreementChanged)
def agreement_changed(event: events.AgreementChanged) -> None:
    waiting = Act.objects.waiting().filter(professional=event.professional_id)
    for patient_id in waiting.order_by().values_list("patient", flat=True).distinct():
        redecide_waiting_of(patient_id=patient_id, now=clock.now())
    check_lines(ClaimLine.objects.filter(act__professional=event.professional_id), now=clock.now())


@listens_to(ClaimSent)
def claim_sent(event: ClaimSent) -> None:
    check_lines(ClaimLine.objects.filter(claim=event.claim_id), now=clock.now())


@listens_to(EnvelopeFreed)
def envelope_freed(event: EnvelopeFreed) -> None:
    admit_held(year=event.year, now=clock.now())


@listens_to(TransferExecuted)
def transfer_executed(event: TransferExecuted) -> None:
    tell_payee(transfer_id=event.transfer_id, executed_at=event.at, now=clock.now())
    draw_checks(transfer_id=event.transfer_id, now=clock.now())


@listens_to(LineReturned)
def line_returned(event: LineReturned) -> None:
    tell_returned(professional_id=event.professional_id, at=event.at, now=clock.now())


@listens_to(LinesHeld)
def lines_held(event: LinesHeld) -> None:
    on = timezone.localdate(event.at)
    tell_held(professional_id=event.professional_id, on=on, now=clock.now())


@listens_to(LinesReleased)
def lines_released(event: LinesReleased) -> None:
    on = timezone.localdate(event.at)
    tell_released(professional_id=event.professional_id, on=on, now=clock.now())


@listens_to(ColumnsConfirmed)
def columns_confirmed(event: ColumnsConfirmed) -> None:
    match_in_background.enqueue(event.file_id)


@listens_to(BankFileConfirmed)
def bank_file_confirmed(event: BankFileConfirmed) -> None:
    import_bank_in_background.enqueue(event.file_id)
