"""Mails in the outbox."""

from django.db.models import QuerySet

from network.models import OutboxMessage


def outbox(*, to: str = "") -> QuerySet[OutboxMessage]:
    """Mails, the newest first; those to one address when it is given."""
    mails = OutboxMessage.objects.order_by("-pk")
    return mails.filter(to__iexact=to) if to else mails
