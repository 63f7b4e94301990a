"""Invoices and credit notes: numbered without a gap within a year, never changed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import DocumentKind

from .payment import CardPayment, CardRefund, OfPayers

DOCUMENTS = {DocumentKind.INVOICE: _("facture"), DocumentKind.CREDIT: _("avoir")}


class OfDocuments[M: models.Model](OfPayers[M]):
    path = "payment__registration__person"


class InvoiceYear(models.Model):
    """The last number given in a civil year; its row is the lock of the next one."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("numérotation des factures")

    def __str__(self) -> str:
        return f"{self.year}, {self.last}"


class Invoice(models.Model):
    """One document: the invoice of a payment, or the credit note of a refund. Append-only.

    `facts` is all that it prints, copied the day it was issued; `amount` in cents.
    """

    kind = models.CharField(
        max_length=7, choices=[(k.value, label) for k, label in DOCUMENTS.items()]
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    payment = models.ForeignKey(CardPayment, on_delete=models.PROTECT, related_name="documents")
    refund = models.OneToOneField(
        CardRefund, on_delete=models.PROTECT, null=True, blank=True, related_name="document"
    )
    amount = models.PositiveIntegerField()
    issued_on = models.DateField()
    facts: "models.JSONField[Any, Any]" = models.JSONField()

    objects: ClassVar[OfDocuments["Invoice"]] = OfDocuments.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("facture ou avoir")
        verbose_name_plural = _("factures et avoirs")
        ordering = ("year", "number")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="invoice_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="invoice_numbers_from_one"),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(kind=DocumentKind.INVOICE),
                name="one_invoice_a_payment",
            ),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.INVOICE, refund=None)
                | Q(kind=DocumentKind.CREDIT, refund__isnull=False),
                name="credit_note_of_a_refund",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """« 2026-00012 », as it is printed."""
        return f"{self.year}-{self.number:05d}"
