"""The scientific sign-off: this content, word for word, was read by the medical director."""

from datetime import datetime
from typing import Any, ClassVar, Protocol, runtime_checkable
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.access import Perm

from .versions import HASH


@runtime_checkable
class Signable(Protocol):
    """A page or a card whose content is signed."""

    line: Any

    def signable(self) -> str:
        """The hash of all that a signature covers."""


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def covers(self, key: UUID, content_hash: str) -> bool:
        return self.filter(key=key, content_hash=content_hash).exists()

    def sign(self, content: Signable, *, by: Any, at: datetime) -> "SignOff":
        """Sign a content; signed twice, the first signature stays.

        Raises PermissionDenied for anybody but the medical director.
        """
        if not by.has_perm(Perm.SIGN_SCIENCE):
            raise PermissionDenied
        signature, _made = self.get_or_create(
            key=content.line,
            content_hash=content.signable(),
            defaults={"by": by, "at": at},
        )
        return signature


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
