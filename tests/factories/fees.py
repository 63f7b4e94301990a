"""Acts for tests, through the real actions."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from fees.actions.log import log_act
from fees.declaration import Declaration
from fees.enums import Kind
from fees.models import Act
from network.enums import LinkRole, Profession
from network.models import Patient, Professional, RcpAttendance, RcpFile, RcpMeeting, User
from tests.factories.network import make_link, make_professional

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
