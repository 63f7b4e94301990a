"""The accountant's gestures on many lines, and the checks drawn after the payment."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fees.enums import SpotResult
from portal.kit.encrypted import EncryptedText

SPOT_RESULTS = {SpotResult.RIGHT: _("Conforme"), SpotResult.FAULT: _("Anomalie")}


class ControlRun(models.Model):
    """One gesture of validation over many lines, made in bounded transactions.

    `query` is the filters of the queue, or one claim's; the lines are those without remark up to
    `last`, taken in the order of their keys, and `cursor` is the last one done. Amounts in euros.
    """

    request_id = models.UUIDField(unique=True)  # made by the client: the same request twice is one
    by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    query = models.CharField(max_length=300, blank=True)
    last = models.BigIntegerField()
    cursor = models.BigIntegerField(default=0)
    expected = models.PositiveIntegerField()
    validated = models.PositiveIntegerField(default=0)
    validated_amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    held = models.PositiveIntegerField(default=0)
    held_amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    left: models.JSONField[list[int], list[int]] = models.JSONField(default=list)

    class Meta:
        verbose_name = _("validation de demandes")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=Q(cursor__lte=F("last")), name="run_within_its_lines")
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d} {self.validated}/{self.expected}"

    @property
    def done(self) -> int:
        return self.validated + self.held + len(self.left)

    @property
    def gone(self) -> int:
        """Lines that somebody else had moved meanwhile."""
        return max(0, self.expected - self.done) if self.ended_at else 0


class SpotRate(models.Model):
    """The share of paid acts that is checked, in percent, from a day on; superseded, never edited.

    `salt` is secret: nobody can tell beforehand which act is drawn, anybody who holds it can draw
    again.
    """

    valid_from = models.DateField(_("à partir du"), unique=True)
    percent = models.DecimalField(_("part vérifiée, en %"), max_digits=5, decimal_places=2)
    salt = EncryptedText()
    decision = models.CharField(_("décision"), max_length=160)
    recorded_at = models.DateTimeField()
    recorded_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("part vérifiée après paiement")
        ordering = ("valid_from",)
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="spot_rate_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return f"{self.percent} % du {self.valid_from}"


class SpotCheck(models.Model):
    """A paid act drawn to be checked against its documents, and what was found."""

    act = models.OneToOneField("fees.Act", on_delete=models.PROTECT, related_name="spot_check")
    rate = models.ForeignKey(SpotRate, on_delete=models.PROTECT, related_name="checks")
    drawn_at = models.DateTimeField()
    result = models.CharField(
        max_length=5, blank=True, choices=[(r.value, v) for r, v in SPOT_RESULTS.items()]
    )
    reason = models.CharField(max_length=500, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("vérification après paiement")
        ordering = ("-drawn_at", "-pk")
        indexes = [models.Index(fields=["-drawn_at", "-id"], name="spot_check_by_draw")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", checked_at=None, checked_by=None, reason="")
                | Q(result=SpotResult.RIGHT, checked_at__isnull=False, checked_by__isnull=False)
                | (
                    Q(result=SpotResult.FAULT, checked_at__isnull=False, checked_by__isnull=False)
                    & ~Q(reason="")
                ),
                name="spot_check_has_author_and_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.act_id} {self.result}"
