"""Hand the outbox to the mail server.

A mail is taken in one short transaction (its next attempt is put off), sent outside any, and
marked in another. Killed in the middle, it is taken again after the delay: never lost, at worst
received twice. The other choice, marking first, would lose it.
"""

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from network.models import OutboxMessage

logger = logging.getLogger(__name__)
REFUSED = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, ValueError)
METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
TRANSPORT = "transport"
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)
MAX_ATTEMPTS = 16  # about two days
MOST_AT_ONCE = 500  # then leave the worker to others


def delay_after(attempts: int) -> timedelta:
    """Time to the next attempt: one minute, doubled each time, six hours at most."""
    doubled: timedelta = FIRST_DELAY * 2 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_DELAY)


def deliver(*, clock: Callable[[], datetime]) -> int:
    """Send what is due, oldest first; the number sent.

    A mail that the server refuses is put off alone. When the server itself fails, the rest stays
    due: the next call tries with another mail, and nobody waits behind a dead server.
    """
    sent = 0
    server: BaseEmailBackend = mailers[TRANSPORT]
    try:
        while sent < MOST_AT_ONCE and (message := take_next(now=clock())):
            try:
                server.open()
                server.send_messages([as_mail(message)])
            except REFUSED as error:
                note_failure(message=message, error=error)
                continue
            except OSError as error:
                note_failure(message=message, error=error)
                break
            OutboxMessage.objects.filter(pk=message.pk).update(sent_at=clock(), last_error="")
            sent += 1
    finally:
        server.close()
    return sent


@transaction.atomic
def take_next(*, now: datetime) -> OutboxMessage | None:
    """The oldest mail due, put off so that no other worker takes it; none when all are sent."""
    message = (
        OutboxMessage.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked, no_key=True
        )
        .filter(sent_at=None, next_attempt_at__lte=now)
        .order_by("next_attempt_at", "pk")
        .first()
    )
    if message:
        message.attempts += 1
        message.next_attempt_at = now + delay_after(message.attempts)
        message.save(update_fields=["attempts", "next_attempt_at"])
    return message


def note_failure(*, message: OutboxMessage, error: Exception) -> None:
    """Keep why, without anything of the mail itself; after the last attempt, give up."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    message.last_error = f"{type(error).__name__}{code}"
    if message.attempts >= MAX_ATTEMPTS:
        message.next_attempt_at = None
    message.save(update_fields=["last_error", "next_attempt_at"])
    logger.warning(
        "mail %s not sent (attempt %s): %s", message.pk, message.attempts, message.last_error
    )


def as_mail(message: OutboxMessage) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(message.subject, message.body, to=[message.to])
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        method = METHOD.search(message.calendar)
        kind = f"text/calendar; charset=utf-8; method={method[1] if method else 'PUBLISH'}"
        mail.attach("rendez-vous.ics", message.calendar, kind)
    return mail
