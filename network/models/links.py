"""The personal link of a mail: a patient's own pages, without a password."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.rules.links import opens


class PersonalLink(models.Model):
    """The door of a mail, for one patient; the link itself is never stored.

    `user`: the account it was sent to (the patient's or a representative's), if there is one.
    """

    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("lien personnel")

    def __str__(self) -> str:
        return f"{self.patient_id}"

    def is_open(self, now: datetime) -> bool:
        return opens(
            expires_at=self.expires_at,
            revoked_at=self.revoked_at,
            failures=self.failures,
            now=now,
        )
