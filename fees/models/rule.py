"""Rules by which accountants settle what comes back every month."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fees.enums import RuleSide
from fees.reconcile.rules import Rule
from portal.kit.money import in_cents

SIDES = {RuleSide.BANK: _("Relevés de banque"), RuleSide.STATEMENT: _("Relevés des professionnels")}


class ReconcileRule(models.Model):
    """A rule in use, or that was; `tried` lines of the past that it would have settled, none
    against a person's word. `tolerance` in euros."""

    side = models.CharField(max_length=9, choices=[(s.value, v) for s, v in SIDES.items()])
    sender = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=80, blank=True)
    tolerance: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        max_digits=8, decimal_places=2
    )
    reason = models.CharField(max_length=120, blank=True)
    tried = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    started_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("règle de rapprochement")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(sender="", text=""), name="rule_says_of_what"),
            models.CheckConstraint(condition=Q(tolerance__gt=0), name="rule_has_a_limit"),
            models.CheckConstraint(
                condition=~Q(side=RuleSide.BANK) | ~Q(reason=""), name="bank_rule_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_by=None)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="stopped_rule_has_author",
            ),
            models.UniqueConstraint(
                fields=["side", "sender", "text"],
                condition=Q(stopped_at=None),
                name="rule_in_use_once",
                violation_error_message=_("Cette règle est déjà en service."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.sender, self.text)))

    @property
    def rule(self) -> Rule:
        return Rule(
            RuleSide(self.side), self.sender, self.text, in_cents(self.tolerance), self.reason
        )
