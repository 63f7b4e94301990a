"""The scientific sign-off: this content, word for word, was read by the medical director."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .versions import HASH


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def covers(self, key: UUID, content_hash: str) -> bool:
        return self.filter(key=key, content_hash=content_hash).exists()


class SignOff(models.Model):
    """One signature on one content; a changed comma asks for another."""

    key = models.UUIDField()
    content_hash = models.CharField(max_length=HASH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("visa scientifique")
        verbose_name_plural = _("visas scientifiques")
        constraints = [
            models.UniqueConstraint(fields=["key", "content_hash"], name="content_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.at:%Y-%m-%d}"
