"""The sheets of `data/`, as plain values."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

from portal.kit.sheets import read_sheet, text

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: every column is a text, empty = none."""

    sheet: ClassVar[str]

    @classmethod
    def all(cls) -> "Iterator[Any]":
        columns = {field.name: text for field in fields(cls)}
        for _, values in read_sheet(DATA / cls.sheet, columns):
            yield cls(*values)


@dataclass(frozen=True, slots=True)
class StaffLine(Line):
    sheet: ClassVar[str] = "staff.csv"
    person: str
    first_name: str
    last_name: str
    role: str
    joined: str


@dataclass(frozen=True, slots=True)
class ProfessionalLine(Line):
    """`number`: rank in the RPPS series; `account`: bank account number."""

    sheet: ClassVar[str] = "professionals.csv"
    professional: str
    title: str
    first_name: str
    last_name: str
    profession: str
    speciality: str
    number: str
    practice: str
    postcode: str
    city: str
    phone: str
    joined: str
    agreement_from: str
    agreement_to: str
    rpps_found: str
    account: str


@dataclass(frozen=True, slots=True)
class PatientLine(Line):
    """`left`: day of the exit, or of the decision to turn the request away."""

    sheet: ClassVar[str] = "patients.csv"
    patient: str
    code: str
    birth_name: str
    used_name: str
    first_names: str
    sex: str
    birth_date: str
    birthplace: str
    email: str
    phone: str
    postcode: str
    city: str
    syndrome: str
    work_status: str
    outcome: str
    requested: str
    completed: str
    included: str
    left: str
    reason: str
    doctor: str
    team: str


@dataclass(frozen=True, slots=True)
class ReferralLine(Line):
    """A request written by the treating doctor. `piece`: title of a joined document; `asked`: when
    coordination asked for what is `missing`; `addresses`: where the request was redirected."""

    sheet: ClassVar[str] = "referrals.csv"
    patient: str
    question: str
    history: str
    tried: str
    treatments: str
    psychosocial: str
    fast_track: str
    cover: str
    sick_leave: str
    representative: str
    contact: str
    piece: str
    asked: str
    missing: str
    addresses: str


@dataclass(frozen=True, slots=True)
class RepresentativeLine(Line):
    sheet: ClassVar[str] = "representatives.csv"
    patient: str
    first_name: str
    last_name: str
    relation: str


@dataclass(frozen=True, slots=True)
class AldLine(Line):
    sheet: ClassVar[str] = "ald.csv"
    patient: str
    kind: str
    starts: str
    ends: str
    proof: str


@dataclass(frozen=True, slots=True)
class StructureLine(Line):
    """Codes are separated by `|`; `wait`: weeks, as known on `measured`."""

    sheet: ClassVar[str] = "structures.csv"
    name: str
    kind: str
    department: str
    parent: str
    hospital: str
    address: str
    postcode: str
    city: str
    latitude: str
    longitude: str
    finess: str
    contract: str
    label_from: str
    label_to: str
    populations: str
    specialities: str
    techniques: str
    fast_tracks: str
    catchment: str
    tele: str
    second: str
    phone: str
    professional_phone: str
    email: str
    documents: str
    wait: str
    source: str
    measured: str
    verified: str


@dataclass(frozen=True, slots=True)
class ResourceLine(Line):
    sheet: ClassVar[str] = "resources.csv"
    name: str
    needs: str
    what: str
    how: str
    words: str
    departments: str
    audience: str
    phone: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class MeetingLine(Line):
    sheet: ClassVar[str] = "rcp_meetings.csv"
    meeting: str
    held_on: str
    place: str
    chair: str


@dataclass(frozen=True, slots=True)
class FileLine(Line):
    """`claims`: who notes the presence, `=reason` where the rules refuse; `entered`: when.

    `work`: « then>six months later »; `shared`: the patient agreed that the meeting reads.
    """

    sheet: ClassVar[str] = "rcp_files.csv"
    meeting: str
    patient: str
    attendees: str
    minutes: str
    plan: str
    claims: str
    entered: str
    question: str
    signatory: str
    work: str
    shared: str


@dataclass(frozen=True, slots=True)
class ProposalLine(Line):
    """`owner`: empty = the coordination; `outcome`: empty = still to do."""

    sheet: ClassVar[str] = "rcp_proposals.csv"
    meeting: str
    patient: str
    kind: str
    detail: str
    owner: str
    due: str
    outcome: str
    closed: str
    why: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.meeting, self.patient, self.kind, self.due


@dataclass(frozen=True, slots=True)
class ActLine(Line):
    """`count` acts from `first` to `last`. `expected`: empty = accepted, `draft`, `to_arbitrate`
    or the reason of the refusal; `entered`: when it is noted, empty = the evening of the act."""

    sheet: ClassVar[str] = "acts.csv"
    patient: str
    professional: str
    kind: str
    count: str
    first: str
    last: str
    expected: str
    entered: str
    msp: str


@dataclass(frozen=True, slots=True)
class CourseLine(Line):
    """How many accepted acts of a kind are paid, then validated; the rest stay submitted."""

    sheet: ClassVar[str] = "course.csv"
    kind: str
    paid: str
    validated: str


@dataclass(frozen=True, slots=True)
class PaymentLine(Line):
    """One round of control, and of payment where there was one."""

    sheet: ClassVar[str] = "payments.csv"
    validated: str
    batched: str
    paid: str


@dataclass(frozen=True, slots=True)
class AssessmentLine(Line):
    """`needs`: themes; `objectives`: « theme:start:words » with a bar between them."""

    sheet: ClassVar[str] = "assessments.csv"
    patient: str
    held: str
    needs: str
    daily_life: str
    skills: str
    brakes: str
    mode: str
    availability: str
    objectives: str


@dataclass(frozen=True, slots=True)
class BookingLine(Line):
    """`outcome`: attended, absent, cancelled, coming, or waiting for a full session."""

    sheet: ClassVar[str] = "bookings.csv"
    session: str
    patient: str
    made: str
    outcome: str


def table(name: str) -> list[dict[str, Any]]:
    """The entries of a TOML file that holds one list of tables."""
    (entries,) = document(name).values()
    return list(entries)


def document(name: str) -> dict[str, Any]:
    """A TOML file as it is."""
    return tomllib.loads((DATA / name).read_text("utf-8"))
