"""Patients' files: requests, inclusions, teams, long-term conditions, exits, who reads them."""

from datetime import date, datetime
from functools import partial

from allauth.account.models import EmailAddress

from home.demo_data.calendar import at
from home.demo_data.identifiers import mailbox
from home.demo_data.people import CHILDREN_COORDINATOR, COORDINATOR, open_to_patient
from home.demo_data.requests import accept, ask_for_piece, refer, referrals
from home.demo_data.requests import turn_away as turn_referred_away
from home.demo_data.sheets import AldLine, PatientLine, RepresentativeLine
from home.demo_data.story import Story
from network.actions.care import Ald, add_to_team, end_ald, record_ald, set_treating_doctor
from network.actions.patients import Identity, include, leave, note_reading, register_patient
from network.actions.patients import turn_away as turn_request_away
from network.actions.roles import grant_role
from network.enums import AldKind, PathwayState, Role, Sex
from network.models import AldPeriod, Patient, Representative, User

OPENED_TO = "ambrelin"
"""The patient who has an account."""
READERS = (("cadrevent", "J-4"), ("quillandre", "J-3"), ("fontelune", "J-3"), ("solvaye", "J-26"))
"""Who has opened that patient's file lately."""


def plan_files(story: Story) -> None:
    alds = {line.patient: line for line in AldLine.all()}
    for line in PatientLine.all():
        Course(story, line).plan()
        if line.patient in alds:
            _plan_ald(story, line, alds[line.patient])
    for representative in RepresentativeLine.all():
        _plan_representative(story, representative)
    for reader, when in READERS:
        story.then(at(story.calendar.day(when), 11, 20), partial(_read, story, reader))


def _read(story: Story, reader: str, now: datetime) -> None:
    note_reading(patient=story.patients[OPENED_TO], by=story.users[reader], now=now)


class Course:
    """One patient's way through the network."""

    def __init__(self, story: Story, line: PatientLine) -> None:
        self.story, self.line = story, line
        day = story.calendar.day
        self.born = day(line.birth_date)
        self.requested = day(line.requested)
        self.completed = day(line.completed) if line.completed else None
        self.said = referrals().get(line.patient)
        self.opened = self.completed if self.completed and not self.said else self.requested

    @property
    def by(self) -> User:
        grown = (self.opened - self.born).days >= 18 * 365.25
        return self.story.users[COORDINATOR if grown else CHILDREN_COORDINATOR]

    @property
    def patient(self) -> Patient:
        return self.story.patients[self.line.patient]

    def plan(self) -> None:
        then, day, line = self.story.then, self.story.calendar.day, self.line
        then(at(self.opened, 10), self.open)
        if self.said and self.said.asked:
            then(at(day(self.said.asked), 15), self.ask)
        if line.included:
            then(at(day(line.included), 11), self.include)
        if line.left:
            then(at(day(line.left), 16), self.close)
        if line.patient == OPENED_TO:
            then(at(day(line.included), 15), self.open_account)

    def open(self, now: datetime) -> None:
        line = self.line
        identity = Identity(
            birth_name=line.birth_name,
            used_name=line.used_name,
            first_names=line.first_names,
            sex=Sex(line.sex),
            birth_date=self.born,
            birthplace=line.birthplace,
            email=line.email,
            phone=line.phone,
            postcode=line.postcode,
            city=line.city,
        )
        if self.said:
            self.story.patients[line.patient] = refer(self.story, line, self.said, identity, now)
            return
        patient = register_patient(
            identity=identity,
            requested_on=self.requested,
            completed_on=self.completed,
            by=self.by,
            now=now,
            code=line.code,
        )
        # no action owns these two for a request on paper
        patient.syndrome, patient.work_status = line.syndrome, line.work_status
        patient.save(update_fields=["syndrome", "work_status"])
        self.story.patients[line.patient] = patient
        set_treating_doctor(
            patient=patient,
            professional=self.story.professionals[line.doctor],
            on=self.requested,
            by=self.by,
            now=now,
        )

    def ask(self, now: datetime) -> None:
        assert self.said is not None  # noqa: S101
        ask_for_piece(self.patient, self.line, self.said, self.by, now)

    def include(self, now: datetime) -> None:
        if self.said:
            accept(self.patient, self.line, self.by, now)
        else:
            include(patient=self.patient, decided_on=now.date(), by=self.by, now=now)
        for name in self.line.team.split():
            add_to_team(
                patient=self.patient,
                professional=self.story.professionals[name],
                on=now.date(),
                by=self.by,
                now=now,
            )

    def close(self, now: datetime) -> None:
        reason = self.line.reason
        if self.line.outcome == PathwayState.ENDED:
            leave(patient=self.patient, left_on=now.date(), reason=reason, by=self.by, now=now)
            return
        if self.said:
            turn_referred_away(self.patient, self.line, self.said, self.by, now)
            return
        outcome = PathwayState(self.line.outcome)
        turn_request_away(patient=self.patient, outcome=outcome, reason=reason, by=self.by, now=now)

    def open_account(self, now: datetime) -> None:
        self.story.users[self.line.patient] = open_to_patient(self.story, self.patient, now)


def _plan_ald(story: Story, line: PatientLine, ald: AldLine) -> None:
    """Noted once the file is open and the condition has begun; ended on its last day."""
    course = Course(story, line)
    starts = story.calendar.day(ald.starts)
    noted = Ald(kind=AldKind(ald.kind), starts_on=starts, proof=ald.proof)
    story.then(at(max(starts, course.opened), 14), partial(_record_ald, course, noted))
    if ald.ends:
        last = story.calendar.day(ald.ends)
        story.then(at(last, 14), partial(_end_ald, course, last))


def _record_ald(course: Course, ald: Ald, now: datetime) -> None:
    record_ald(patient=course.patient, ald=ald, by=course.by, now=now)


def _end_ald(course: Course, last: date, now: datetime) -> None:
    period = AldPeriod.objects.get(patient=course.patient)
    end_ald(period=period, last_day=last, by=course.by, now=now)


def _plan_representative(story: Story, line: RepresentativeLine) -> None:
    minor = next(each for each in PatientLine.all() if each.patient == line.patient)
    included = story.calendar.day(minor.included)
    story.then(at(included, 17), partial(_open_to_parent, story, line))


def _open_to_parent(story: Story, line: RepresentativeLine, now: datetime) -> None:
    """A parent's account; no action opens one yet."""
    user = User.objects.create_user(
        mailbox(line.first_name, line.last_name),
        first_name=line.first_name,
        last_name=line.last_name,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    grant_role(user=user, role=Role.PATIENT, by=story.users[CHILDREN_COORDINATOR], now=now)
    patient = story.patients[line.patient]
    Representative.objects.create(patient=patient, user=user, relation=line.relation)
