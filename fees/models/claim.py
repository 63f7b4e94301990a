"""Claims: the acts of a month that a professional asks to be paid for, in one gesture."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fees.enums import CLAIMED, ClaimMove, LineState
from network.enums import Role

LINES = {
    LineState.SENT: _("À contrôler"),
    LineState.HELD: _("En attente de l’enveloppe"),
    LineState.ADMITTED: _("Validé"),
    LineState.RETURNED: _("Renvoyé au professionnel"),
    LineState.WITHDRAWN: _("Retiré"),
}


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: object) -> Self:
        """Accountants: all. Clinicians: their own."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if Role.ACCOUNTANT in roles:
            return self.all()
        if Role.CLINICIAN in roles:
            return self.filter(professional__user=user)
        return self.none()


class Claim(models.Model):
    """What a professional sent for the acts done in a month; never edited.

    A later sending for the same month (a late act, one returned and corrected) has the next rank.
    """

    request_id = models.UUIDField(unique=True)  # made by the client: the same request twice is one
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="claims"
    )
    month: models.DateField[date, date] = models.DateField(_("mois"))
    rank = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(_("envoyée le"))
    sent_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ClaimQuerySet] = ClaimQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("demande de paiement")
        verbose_name_plural = _("demandes de paiement")
        ordering = ("-sent_at", "-pk")
        indexes = [models.Index(fields=["-sent_at", "-id"], name="claim_by_sending")]
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "month", "rank"], name="claim_of_month_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="claim_is_for_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}/{self.rank}"


class ClaimLine(models.Model):
    """An act in a claim; `amount` in euros, that of the act when it was sent.

    `remarks` (codes of `Reason` and `Remark` joined by |) and `outliers` (their figures by code)
    are what the last check found: they sort the queue and decide nothing; a validation checks
    again.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    act = models.ForeignKey("fees.Act", on_delete=models.PROTECT, related_name="claim_lines")
    amount: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        max_digits=8, decimal_places=2
    )
    state = models.CharField(
        max_length=9,
        choices=[(s.value, v) for s, v in LINES.items()],
        default=LineState.SENT,
    )
    remarks = models.CharField(max_length=300, blank=True)
    outliers: models.JSONField[dict[str, list[int]], dict[str, list[int]]] = models.JSONField(
        default=dict, blank=True
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("act__done_on", "pk")
        indexes = [
            models.Index(  # all that the queue counts, read without its rows
                fields=["claim", "remarks", "checked_at", "amount"],
                condition=Q(state=LineState.SENT),
                name="line_in_queue",
            ),
            models.Index(fields=["act"], condition=Q(state=LineState.HELD), name="line_held"),
            models.Index(
                fields=["claim", "id"],
                condition=Q(state__in=[LineState.SENT, LineState.HELD]),
                name="line_to_control",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["act"],
                condition=Q(state__in=CLAIMED),
                name="act_claimed_once",
                violation_error_message=_("Le paiement de cet acte est déjà demandé."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_line_is_worth"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} · {self.act_id}"

    @property
    def remark_codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.remarks.split("|") if code)


class ClaimStep(models.Model):
    """What happened to a claim line: who, when, why. It only grows; a rule has no `by`."""

    line = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=9, choices=[(m.value, m.value) for m in ClaimMove])
    at = models.DateTimeField()
    by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.line_id} · {self.move}"
