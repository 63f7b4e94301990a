"""Card payments of meetings: their attempts, what was given back, what the card service told.

Amounts are whole cents of euros. Nothing of a card is ever known here.
"""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import Role
from training.enums import DisputeState, PaymentState, RefundCause, RefundState
from training.rules.checkout import SETTLED, UNDER_WAY

from .meeting import Registration
from .prices import VATS

KEEPERS = frozenset({Role.ACCOUNTANT, Role.EDITOR, Role.COORDINATOR})
"""Who reads all payments."""
PAYMENT_STATES = {
    PaymentState.OPENING: _("préparé"),
    PaymentState.OPEN: _("en cours"),
    PaymentState.EXPIRED: _("abandonné"),
    PaymentState.PAID: _("payé"),
    PaymentState.PARTLY: _("remboursé en partie"),
    PaymentState.REFUNDED: _("remboursé"),
}
DISPUTES = {
    DisputeState.OPEN: _("contesté"),
    DisputeState.WON: _("contestation écartée"),
    DisputeState.LOST: _("contestation perdue"),
}
REFUND_STATES = {
    RefundState.ASKED: _("à confirmer"),
    RefundState.REFUSED: _("refusé"),
    RefundState.CONFIRMED: _("à envoyer"),
    RefundState.SENT: _("envoyé"),
    RefundState.DONE: _("effectué"),
    RefundState.FAILED: _("n’a pas abouti"),
}
CAUSES = {
    RefundCause.PEOPLE: _("demandé et confirmé par deux personnes"),
    RefundCause.LATE: _("payé trop tard, plus de place"),
    RefundCause.GIVEN_UP: _("inscription annulée"),
    RefundCause.CALLED_OFF: _("rencontre annulée"),
    RefundCause.ELSEWHERE: _("ordonné hors du portail"),
}


class OfPayers[M: models.Model](models.QuerySet[M]):
    path = "registration__person"

    def visible_to(self, user: Any) -> Self:
        """Each their own; accountancy and those who organise the meetings, all."""
        if getattr(user, "roles", frozenset()) & KEEPERS:
            return self.all()
        return self.filter(**{self.path: getattr(user, "pk", None)})


class CardPayment(models.Model):
    """One attempt to pay one registration, with the address where one pays.

    `uid` names it there (and makes its idempotency key); `expires_at`, of the machine's clock, is
    what was asked there, as `sent_on` and what follows are of the portal's. `kept`: it gave or
    confirmed the seat; what is paid and not kept goes back. `refunded` and `dispute` are as last
    read there.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="payments"
    )
    attempt = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=8, choices=[(s.value, label) for s, label in PAYMENT_STATES.items()]
    )
    amount = models.PositiveIntegerField(_("montant"))
    vat = models.CharField(max_length=8, choices=[(v.value, label) for v, label in VATS.items()])
    refunded = models.PositiveIntegerField(default=0)
    dispute = models.CharField(
        max_length=4, choices=[(d.value, label) for d, label in DISPUTES.items()], blank=True
    )
    kept = models.BooleanField(default=False)
    session = models.CharField(max_length=255, unique=True, null=True, blank=True)
    intent = models.CharField(max_length=255, unique=True, null=True, blank=True)
    charge = models.CharField(max_length=255, unique=True, null=True, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField()

    objects: ClassVar[OfPayers["CardPayment"]] = OfPayers.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("paiement par carte")
        verbose_name_plural = _("paiements par carte")
        ordering = ("-opened_at", "-pk")
        indexes = [models.Index(fields=["state", "opened_at"], name="card_payment_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["registration", "attempt"], name="attempt_once"),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(state__in=sorted(UNDER_WAY)),
                name="one_checkout_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(kept=True), name="registration_paid_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, refunded__lte=F("amount")), name="refunded_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(SETTLED), paid_at__isnull=False, intent__isnull=False)
                | (
                    ~Q(state__in=sorted(SETTLED))
                    & Q(paid_at=None, kept=False, refunded=0, dispute="")
                ),
                name="paid_goes_with_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.REFUNDED) | Q(refunded=F("amount")),
                name="refunded_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=PaymentState.OPENING)
                | Q(state=PaymentState.EXPIRED)
                | Q(session__isnull=False),
                name="open_checkout_has_a_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}, {self.state}"

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def left(self) -> int:
        """The cents that have not gone back."""
        return self.amount - self.refunded


class OfRefunded[M: models.Model](OfPayers[M]):
    path = "payment__registration__person"


class CardRefund(models.Model):
    """Money given back, whole or in part: asked by one, confirmed by another, or by a rule.

    `uid` is its idempotency key at the card service. `frees_seat`: once people confirm it, the seat
    that was paid goes to the next in line.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    payment = models.ForeignKey(CardPayment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.PositiveIntegerField(_("montant"))
    cause = models.CharField(
        max_length=10, choices=[(c.value, label) for c, label in CAUSES.items()]
    )
    reason = models.CharField(_("motif"), max_length=200, blank=True)
    frees_seat = models.BooleanField(_("libère la place"), default=False)
    state = models.CharField(
        max_length=9, choices=[(s.value, label) for s, label in REFUND_STATES.items()]
    )
    key = models.CharField(max_length=255, unique=True, null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("motif du refus"), max_length=200, blank=True)

    objects: ClassVar[OfRefunded["CardRefund"]] = OfRefunded.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("remboursement")
        verbose_name_plural = _("remboursements")
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive"),
            models.CheckConstraint(
                condition=~Q(cause=RefundCause.PEOPLE)
                | Q(state=RefundState.ASKED, asked_by__isnull=False, decided_by=None)
                | (
                    ~Q(state=RefundState.ASKED)
                    & Q(asked_by__isnull=False, decided_by__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
                name="refund_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(cause=RefundCause.PEOPLE)
                | ~Q(state__in=[RefundState.ASKED, RefundState.REFUSED]),
                name="refund_by_rule_is_not_asked",
            ),
            models.CheckConstraint(
                condition=Q(frees_seat=False) | Q(cause=RefundCause.PEOPLE),
                name="refund_frees_a_seat_by_people",
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(state=RefundState.ASKED),
                name="one_refund_asked_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RefundState.SENT, RefundState.DONE], key__isnull=False)
                | Q(state=RefundState.FAILED)
                | Q(
                    state__in=[RefundState.ASKED, RefundState.REFUSED, RefundState.CONFIRMED],
                    key=None,
                ),
                name="refund_sent_has_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}, {self.amount}, {self.state}"


class CardEvent(models.Model):
    """A thing that the card service told, kept once: a reason to read again, never a decision.

    `subject` and `intent` name what it is about. `fault`: why it led to nothing.
    """

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=255, blank=True)
    intent = models.CharField(max_length=255, blank=True)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("événement du service de carte")
        ordering = ("pk",)
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(handled_at=None), name="card_event_to_handle"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
