"""The directory of sheets that an accountant gives to `price_acts`, read and checked.

Whatever is malformed raises portal.kit.sheets.SheetError, which names file, line and column.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fees.enums import Kind
from fees.rules import Coverage, RcpFile, Tariff, under_ald
from fees.tariffs import DEFAULT_SCHEDULE, read_tariffs
from network.enums import AldKind, Profession
from network.rules.follow_up import FollowUp, comes_before, follow_up_on
from network.rules.proofs import Attendee
from portal.kit.dates import covers
from portal.kit.sheets import (
    Columns,
    Reader,
    SheetError,
    day,
    filled,
    moment,
    one_of,
    optional,
    read_sheet,
    text,
    unique,
)

_coverage = lru_cache(maxsize=65536)(Coverage)

YES_NO = {"yes": True, "no": False, "": False}


# Records are compared by identity: two lines are two patients, and hashing stays cheap.
@dataclass(frozen=True, slots=True, eq=False)
class Patient:
    """One line of patients.csv, with its ALD periods and its recorded treating doctors.

    Both ends of each period are inside; no end = open. `former`: the lines of follow_ups.csv.
    """

    follow_up: FollowUp
    ald: list[tuple[AldKind, date, date | None]] = field(default_factory=list)
    treating: list[tuple["Professional", date, date | None]] = field(default_factory=list)
    former: list[FollowUp] = field(default_factory=list)

    def follow_up_on(self, day: date) -> FollowUp:
        return follow_up_on(day, self.follow_up, self.former) if self.former else self.follow_up

    def coverage_on(self, day: date) -> Coverage:
        ald = bool(self.ald) and under_ald(self.ald, day)
        return _coverage(self.follow_up_on(day), ald)

    def is_treated_by(self, professional: "Professional", day: date) -> bool:
        """Whether the professional is the recorded treating doctor on that day."""
        return any(
            doctor is professional and covers(first, last, day)
            for doctor, first, last in self.treating
        )


@dataclass(frozen=True, slots=True, eq=False)
class Professional:
    """One line of professionals.csv."""

    code: str
    profession: Profession
    agreement_from: date | None
    agreement_to: date | None
    employee: bool


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """One identifier of rcp.csv: the patient files discussed under it."""

    files: dict[Patient, RcpFile] = field(default_factory=dict)

    def owner_claimed_by(self, patient: Patient) -> Patient | None:
        """Whose file an act for `patient` claims.

        A meeting of one file can only mean that one, were it another patient's; of several, the
        patient's own, if any.
        """
        if len(self.files) == 1:
            return next(iter(self.files))
        return patient if patient in self.files else None


class Act(NamedTuple):
    """One line of acts.csv; `rcp` is None when the cell is empty or names no known meeting."""

    code: str
    entered_at: datetime
    patient: Patient
    professional: Professional
    kind: Kind
    done_on: date
    rcp: Meeting | None
    msp_declared: bool


@dataclass(frozen=True, slots=True)
class Backlog:
    """A directory that can be priced: its fee table, and its acts in the order of the file."""

    tariffs: tuple[Tariff, ...]
    acts: list[Act]


def read_backlog(directory: Path) -> Backlog:
    """Read and check every sheet of the directory; the default fee table where it has none."""
    own_tariffs = directory / "tariffs.csv"
    tariffs = read_tariffs(own_tariffs if own_tariffs.exists() else DEFAULT_SCHEDULE)
    patients = _read_patients(directory)
    professionals = _read_professionals(directory)
    known_patient = one_of(patients, "patient inconnu")
    known_professional = one_of(professionals, "professionnel inconnu")
    _add_former(directory, known_patient)
    _add_ald(directory, known_patient)
    _add_treating(directory, known_patient, known_professional)
    meetings = _read_meetings(directory, known_patient, known_professional)
    columns: Columns = {
        "act": unique("acte déjà présent :"),
        "entered_at": moment,
        "patient": known_patient,
        "professional": known_professional,
        "kind": one_of({kind.value: kind for kind in Kind}, "type d’acte inconnu"),
        "done_on": day,
        "rcp": meetings.get,
        "msp_declared": one_of(YES_NO, "« yes », « no » ou rien attendu, lu"),
    }
    acts = [Act(*values) for _, values in read_sheet(directory / "acts.csv", columns)]
    return Backlog(tariffs, acts)


def _read_patients(directory: Path) -> dict[str, Patient]:
    columns: Columns = {
        "patient": unique("patient déjà présent :"),
        "included_on": optional(day),
        "left_on": optional(day),
    }
    # a file of before renewals, or of who knows none, has no such column
    lines = read_sheet(directory / "patients.csv", columns, beside={"renewed_to": optional(day)})
    return {
        code: Patient(FollowUp(included_on, left_on, renewed_to))
        for _, (code, included_on, left_on, renewed_to) in lines
    }


def _add_former(directory: Path, known_patient: Reader[Patient]) -> None:
    """Follow-ups of before the one of patients.csv, of patients who were included again."""
    columns: Columns = {
        "patient": known_patient,
        "included_on": day,
        "left_on": day,
        "renewed_to": optional(day),
    }
    if not (path := directory / "follow_ups.csv").exists():
        return
    for line, (patient, included_on, left_on, renewed_to) in read_sheet(path, columns):
        found = FollowUp(included_on, left_on, renewed_to, former=True)
        if left_on < included_on:
            raise SheetError(path.name, "sortie avant l’inclusion.", line=line, column="left_on")
        if not comes_before(found, patient.follow_up, patient.former):
            problem = "ce suivi a des jours communs avec un autre du même patient, ou le suit."
            raise SheetError(path.name, problem, line=line, column="included_on")
        patient.former.append(found)


def _read_professionals(directory: Path) -> dict[str, Professional]:
    professions = {profession.value: profession for profession in Profession}
    columns: Columns = {
        "professional": unique("professionnel déjà présent :"),
        # An empty cell is an unknown profession, which no act pays.
        "profession": one_of(professions | {"": Profession.OTHER}, "profession inconnue"),
        "agreement_from": optional(day),
        "agreement_to": optional(day),
        "employee": one_of(YES_NO, "« yes », « no » ou rien attendu, lu"),
    }
    lines = read_sheet(directory / "professionals.csv", columns)
    professionals = (Professional(*values) for _, values in lines)
    return {professional.code: professional for professional in professionals}


def _add_ald(directory: Path, known_patient: Reader[Patient]) -> None:
    columns: Columns = {
        "patient": known_patient,
        "kind": one_of({kind.value: kind for kind in AldKind}, "type d’ALD inconnu"),
        "from": day,
        "to": optional(day),
    }
    if (path := directory / "ald.csv").exists():
        for _, (patient, kind, first, last) in read_sheet(path, columns):
            patient.ald.append((kind, first, last))


def _add_treating(
    directory: Path, known_patient: Reader[Patient], known_professional: Reader[Professional]
) -> None:
    columns: Columns = {
        "patient": known_patient,
        "professional": known_professional,
        "from": day,
        "to": optional(day),
    }
    if (path := directory / "treating.csv").exists():
        for _, (patient, professional, first, last) in read_sheet(path, columns):
            patient.treating.append((professional, first, last))


def _read_meetings(
    directory: Path, known_patient: Reader[Patient], known_professional: Reader[Professional]
) -> dict[str, Meeting]:
    attendees = _read_attendees(directory, known_professional)
    meetings: dict[str, Meeting] = {}
    columns: Columns = {
        "rcp": filled,
        "patient": known_patient,
        "held_on": day,
        "minutes_signed_on": optional(day),
        "plan_revised_on": optional(day),
    }
    if (path := directory / "rcp.csv").exists():
        for line, (code, patient, held_on, minutes, plan) in read_sheet(path, columns):
            files = meetings.setdefault(code, Meeting()).files
            if patient in files:
                problem = f"le dossier de ce patient est déjà présent pour la RCP « {code} »."
                raise SheetError(path.name, problem, line=line, column="patient")
            files[patient] = RcpFile(held_on, minutes, plan, tuple(attendees.get(code, ())))
    return meetings


def _read_attendees(
    directory: Path, known_professional: Reader[Professional]
) -> dict[str, list[Attendee]]:
    attendees: dict[str, list[Attendee]] = {}
    columns: Columns = {"rcp": text, "professional": known_professional}
    if (path := directory / "attendance.csv").exists():
        for _, (code, professional) in read_sheet(path, columns):
            attendees.setdefault(code, []).append(
                Attendee(professional.code, professional.profession, professional.employee)
            )
    return attendees
