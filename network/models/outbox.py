"""Mails wait here, in the transaction that caused them, until the worker has sent them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """A mail to send. A failed sending is tried again later, and never breaks an action.

    `calendar`: the text of a calendar file (RFC 5545), attached with the method that it bears.
    """

    # one notice, sent once; without key, as often as asked
    key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001
    to = models.EmailField(_("à"))
    subject = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("texte"))
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("message")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(sent_at=None), name="outbox_to_send"
            )
        ]

    def __str__(self) -> str:
        return self.subject
