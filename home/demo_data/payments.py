"""Payments of the demo: the year's envelope, the batches signed by two, one transfer sent back,
the months closed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from fees.actions.bank_answers import execute, send_back
from fees.actions.batches import prepare_batch, sign_batch
from fees.actions.books import grant_envelope
from fees.actions.closings import close_month
from fees.closing import Span, month_of
from fees.enums import Payment
from fees.gateways.sepa import SepaGateway
from fees.models import Batch, Transfer
from fees.selectors.payments import changes_of
from fees.transfers import next_bank_day
from home.demo_data.calendar import at
from home.demo_data.people import CONTROLLER, SIGNER
from home.demo_data.sheets import PaymentLine
from home.demo_data.story import Story

ENVELOPE = Decimal(16_000)
CLOSING_DAY = 5
"""Of the month that follows: a month is closed then, at the evening."""
SENT_BACK = 2
"""The batch of which the bank returned a transfer; it was paid again by the next one."""


def plan_payments(story: Story) -> None:
    day = story.calendar.day
    lines = list(PaymentLine.all())
    first = day(lines[0].validated)
    story.then(at(date(first.year, 1, 12), 9), partial(_grant, story))
    for number, line in enumerate(lines, start=1):
        if line.batched:
            story.then(at(day(line.batched), 11), partial(_prepare, story, not line.paid))
        if line.paid:
            story.then(at(day(line.batched), 12), partial(_sign, story, number))
            story.then(at(day(line.paid), 13), partial(_execute, story, number))
            if number == SENT_BACK:
                story.then(at(day(line.paid), 17), partial(_send_back, story, number))
    span = month_of(date(first.year, 1, 12))
    while (evening := at(span.following.since.replace(day=CLOSING_DAY), 19)).date() < (
        story.calendar.reference
    ):
        story.then(evening, partial(_close, story, span))
        span = span.following


def _grant(story: Story, now: datetime) -> None:
    grant_envelope(
        year=now.year,
        amount=ENVELOPE,
        decision=f"Décision fictive {now.year}-12",
        by=story.users[SIGNER],
        now=now,
    )


def _prepare(story: Story, to_sign: bool, now: datetime) -> None:
    """The one that waits to be signed is for after the reference date: it still may be."""
    eve = story.calendar.reference + timedelta(days=2) if to_sign else now.date()
    by = story.users[CONTROLLER]
    prepare_batch(execute_on=next_bank_day(eve), by=by, now=now)


def _sign(story: Story, number: int, now: datetime) -> None:
    batch = Batch.objects.get(number=number)
    calls = {
        each.pk: f"{each.professional} confirme au numéro de sa fiche, ce matin"
        for each in changes_of(batch, now=now)
    }
    by = story.users[SIGNER]
    sign_batch(batch=batch, gateway=SepaGateway(), by=by, now=now, calls=calls)


def _execute(story: Story, number: int, now: datetime) -> None:
    for transfer in Transfer.objects.filter(batch__number=number).order_by("pk"):
        execute(transfer=transfer, by=story.users[SIGNER], now=now)


def _send_back(story: Story, number: int, now: datetime) -> None:
    send_back(
        transfer=Transfer.objects.filter(batch__number=number).latest("pk"),
        move=Payment.RETURNED,
        reason="Compte clos, nouveau RIB demandé",
        by=story.users[SIGNER],
        now=now,
    )


def _close(story: Story, span: Span, now: datetime) -> None:
    """A batch still on its way at the month's end is seen, and left for the next month."""
    close_month(span=span, by=story.users[CONTROLLER], now=now, accept=True)
