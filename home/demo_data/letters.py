"""Mails of the network's life, and the past of the outbox."""

from datetime import datetime
from functools import partial

from django.db.models import F

from home.demo_data.calendar import at
from home.demo_data.sheets import table
from home.demo_data.story import Story
from network.actions.mail import queue_mail
from network.models import OutboxMessage


def plan_letters(story: Story) -> None:
    for letter in table("letters.toml"):
        when = at(story.calendar.day(letter["on"]), 8, 30)
        for name in letter["to"]:
            story.then(when, partial(_write, story, name, letter))


def _write(story: Story, name: str, letter: dict[str, str], now: datetime) -> None:
    queue_mail(
        to=story.users[name].email,
        subject=letter["subject"],
        body=letter["body"].strip(),
        now=now,
    )


def mark_past_as_sent() -> None:
    """Mails of the history left in their time: the worker has none of them to send."""
    OutboxMessage.objects.filter(sent_at=None).update(sent_at=F("created_at"), attempts=1)
