"""Break-glass: a clinician outside the team opened a file, for a written reason, for a while."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.enums import Glass, Role

OPEN_FOR = timedelta(hours=4)
"""How long the file stays open; nothing has to run for it to close."""
GLASS_REASONS = {
    Glass.EMERGENCY: _("urgence"),
    Glass.ON_CALL: _("garde ou remplacement"),
    Glass.ASKED: _("à la demande de la personne"),
    Glass.OTHER: _("autre nécessité de soins"),
}


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def visible_to(self, user: Any) -> Self:
        """The coordination and the medical director: all. Clinicians: their own."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if roles & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR}:
            return self.all()
        return self.filter(user_id=getattr(user, "pk", 0))

    def open_to(self, user: Any, now: datetime) -> Self:
        """Those by which this person may read at this instant."""
        return self.filter(
            user_id=getattr(user, "pk", 0), opened_at__gt=now - OPEN_FOR, opened_at__lte=now
        )


class BreakGlass(models.Model):
    """One opening. `words`: why, as typed; `checked_at`: when the coordination has seen it."""

    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="openings_by_reason"
    )
    user = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(
        _("motif"), max_length=10, choices=[(g.value, label) for g, label in GLASS_REASONS.items()]
    )
    words = models.CharField(_("précisions"), max_length=300)
    opened_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("ouvert le"))
    checked_at = models.DateTimeField(_("vérifié le"), null=True, blank=True)
    checked_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[BreakGlassQuerySet] = BreakGlassQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("accès exceptionnel")
        verbose_name_plural = _("accès exceptionnels")
        ordering = ("-opened_at", "-pk")
        indexes = [
            models.Index(fields=["user", "opened_at"], name="glass_of_user"),
            models.Index(fields=["opened_at"], condition=Q(checked_at=None), name="glass_to_check"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="glass_says_why"),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="glass_checked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.reason}"

    @property
    def until(self) -> datetime:
        return self.opened_at + OPEN_FOR
