"""Claims of the demo: each month's sent by its professional once it is over, one month forgotten,
one act sent back."""

from datetime import date, datetime
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from fees.actions.claim_mails import tell_returned
from fees.actions.claims import return_line, send_claim
from fees.enums import LineState
from fees.models import Act, ClaimLine
from fees.selectors.claims import claimed
from fees.selectors.my_claims import to_send
from home.demo_data.calendar import at
from home.demo_data.people import CONTROLLER
from home.demo_data.sheets import PaymentLine, ProfessionalLine
from home.demo_data.story import Story
from portal.kit.dates import add_months

FORGETFUL = "cadrevent"
"""The physiotherapist of the demo: the last month that is over still waits to be sent."""


def plan_claims(story: Story) -> None:
    """On the first evening of each month, what the months before hold."""
    reference = story.calendar.reference
    present = reference.replace(day=1)
    for rank, line in enumerate(ProfessionalLine.all()):
        name, first = line.professional, date(story.calendar.year, 2, 1)
        while first < reference:
            if name != FORGETFUL or first < present:
                evening = at(first, 18 + rank % 4, rank * 7 % 60)
                story.then(evening, partial(_send_past_months, story, name))
            first = add_months(first, 1)
    controlled = story.calendar.day(list(PaymentLine.all())[-1].validated)
    story.then(at(max(story.calendar.days[-2], controlled), 11), partial(_give_back, story))


def _send_past_months(story: Story, name: str, now: datetime) -> None:
    for month in to_send(story.professionals[name]):
        if month < now.date().replace(day=1):
            _send(story, name, month, now)


def _send(story: Story, name: str, month: date, now: datetime) -> None:
    send_claim(
        professional=story.professionals[name],
        month=month,
        request_id=uuid5(NAMESPACE_URL, f"ariane-demo/claim/{name}/{month}/{now}"),
        by=story.users[name],
        now=now,
    )


def send_before_control(story: Story, name: str, number: int, now: datetime) -> None:
    """An act controlled before its month is over was asked for that morning."""
    act: Act = story.acts[number]
    if not claimed(act):
        _send(story, name, act.done_on.replace(day=1), now)


def _give_back(story: Story, now: datetime) -> None:
    """The oldest act to control of the physiotherapist, or of anybody."""
    lines = ClaimLine.objects.filter(state=LineState.SENT).order_by("act__done_on", "pk")
    own = lines.filter(claim__professional=story.professionals[FORGETFUL])
    line = own.first() or lines.first()
    if line is None:
        return
    return_line(
        line=line,
        reason="Ce jour-là, une réunion du réseau vous note présent\u00a0: vérifiez la date.",
        by=story.users[CONTROLLER],
        now=now,
    )
    tell_returned(professional_id=line.claim.professional_id, at=now, now=now)
