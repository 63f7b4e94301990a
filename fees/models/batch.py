"""Payment batches: prepared by one person, signed by another, then frozen."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fees.enums import BatchState, LineKind, Payment, TransferState
from network.enums import Role
from portal.kit.encrypted import EncryptedText

BATCHES = {
    BatchState.DRAFT: _("À signer"),
    BatchState.SIGNED: _("Signé"),
    BatchState.DROPPED: _("Abandonné"),
}
TRANSFERS = {
    TransferState.PREPARED: _("Préparé"),
    TransferState.SENT: _("Envoyé à la banque"),
    TransferState.EXECUTED: _("Payé"),
    TransferState.REJECTED: _("Rejeté par la banque"),
    TransferState.RETURNED: _("Revenu"),
    TransferState.DROPPED: _("Retiré du lot"),
}
GONE = (TransferState.REJECTED, TransferState.RETURNED, TransferState.DROPPED)
"""A transfer that pays nobody: its acts are free for another."""


class Batch(models.Model):
    """Transfers signed and executed together. Once signed nothing of it changes.

    `total` in euros; `sha256` is that of the bank file.
    """

    number = models.PositiveIntegerField(_("lot"), unique=True)
    state = models.CharField(
        max_length=8, choices=[(s.value, v) for s, v in BATCHES.items()], default=BatchState.DRAFT
    )
    prepared_at = models.DateTimeField()
    prepared_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    execute_on: models.DateField[date, date] = models.DateField(_("exécution le"))
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    file_name = models.CharField(max_length=40, blank=True)
    file = EncryptedText(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("lot de paiement")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=BatchState.DRAFT),
                name="one_batch_to_sign",
                violation_error_message=_("Un lot attend déjà d’être signé."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by")),
                name="batch_signed_by_another",
                violation_error_message=_("Une autre personne signe le lot."),
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.SIGNED, signed_by__isnull=False)
                & Q(signed_at__isnull=False)
                & ~Q(sha256="")
                | ~Q(state=BatchState.SIGNED) & Q(signed_by=None, signed_at=None, sha256=""),
                name="signed_batch_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What names the batch to the bank: « AR-2026-0007 »."""
        return f"AR-{self.execute_on:%Y}-{self.number:04d}"


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: object) -> Self:
        """Accountants: all. Clinicians: those that a signature has sent them."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if Role.ACCOUNTANT in roles:
            return self.all()
        if Role.CLINICIAN in roles:
            return self.filter(professional__user=user, batch__state=BatchState.SIGNED)
        return self.none()


class Transfer(models.Model):
    """What a batch transfers to one professional, in euros.

    `holder` and `last4` are those of the account read at the signature; the whole number is only
    in the bank file.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="transfers")
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="transfers"
    )
    end_to_end = models.CharField(max_length=35, unique=True)
    amount: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        _("montant"), max_digits=12, decimal_places=2
    )
    state = models.CharField(
        max_length=8,
        choices=[(s.value, v) for s, v in TRANSFERS.items()],
        default=TransferState.PREPARED,
    )
    holder = models.CharField(max_length=70, blank=True)
    last4 = models.CharField(max_length=4, blank=True)

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("virement")
        ordering = ("professional__last_name", "professional__first_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["batch", "professional"], name="one_transfer_each"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_pays_something"),
        ]

    def __str__(self) -> str:
        return self.end_to_end


class TransferLine(models.Model):
    """An act that a transfer pays, or one reversed since that it recovers. `amount` in euros.

    `live` until the transfer is dropped, rejected or returned: an act is paid by one only.
    """

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines")
    act = models.ForeignKey("fees.Act", on_delete=models.PROTECT, related_name="payment_lines")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in LineKind])
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    live = models.BooleanField(default=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["act", "kind"], condition=Q(live=True), name="act_paid_by_one_transfer"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="line_pays_something"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} · {self.act_id}"


class PaymentStep(models.Model):
    """What happened to a batch, or to one of its transfers: who, when, why. It only grows."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="steps")
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )
    move = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Payment])
    at = models.DateTimeField()
    by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.batch_id} · {self.move}"
