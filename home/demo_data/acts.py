"""The acts of the demo: declared by their professionals, decided by the real rules, controlled."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from fees.actions.log import log_act, save_draft
from fees.actions.validation import validate_lines
from fees.declaration import Declaration
from fees.enums import READABLE, Decision, Kind, LineState, State
from fees.models import Act, ClaimLine
from home.demo_data.calendar import Calendar, at
from home.demo_data.claims import send_before_control
from home.demo_data.people import CONTROLLER
from home.demo_data.sheets import (
    ActLine,
    CourseLine,
    FileLine,
    MeetingLine,
    PaymentLine,
    ProfessionalLine,
)
from home.demo_data.story import Story
from network.enums import Profession

DRAFT = "draft"
EVENING = 18


@dataclass(frozen=True, slots=True)
class Planned:
    """An act to come. `expected`: as in the sheets, empty = accepted in the end."""

    number: int
    patient: str
    professional: str
    kind: Kind
    done_on: date
    entered_at: datetime
    expected: str
    msp: bool = False
    meeting: str = ""


class OtherDecision(Exception):
    """The rules decided otherwise than the sheets expect."""


def planned_acts(calendar: Calendar) -> list[Planned]:
    """All of them, in the order of the sheets; numbered, so that each keeps its identifier."""
    found = [*_sessions(calendar), *_presences(calendar)]
    return [
        Planned(number, *each[:4], _evening(each[4], number), *each[5:])
        for number, each in enumerate(found, start=1)
    ]


type Found = tuple[str, str, Kind, date, date, str, bool, str]


def _evening(day: date, number: int) -> datetime:
    """After the consultations, not all at the same minute."""
    return at(day, EVENING + number % 3, number * 7 % 60)


def _sessions(calendar: Calendar) -> Iterator[Found]:
    for line in ActLine.all():
        for done_on in calendar.spread(line.first, line.last, int(line.count)):
            entered = calendar.day(line.entered) if line.entered else done_on
            yield (
                line.patient,
                line.professional,
                Kind(line.kind),
                done_on,
                entered,
                line.expected,
                line.msp == "yes",
                "",
            )


def _presences(calendar: Calendar) -> Iterator[Found]:
    held = {line.meeting: calendar.day(line.held_on) for line in MeetingLine.all()}
    doctors = {
        line.professional for line in ProfessionalLine.all() if line.profession == Profession.DOCTOR
    }
    for line in FileLine.all():
        proofs = [calendar.day(words) for words in (line.minutes, line.plan) if words]
        entered = (
            calendar.day(line.entered)
            if line.entered
            else calendar.next_working_day(max([held[line.meeting], *proofs]))
        )
        for claim in line.claims.split():
            name, _, expected = claim.partition("=")
            kind = Kind.RCP_MT if name in doctors else Kind.RCP_PARA
            yield (
                line.patient,
                name,
                kind,
                held[line.meeting],
                entered,
                expected,
                False,
                line.meeting,
            )


def plan_acts(story: Story) -> None:
    acts = planned_acts(story.calendar)
    for planned in acts:
        story.then(planned.entered_at, partial(_note, story, planned))
    _plan_course(story, acts)


def _note(story: Story, planned: Planned, now: datetime) -> None:
    act = save_draft if planned.expected == DRAFT else log_act
    story.acts[planned.number] = act(
        request_id=uuid5(NAMESPACE_URL, f"ariane-demo/{planned.number}"),
        declared=Declaration(
            patient=story.patients[planned.patient],
            professional=story.professionals[planned.professional],
            kind=planned.kind,
            done_on=planned.done_on,
            rcp_file=story.files.get((planned.meeting, planned.patient)),
            msp_declared=planned.msp,
        ),
        by=story.users[planned.professional],
        now=now,
    )


def _plan_course(story: Story, acts: list[Planned]) -> None:
    """Control the oldest accepted acts of each kind, as many as the sheets say."""
    rounds = list(PaymentLine.all())
    controlled: defaultdict[date, list[int]] = defaultdict(list)
    for line in CourseLine.all():
        accepted = sorted(
            (each for each in acts if each.kind == line.kind and not each.expected),
            key=lambda each: (each.entered_at, each.number),
        )
        paid, validated = int(line.paid), int(line.validated)
        for rank, planned in enumerate(accepted[: paid + validated]):
            on = _round(story, planned, rounds[:-1] if rank < paid else rounds[-1:])
            who = planned.professional
            story.then(at(on, 8), partial(send_before_control, story, who, planned.number))
            controlled[on].append(planned.number)
    for on, numbers in controlled.items():
        story.then(at(on, 10), partial(_validate, story, numbers))


def _round(story: Story, planned: Planned, rounds: list[PaymentLine]) -> date:
    """The day of the first round that comes after its entry."""
    days = (story.calendar.day(line.validated) for line in rounds)
    return next(on for on in days if at(on, 10) > planned.entered_at)


def _validate(story: Story, numbers: list[int], now: datetime) -> None:
    """In one gesture, their unusual figures being read."""
    acts = [story.acts[number].pk for number in numbers]
    lines = {
        line.act_id: line for line in ClaimLine.objects.filter(act__in=acts, state=LineState.SENT)
    }
    outcome = validate_lines(
        lines=[lines[act] for act in acts], by=story.users[CONTROLLER], now=now, read=READABLE
    )
    for refused in outcome.left:
        raise OtherDecision(f"{refused.line}: {refused.sentences}")


def check_decisions(story: Story) -> None:
    """Raises OtherDecision where the rules did not decide as the sheets tell."""
    for planned in planned_acts(story.calendar):
        act = Act.objects.get(pk=story.acts[planned.number].pk)
        if told(act) != planned.expected:
            raise OtherDecision(f"{planned}: {act} {act.decision} {act.reasons}")


def told(act: Act) -> str:
    """What was decided, in the words of the sheets."""
    if act.state == State.DRAFT:
        return DRAFT
    if act.decision == Decision.TO_ARBITRATE:
        return str(Decision.TO_ARBITRATE)
    return act.reasons
