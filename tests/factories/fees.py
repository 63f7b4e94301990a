"""Acts for tests, through the real actions."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone
from stdnum import iban

from fees.actions.bank_answers import execute
from fees.actions.batches import prepare_batch, sign_batch
from fees.actions.claims import ask_again, send_claim
from fees.actions.log import log_act
from fees.actions.validation import validate_act
from fees.declaration import Declaration
from fees.enums import CLAIMED, Kind, LineState
from fees.gateways.sepa import SepaGateway
from fees.models import Act, Batch
from fees.selectors.payments import changes_of
from fees.transfers import next_bank_day
from network.enums import BankState, LinkRole, Profession, Role
from network.models import (
    BankDetails,
    Patient,
    Professional,
    RcpAttendance,
    RcpFile,
    RcpMeeting,
    User,
)
from portal.kit import sepa
from tests.factories.network import LONG_AGO, make_link, make_professional, make_user

PARIS = ZoneInfo("Europe/Paris")


def at(day: date, hour: int = 18) -> datetime:
    """An instant of that day in Paris."""
    return datetime.combine(day, time(hour), PARIS)


def account(professional: Professional) -> User:
    assert professional.user is not None
    return professional.user


def declare(
    patient: Patient,
    professional: Professional,
    kind: Kind,
    done_on: date,
    *,
    rcp_file: RcpFile | None = None,
    msp_declared: bool = True,
) -> dict[str, Any]:
    """A fresh request: `log_act(**declare(…), by=…, now=…)`."""
    declared = Declaration(
        patient=patient,
        professional=professional,
        kind=kind,
        done_on=done_on,
        rcp_file=rcp_file,
        msp_declared=msp_declared,
    )
    return {"request_id": uuid4(), "declared": declared}


def log(
    patient: Patient,
    professional: Professional,
    kind: Kind,
    done_on: date,
    *,
    now: datetime | None = None,
    rcp_file: RcpFile | None = None,
    msp_declared: bool = True,
) -> Act:
    """Note an act on the evening of its day, unless told otherwise."""
    request = declare(
        patient, professional, kind, done_on, rcp_file=rcp_file, msp_declared=msp_declared
    )
    return log_act(**request, by=account(professional), now=now or at(done_on))


def physio_days(count: int, first: date = date(2026, 2, 2)) -> list[date]:
    """Different days, a week apart."""
    return [first + timedelta(weeks=week) for week in range(count)]


def make_rcp_file(
    patient: Patient,
    *,
    held_on: date = date(2026, 3, 10),
    minutes: date | None = date(2026, 3, 12),
    plan: date | None = date(2026, 3, 20),
    attendees: tuple[Professional, ...] = (),
) -> RcpFile:
    """A file discussed, with all its proofs unless told otherwise."""
    file = RcpFile.objects.create(
        meeting=RcpMeeting.objects.create(held_on=held_on),
        patient=patient,
        minutes_signed_on=minutes,
        plan_revised_on=plan,
    )
    RcpAttendance.objects.bulk_create(
        RcpAttendance(file=file, professional=each) for each in attendees
    )
    return file


def make_treating_doctor(patient: Patient) -> Professional:
    doctor = make_professional(profession=Profession.DOCTOR, title="Dr")
    make_link(patient=patient, professional=doctor, role=LinkRole.TREATING_DOCTOR)
    return doctor


def make_account(professional: Professional, number: int | None = None) -> BankDetails:
    """A confirmed bank account, valid keys included."""
    number = number if number is not None else professional.pk
    number_iban = make_iban(number)
    return BankDetails.objects.create(
        professional=professional,
        holder=sepa.text(str(professional)),
        iban=number_iban,
        last4=number_iban[-4:],
        state=BankState.CONFIRMED,
        proposed_at=LONG_AGO,
        proposed_by=make_user(Role.ACCOUNTANT),
        decided_at=LONG_AGO,
        decided_by=make_user(Role.ACCOUNTANT),
        note="Rappel fait.",
    )


def make_iban(number: int) -> str:
    """A well-formed account of the fictitious bank 99999."""
    body = f"9999900001{number:011d}"
    body += f"{97 - int(body + '00') % 97:02d}"
    return f"FR{iban.calc_check_digits('FR00' + body)}{body}"


def sign(now: datetime, *, execute_on: date | None = None) -> Batch:
    """Prepare and sign a batch of all that is validated, by two people; who must be is called."""
    day = execute_on or next_bank_day(timezone.localdate(now))
    batch = prepare_batch(execute_on=day, by=make_user(Role.ACCOUNTANT), now=now)
    calls = {each.pk: "Rappel fait." for each in changes_of(batch, now=now)}
    by = make_user(Role.ACCOUNTANT)
    return sign_batch(batch=batch, gateway=SepaGateway(), by=by, now=now, calls=calls)


def claim(*acts: Act, now: datetime) -> None:
    """Their professionals ask for the payment of the months of these acts, again if need be."""
    for act in acts:
        returned = act.claim_lines.filter(state=LineState.RETURNED).last()
        if act.claim_lines.filter(state__in=CLAIMED).exists():
            continue
        if returned:
            by = account(act.professional)
            ask_again(line=returned, note="Exact", request_id=uuid4(), by=by, now=now)
        else:
            send_claim(
                professional=act.professional,
                month=act.done_on,
                request_id=uuid4(),
                by=account(act.professional),
                now=now,
            )


def validate(act: Act, *, by: User, now: datetime) -> Act:
    """Claimed by its professional, then validated."""
    claim(act, now=now)
    return validate_act(act=act, by=by, now=now)


def pay(*acts: Act, now: datetime) -> Batch:
    """Validate these acts and pay all that is validated."""
    by = make_user(Role.ACCOUNTANT)
    for act in acts:
        validate(act, by=by, now=now)
        if not act.professional.bank_details.exists():
            make_account(act.professional)
    batch = sign(now)
    for transfer in batch.transfers.all():
        execute(transfer=transfer, by=by, now=now)
    return batch
