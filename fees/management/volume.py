"""A national-size set: invented people and their acts, decided by the rules, written in bulk.

Acts are priced by `fees.pricing` batch by batch in their order of entry, then written with their
steps and journal lines through the models: every constraint of the database holds, and `verify`
finds nothing. The same on each run, but for its date.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import batched
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fees.course import state_after
from fees.enums import Decision, Kind, Move, State
from fees.models import Act, ActStep
from fees.pricing import backlog
from fees.pricing.fold import price
from fees.rules import Policy, RcpFile, Tariff, Verdict
from fees.selectors.dossiers import Dossiers, Schedule
from network.actions.pathway import steps_behind
from network.enums import AldKind, LinkRole, PathwayState, Profession, Sex
from network.models import (
    AldPeriod,
    CareLink,
    JournalEntry,
    PathwayStep,
    Patient,
    Professional,
    RcpAttendance,
    RcpMeeting,
)
from network.models import RcpFile as RcpFileRow
from network.rules.proofs import Attendee

from .volume_claims import claim_volume
from .volume_payments import pay_volume

PATIENTS, PROFESSIONALS = 12_000, 3_000
AT_ONCE = 250  # patients in one transaction
ROWS = 2_000  # in one statement
FOLLOW_UP = 455  # days: about fifteen months
SPAN = 1_100  # days between the first inclusion and the last
NAMES = ("Ardelet", "Brévane", "Corlieu", "Dormelle", "Estival", "Fauquières", "Gardanne", "Hautoy")
FIRST_NAMES = ("Lou", "Sacha", "Camille", "Noa", "Charlie", "Alix", "Eden", "Maé")
TEAM = (Profession.DOCTOR, Profession.PHYSIO, Profession.PSYCHOLOGIST, Profession.NURSE)
KINDS = {
    Profession.DOCTOR: (Kind.MED_BILAN, Kind.MED_REEVAL, Kind.MED_REEVAL),
    Profession.PHYSIO: (Kind.KINE_REMOB,),
    Profession.PSYCHOLOGIST: (Kind.PSY_SUIVI,),
}
WEIGHTS = {Profession.DOCTOR: 1, Profession.PHYSIO: 4, Profession.PSYCHOLOGIST: 3}
COURSE = (
    (Move.VALIDATED, State.VALIDATED),
    (Move.BATCHED, State.IN_BATCH),
    (Move.PAID, State.PAID),
)


@dataclass(slots=True)
class Cared:
    """A patient, the team around, and what was discussed of the case."""

    row: Patient
    record: backlog.Patient
    team: list[backlog.Professional]
    meetings: list[tuple[int, date, backlog.Meeting]] = field(default_factory=list)


def load_volume(*, acts: int, patients: int, until: date, tell: Callable[[int], object]) -> None:
    """Add the people, and `acts` acts entered before `until`; `tell` counts those written."""
    random = Random(20_060_401)  # noqa: S311 - invented data
    _add_professionals(random)
    writer = _Writer(random, until, Schedule())
    written = 0
    for numbers in batched(range(patients), AT_ONCE):
        with transaction.atomic():
            share = acts * (numbers[-1] + 1) // patients - written
            written += writer.write(list(numbers), share)
        tell(written)
    now = timezone.make_aware(datetime.combine(until, time(12)))
    claim_volume(on=until, now=now)
    pay_volume(on=until, now=now)


def _add_professionals(random: Random) -> None:
    Professional.objects.bulk_create(
        Professional(
            title="Dr" if number % 4 == 0 else "",
            first_name=random.choice(FIRST_NAMES),
            last_name=f"{random.choice(NAMES)}-{number}",
            profession=TEAM[number % 4],
            agreement_from=date(2020, 1, 1),
            employee=number % 50 == 49,
        )
        for number in range(PROFESSIONALS)
    )


class _Writer:
    def __init__(self, random: Random, until: date, schedule: Schedule) -> None:
        self.random, self.until = random, until
        self.tariffs = tuple(schedule.lines.values())
        self.line_of = {(line.kind, line.valid_from): pk for pk, line in schedule.lines.items()}
        self.line_on = cache(schedule.line_on)
        self.policy: Policy = schedule.policy_on(until)
        self.policy_id = next(pk for pk, each in schedule.policies.items() if each is self.policy)
        professionals = list(Dossiers().professionals.values())
        self.by_profession = {
            each: [person for person in professionals if person.profession is each] for each in TEAM
        }

    def write(self, numbers: list[int], share: int) -> int:
        """One batch of patients with their share of the acts; returns how many acts."""
        cared = self._add_patients(numbers)
        self._add_meetings(cared)
        files: dict[int, int | None] = {}
        acts = []
        for entry, (act, file) in enumerate(self._acts(cared, share)):
            acts.append(act._replace(code=str(entry)))
            files[entry] = file
        rows = {each.record: each.row for each in cared}
        acts.sort(key=lambda act: act.entered_at)
        verdicts = price(backlog.Backlog(self.tariffs, acts), self.policy)
        written = [
            self._row(act, verdict, rows[act.patient], files[int(act.code)])
            for act, verdict in zip(acts, verdicts, strict=True)
        ]
        Act.objects.bulk_create(written, batch_size=ROWS)
        ActStep.objects.bulk_create(self._steps(written), batch_size=ROWS)
        JournalEntry.objects.bulk_create(map(_journal, written), batch_size=ROWS)
        return len(written)

    # --- People

    def _add_patients(self, numbers: list[int]) -> list[Cared]:
        rows = Patient.objects.bulk_create(map(self._patient, numbers), batch_size=ROWS)
        steps = (step for row in rows for step in steps_behind(row))
        PathwayStep.objects.bulk_create(steps, batch_size=ROWS)
        cared = [
            Cared(
                row,
                backlog.Patient(row.follow_up),
                [self.random.choice(self.by_profession[each]) for each in TEAM],
            )
            for row in rows
        ]
        alds, links = [], []
        for each in cared:
            start = each.row.requested_on
            if self.random.random() < 0.35:
                kind, since = self.random.choice(list(AldKind)), start + timedelta(60)
                each.record.ald.append((kind, since, None))
                alds.append(AldPeriod(patient=each.row, kind=kind, starts_on=since))
            each.record.treating.append((each.team[0], start, None))
            for person in each.team:
                treats = person is each.team[0]
                role = LinkRole.TREATING_DOCTOR if treats else LinkRole.TEAM
                links.append(
                    CareLink(
                        patient=each.row,
                        professional_id=int(person.code),
                        role=role,
                        starts_on=start,
                    )
                )
        AldPeriod.objects.bulk_create(alds, batch_size=ROWS)
        CareLink.objects.bulk_create(links, batch_size=ROWS)
        return cared

    def _patient(self, number: int) -> Patient:
        included = self.until - timedelta(days=30 + self.random.randrange(SPAN))
        return Patient(
            code=f"V{number:06d}",
            birth_name=f"{self.random.choice(NAMES)}-{number}",
            first_names=self.random.choice(FIRST_NAMES),
            sex=self.random.choice(list(Sex)),
            birth_date=date(1940, 1, 1) + timedelta(days=self.random.randrange(27_000)),
            state=PathwayState.FOLLOWED,
            requested_on=included - timedelta(days=10),
            completed_on=included - timedelta(days=7),
            included_on=included,
        )

    def _add_meetings(self, cared: list[Cared]) -> None:
        """A dozen meetings for the batch; each patient is discussed at some, with all proofs."""
        days = [self.until - timedelta(days=20 + 90 * each) for each in range(12)]
        meetings = RcpMeeting.objects.bulk_create(RcpMeeting(held_on=day) for day in days)
        planned = [
            (each, meeting)
            for each in cared
            for meeting in meetings
            if each.row.included_on
            and 0 <= (meeting.held_on - each.row.included_on).days < FOLLOW_UP
        ]
        rows = RcpFileRow.objects.bulk_create(
            (
                RcpFileRow(
                    meeting=meeting,
                    patient=each.row,
                    minutes_signed_on=meeting.held_on + timedelta(5),
                    plan_revised_on=meeting.held_on + timedelta(9),
                )
                for each, meeting in planned
            ),
            batch_size=ROWS,
        )
        present = []
        for row, (each, meeting) in zip(rows, planned, strict=True):
            attendees = tuple(
                Attendee(person.code, person.profession, person.employee) for person in each.team
            )
            proofs = RcpFile(meeting.held_on, row.minutes_signed_on, row.plan_revised_on, attendees)
            record = backlog.Meeting({each.record: proofs})
            each.meetings.append((row.pk, meeting.held_on, record))
            present += [RcpAttendance(file=row, professional_id=int(p.code)) for p in each.team]
        RcpAttendance.objects.bulk_create(present, batch_size=ROWS)

    # --- Acts

    def _acts(self, cared: list[Cared], share: int) -> Iterator[tuple[backlog.Act, int | None]]:
        """Attendance at meetings, for a third of the batch's share at most, then sessions."""
        attended = [
            (each, person, *meeting)
            for each in cared
            for meeting in each.meetings
            for person in each.team
        ][: share // 3]
        for each, person, file, held_on, meeting in attended:
            doctor = person.profession is Profession.DOCTOR
            kind = Kind.RCP_MT if doctor else Kind.RCP_PARA
            yield self._act(each, person, kind, held_on, meeting), file
        people = list(WEIGHTS)
        for _ in range(share - len(attended)):
            each = self.random.choice(cared)
            profession = self.random.choices(people, list(WEIGHTS.values()))[0]
            person = each.team[TEAM.index(profession)]
            kind = self.random.choice(KINDS[profession])
            assert each.row.included_on is not None  # noqa: S101 - they all are
            last = min(FOLLOW_UP + 5, (self.until - each.row.included_on).days)
            day = each.row.included_on + timedelta(days=self.random.randrange(last))
            yield self._act(each, person, kind, day, None), None

    def _act(
        self,
        cared: Cared,
        person: backlog.Professional,
        kind: Kind,
        done_on: date,
        meeting: backlog.Meeting | None,
    ) -> backlog.Act:
        late = min(self.random.randrange(20), (self.until - done_on).days)
        entered = datetime.combine(
            done_on + timedelta(days=late), time(19, self.random.randrange(60))
        )
        return backlog.Act("", entered, cared.record, person, kind, done_on, meeting, True)

    def _row(self, act: backlog.Act, verdict: Verdict, patient: Patient, file: int | None) -> Act:
        line: Tariff | None = self.line_on(act.kind, act.done_on)
        accepted = verdict.decision is Decision.ACCEPTED
        return Act(
            request_id=UUID(int=self.random.getrandbits(128), version=4),
            patient=patient,
            professional_id=int(act.professional.code),
            kind=act.kind,
            done_on=act.done_on,
            rcp_file_id=file,
            msp_declared=act.msp_declared,
            entered_at=timezone.make_aware(act.entered_at),
            state=self._moves(act.entered_at)[-1][1] if accepted else state_after(verdict.decision),
            decision=verdict.decision,
            reasons="|".join(verdict.reasons),
            amount=verdict.amount,
            tariff_id=self.line_of[line.kind, line.valid_from] if line else None,
            policy_id=self.policy_id,
            cap=verdict.cap or "",
            ordinal=verdict.ordinal,
            limit=verdict.limit,
            window_from=verdict.window.start if verdict.window else None,
            window_to=verdict.window.end if verdict.window else None,
        )

    def _moves(self, entered: datetime) -> list[tuple[Move, State]]:
        """How far an accepted act has gone: the older, the further."""
        age = (self.until - entered.date()).days
        return [(Move.LOGGED, State.SUBMITTED), *COURSE][: 1 + min(age // 20, 3)]

    def _steps(self, acts: list[Act]) -> Iterator[ActStep]:
        for act in acts:
            moves = [(Move.LOGGED, State(act.state))]
            if act.decision == Decision.ACCEPTED:
                moves = self._moves(timezone.make_naive(act.entered_at))
            for number, (move, state) in enumerate(moves):
                yield ActStep(
                    act=act,
                    at=act.entered_at + timedelta(days=20 * number),
                    move=move,
                    state=state,
                    decision=act.decision,
                    reasons=act.reasons,
                    amount=act.amount,
                )


def _journal(act: Act) -> JournalEntry:
    return JournalEntry(
        at=act.entered_at, patient=act.patient, verb="act.logged", subject=f"acte {act.pk}"
    )
