"""The figures of all indicators, computed at once and kept: pages read them from here."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ComputationQuerySet(models.QuerySet["Computation"]):
    def finished(self) -> Self:
        """The last one first."""
        return self.filter(ended_at__isnull=False).order_by("-ended_at", "-pk")

    def under_way(self) -> Self:
        return self.filter(ended_at=None).order_by("pk")


class Computation(models.Model):
    """One computation of every indicator over every period.

    `version` tells the facts that were read, the day and the recipe: the same ones are computed
    once. `until`: the last day of the facts. `done` of `steps`: extracts read so far, the next one
    being `reading`. `values`: by key of the indicator, then of the period.
    """

    version = models.CharField(max_length=64, unique=True)
    until = models.DateField(_("arrêté au"))
    asked_at = models.DateTimeField(_("demandé le"))
    asked_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    steps = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    reading = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(_("calculé le"), null=True, blank=True)
    values: models.JSONField[dict[str, dict[str, object]], dict[str, dict[str, object]]] = (
        models.JSONField(default=dict)
    )

    objects: ClassVar[ComputationQuerySet] = ComputationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("calcul des indicateurs")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("steps")), name="computation_within_its_steps"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(done=F("steps")),
                name="computation_ends_once_all_is_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.until} {self.done}/{self.steps}"
