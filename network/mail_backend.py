"""Django's default mailer: whoever sends a mail (allauth, us) writes it in the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from network.actions.mail import queue_mail
from portal.kit.clock import now


def html_of(message: EmailMessage) -> str:
    """The HTML version of a message, if it has one."""
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    versions = [str(content) for content, kind in message.alternatives if kind == "text/html"]
    return versions[0] if versions else ""


class OutboxBackend(BaseEmailBackend):
    """One line per recipient, in the caller's transaction: no mail server can fail a request."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                queue_mail(
                    to=recipient,
                    subject=str(message.subject),
                    body=str(message.body),
                    html=html_of(message),
                    now=now(),
                )
        return len(email_messages)
