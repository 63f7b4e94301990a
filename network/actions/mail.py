"""Queue a mail in the transaction of the action that causes it; the worker sends it."""

from collections.abc import Collection
from datetime import datetime

from network.events import MailQueued
from network.models import OutboxMessage
from portal.kit.events import publish
from portal.kit.prepared import insert_row


def queue_mail(
    *,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    html: str = "",
    calendar: str = "",
    key: str | None = None,
) -> None:
    """Queue one mail without health data. A second call with the same `key` queues nothing."""
    fields = {
        "to": to,
        "subject": subject,
        "body": body,
        "html": html,
        "calendar": calendar,
        "created_at": now,
        "next_attempt_at": now,
    }
    if key is None:
        insert_row(OutboxMessage(**fields))
    else:
        OutboxMessage.objects.get_or_create(key=key, defaults=fields)
    publish(MailQueued())


def withdraw_mails(*, keys: Collection[str]) -> int:
    """Take back the mails of these keys that have not left, as what they say is true no more."""
    withdrawn, _by_model = OutboxMessage.objects.filter(key__in=keys, sent_at=None).delete()
    return withdrawn
