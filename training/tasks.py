"""Periodic work of the training room."""

from datetime import datetime, timedelta

from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from portal.kit import clock
from portal.kit.ticks import every
from training.actions.attendance import attest_all
from training.actions.meeting_reminders import remind_all
from training.actions.meetings import keep_all
from training.actions.modules import complete_module
from training.actions.registrations import settle_all
from training.actions.returns import plan_missing, send_due
from training.actions.summaries import sum_up_questions
from training.actions.surveys import ask_all, remind_surveys
from training.gateways import desk
from training.gateways.card import Unreachable, gateway
from training.models import Enrolment
from training.selectors.payments import cards_are_taken

RECENT = timedelta(days=2)


@every(minutes=15)
def send_returns(now: datetime) -> None:
    """Mail the cases that come back; what a stopped worker left late is sent late."""
    send_due(now=now)


@every(hours=1)
def plan_lost_returns(now: datetime) -> None:
    """Plan the returns of cases whose end was told to nobody."""
    plan_missing(now=now)


@every(hours=24)
def complete_lost_modules(now: datetime) -> None:
    """Complete the modules whose last step was told to nobody."""
    moved = Enrolment.objects.filter(
        completed_at=None, learner__runs__finished_at__gte=now - RECENT
    )
    for enrolment in moved.distinct():
        complete_module(enrolment=enrolment, now=now)


@every(hours=24)
def count_questions(now: datetime) -> None:
    """What the committee's lists and the editor say of each question."""
    sum_up_questions(now=now)


@every(minutes=5)
def remind_of_meetings(now: datetime) -> None:
    """A week before and the day before, whoever is registered."""
    remind_all(now=now)


@every(minutes=15)
def close_lines_of_meetings(now: datetime) -> None:
    """End the waiting lists of what has begun; seat who waits where there is room."""
    settle_all(now=now)


@every(hours=1)
def keep_meetings(now: datetime) -> None:
    """Bring the meetings in step with what is published."""
    keep_all(now=now)


@every(minutes=15)
def attest_presence(now: datetime) -> None:
    """Send the attestations of the meetings that are over."""
    attest_all(now=now)


@task
def watch_cards() -> None:
    """Look into what the card service told, close and send what waits."""
    settle_cards(clock.now())


def call_the_desk() -> None:
    """Have the worker look into it; a call that it has not begun will do."""
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=watch_cards.module_path
    )
    if cards_are_taken() and not waiting.exists():
        watch_cards.enqueue()


@every(minutes=1)
def settle_cards(now: datetime) -> None:
    """The same, for a call that was lost; then seats whose hour to pay has passed are free."""
    service = gateway()
    if service:
        desk.watch(gateway=service, now=now)
    settle_all(now=now)


@every(hours=12)
def heal_cards(now: datetime) -> None:
    """Find what webhooks lost, and store what the card service owes and pays."""
    service = gateway()
    if service:
        try:
            desk.heal(gateway=service, now=now)
        except Unreachable:
            return  # the next round asks again


@every(hours=1)
def ask_what_it_was_worth(now: datetime) -> None:
    """Survey those who attended, at once and two months later; remind once."""
    ask_all(now=now)
    remind_surveys(now=now)
