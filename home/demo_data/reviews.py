"""Case reviews (RCP): planned, held, signed; what they propose, and what became of it."""

from datetime import date, datetime, time, timedelta
from functools import partial

from fees.actions.waiting import redecide_waiting_of
from home.demo_data.calendar import at
from home.demo_data.people import COORDINATOR
from home.demo_data.sheets import FileLine, MeetingLine, ProposalLine
from home.demo_data.story import Story
from network.actions.rcp_agenda import Case, note_attendance, note_plan, note_work, put_on_agenda
from network.actions.rcp_calls import answer, invite
from network.actions.rcp_meetings import Plan, hold_meeting, plan_meeting
from network.actions.rcp_minutes import (
    Proposed,
    close_proposal,
    propose,
    sign_minutes,
    write_minutes,
)
from network.enums import Circle, Outcome, Presence, ProposalKind, WorkStatus
from network.models import Professional, RcpFile, SharingConsent
from portal.kit.dates import add_months

NOTICE = timedelta(days=14)


def plan_reviews(story: Story) -> None:
    for line in MeetingLine.all():
        held_on = story.calendar.day(line.held_on)
        files = [each for each in FileLine.all() if each.meeting == line.meeting]
        people = list(dict.fromkeys(name for each in files for name in each.attendees.split()))
        story.then(at(held_on - NOTICE, 10), partial(_plan, story, line, people))
        for file in files:
            story.then(at(held_on, 12), partial(_prepare, story, file))
        story.then(at(held_on, 19), partial(_hold, story, line, people))
        for file in files:
            story.then(at(held_on, 20), partial(_discuss, story, file))
            _plan_what_follows(story, file, held_on)
        for proposal in ProposalLine.all():
            if proposal.meeting != line.meeting:
                continue
            story.then(at(held_on, 21), partial(_propose, story, proposal))
            if proposal.outcome:
                closed = max(story.calendar.day(proposal.closed), held_on)
                story.then(at(closed, 23), partial(_close, story, proposal))


def _plan_what_follows(story: Story, line: FileLine, held_on: date) -> None:
    """Minutes and plan on their days; work asked again six months later, if that is past."""
    for words, deed in ((line.minutes, _sign), (line.plan, _revise)):
        if words:
            day = story.calendar.day(words)
            story.then(at(day, 22 if day == held_on else 12), partial(deed, story, line))
    later = line.work.partition(">")[2]
    asked = add_months(held_on, 6) + timedelta(days=3)
    if later and asked < story.calendar.reference:
        story.then(at(asked, 11), partial(_ask_about_work, story, line, WorkStatus(later)))


def _people(story: Story, names: list[str]) -> list[Professional]:
    return [story.professionals[name] for name in names]


def _plan(story: Story, line: MeetingLine, people: list[str], now: datetime) -> None:
    by = story.users[COORDINATOR]
    plan = Plan(
        held_on=(now + NOTICE).date(),
        begins_at=time(17, 30),
        length=90,
        place=line.place,
        video="",
        chair=story.professionals[line.chair],
    )
    meeting = plan_meeting(plan=plan, by=by, now=now)
    invite(meeting=meeting, professionals=_people(story, people), by=by, now=now)
    for invitation in meeting.invitations.all():
        answer(invitation=invitation, coming=True, by=None, now=now + timedelta(hours=2))
    story.meetings[line.meeting] = meeting


def _prepare(story: Story, line: FileLine, now: datetime) -> None:
    by, patient = story.users[COORDINATOR], story.patients[line.patient]
    agreed = SharingConsent.objects.filter(patient=patient, circle=Circle.REVIEW)
    if line.shared and not agreed.exists():
        SharingConsent.objects.create(
            patient=patient,
            circle=Circle.REVIEW,
            given_on=now.date(),
            how="au téléphone",
            recorded_at=now,
            recorded_by=by,
        )
    then = line.work.partition(">")[0]
    signatory = story.professionals[line.signatory]
    story.files[line.meeting, line.patient] = put_on_agenda(
        meeting=story.meetings[line.meeting],
        patient=patient,
        case=Case(
            question=line.question,
            presenter=signatory,
            signatory=signatory,
            work=WorkStatus(then) if then else None,
        ),
        by=by,
        now=now,
    )


def _hold(story: Story, line: MeetingLine, people: list[str], now: datetime) -> None:
    hold_meeting(
        meeting=story.meetings[line.meeting],
        present=dict.fromkeys(_people(story, people), _presence(line)),
        by=story.users[COORDINATOR],
        now=now,
    )


def _presence(line: MeetingLine) -> Presence:
    return Presence.REMOTE if "visio" in line.place else Presence.ON_SITE


def _discuss(story: Story, line: FileLine, now: datetime) -> None:
    """Who was present for this file: attendance is noted file by file."""
    file = story.files[line.meeting, line.patient]
    meeting = next(each for each in MeetingLine.all() if each.meeting == line.meeting)
    present = _people(story, line.attendees.split())
    note_attendance(
        file=file,
        present=dict.fromkeys(present, _presence(meeting)),
        by=story.users[COORDINATOR],
        now=now,
    )


def _propose(story: Story, line: ProposalLine, now: datetime) -> None:
    proposed = Proposed(
        kind=ProposalKind(line.kind),
        detail=line.detail,
        owner=story.professionals[line.owner] if line.owner else None,
        due_on=max(story.calendar.day(line.due), now.date()),
    )
    story.proposals[line.key] = propose(
        file=story.files[line.meeting, line.patient],
        proposed=proposed,
        by=story.users[COORDINATOR],
        now=now,
    )


def _close(story: Story, line: ProposalLine, now: datetime) -> None:
    close_proposal(
        proposal=story.proposals[line.key],
        outcome=Outcome(line.outcome),
        on=now.date(),
        why=line.why,
        by=story.users[COORDINATOR],
        now=now,
    )


def _sign(story: Story, line: FileLine, now: datetime) -> None:
    """Minutes signed: what waited for them is decided again, as it was that day."""
    file = story.files[line.meeting, line.patient]
    minutes = write_minutes(
        file=file,
        discussion=(
            "Les professionnels présents ont repris l’histoire de la douleur, les traitements et"
            " le quotidien. Le point de vue du patient a été rapporté par qui le suit."
        ),
        conclusion="Les propositions ci-dessous sont adressées au patient et à son médecin.",
        by=story.users[COORDINATOR],
        now=now,
    )
    sign_minutes(minutes=minutes, by=story.users[line.signatory], now=now)
    _decide_again(file, now)


def _revise(story: Story, line: FileLine, now: datetime) -> None:
    file = story.files[line.meeting, line.patient]
    note_plan(
        file=file,
        revised_on=now.date(),
        reason="Plan signé sur papier, copie au dossier",
        by=story.users[COORDINATOR],
        now=now,
    )
    _decide_again(file, now)


def _decide_again(file: RcpFile, now: datetime) -> None:
    redecide_waiting_of(patient_id=file.patient_id, now=now)


def _ask_about_work(story: Story, line: FileLine, later: WorkStatus, now: datetime) -> None:
    file = story.files[line.meeting, line.patient]
    note_work(file=file, status=later, by=story.users[COORDINATOR], now=now)
