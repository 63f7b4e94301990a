"""The portal's own acts as the directory that `price_acts` reads, without any name.

Patients by their code, professionals by a number that means nothing elsewhere. The acts that
stand (live, refused, waiting), in the order in which they were decided; no draft, nothing
cancelled or reversed. A file says neither what a person granted nor what held a slot before it
was cancelled: where there is none of these, `price_acts` gives the portal's own verdicts.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from fees.enums import Move, State
from fees.models import ActStep, TariffLine
from network.enums import LinkRole
from network.models import (
    AldPeriod,
    CareLink,
    FormerFollowUp,
    Patient,
    Professional,
    RcpAttendance,
    RcpFile,
)

LEFT_OUT = (State.DRAFT, State.CANCELLED, State.REVERSED)
YES_NO = {True: "yes", False: "no"}
CHUNK = 2000

Row = Iterable[object]


def export_contract(directory: Path) -> int:
    """Write the sheets into `directory`, made if it is missing; return the number of acts."""
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / "tariffs.csv", TARIFFS, _tariffs())
    _write(directory / "patients.csv", PATIENTS, _patients())
    _write(directory / "follow_ups.csv", PATIENTS, _former())
    _write(directory / "ald.csv", "patient;kind;from;to", _ald())
    _write(directory / "professionals.csv", PROFESSIONALS, _professionals())
    _write(directory / "treating.csv", "patient;professional;from;to", _treating())
    _write(directory / "rcp.csv", "rcp;patient;held_on;minutes_signed_on;plan_revised_on", _rcp())
    _write(directory / "attendance.csv", "rcp;professional", _attendance())
    return _write(directory / "acts.csv", ACTS, _acts())


PATIENTS = "patient;included_on;left_on;renewed_to"
TARIFFS = "kind;amount;limit;limit_ald;valid_from;valid_to;decision"
PROFESSIONALS = "professional;profession;agreement_from;agreement_to;employee"
ACTS = "act;entered_at;patient;professional;kind;done_on;rcp;msp_declared"


def _write(path: Path, header: str, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header.split(";"))
        for count, row in enumerate(rows, start=1):  # noqa: B007
            writer.writerow(row)
    return count


def professional_code(pk: int) -> str:
    return f"S{pk}"


def rcp_code(file: int) -> str:
    """A meeting of one file each: attendance is recorded by file."""
    return f"R{file}"


def _tariffs() -> Iterator[Row]:
    columns = ("kind", "amount", "limit", "limit_ald", "valid_from", "valid_to", "decision")
    yield from TariffLine.objects.order_by("kind", "valid_from").values_list(*columns)


def _patients() -> Iterator[Row]:
    rows = Patient.objects.order_by("pk").values_list(
        "code", "included_on", "left_on", "renewed_to"
    )
    yield from rows.iterator(CHUNK)


def _former() -> Iterator[Row]:
    """What a patient included again had before; patients.csv holds the present follow-up."""
    rows = FormerFollowUp.objects.order_by("pk").values_list(
        "patient__code", "included_on", "left_on", "renewed_to"
    )
    yield from rows.iterator(CHUNK)


def _ald() -> Iterator[Row]:
    rows = AldPeriod.objects.order_by("pk")
    yield from rows.values_list("patient__code", "kind", "starts_on", "ends_on").iterator(CHUNK)


def _professionals() -> Iterator[Row]:
    columns = ("pk", "profession", "agreement_from", "agreement_to", "employee")
    for pk, *dates, employee in Professional.objects.order_by("pk").values_list(*columns):
        yield professional_code(pk), *dates, YES_NO[employee]


def _treating() -> Iterator[Row]:
    links = CareLink.objects.filter(role=LinkRole.TREATING_DOCTOR).order_by("pk")
    rows = links.values_list("patient__code", "professional_id", "starts_on", "ends_on")
    for code, professional, first, last in rows.iterator(CHUNK):
        yield code, professional_code(professional), first, last


def _rcp() -> Iterator[Row]:
    columns = ("pk", "patient__code", "meeting__held_on", "minutes_signed_on", "plan_revised_on")
    for pk, *cells in RcpFile.objects.order_by("pk").values_list(*columns).iterator(CHUNK):
        yield rcp_code(pk), *cells


def _attendance() -> Iterator[Row]:
    rows = RcpAttendance.objects.order_by("pk").values_list("file_id", "professional_id")
    for file, professional in rows.iterator(CHUNK):
        yield rcp_code(file), professional_code(professional)


def _acts() -> Iterator[Row]:
    """In the order of their decisions, which the patient's lock makes that of their first steps.

    Two requests at the same instant may be decided in the other order than they came; an hour
    comes twice in October: the time of entry never goes back within a patient.
    """
    last: dict[int, datetime] = {}
    steps = ActStep.objects.filter(move=Move.LOGGED).exclude(act__state__in=LEFT_OUT)
    columns = (
        "act_id",
        "act__entered_at",
        "act__patient_id",
        "act__patient__code",
        "act__professional_id",
        "act__kind",
        "act__done_on",
        "act__rcp_file_id",
        "act__msp_declared",
    )
    rows = steps.order_by("pk").values_list(*columns).iterator(CHUNK)
    for pk, entered_at, patient, code, professional, kind, done_on, file, msp in rows:
        local = timezone.make_naive(entered_at)
        last[patient] = max(local, last.get(patient, local))
        yield (
            f"A{pk}",
            _moment(last[patient]),
            code,
            professional_code(professional),
            kind,
            _day(done_on),
            rcp_code(file) if file else "",
            YES_NO[msp],
        )


def _moment(local: datetime) -> str:
    return local.isoformat()


def _day(day: date) -> str:
    return day.isoformat()
