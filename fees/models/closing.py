"""Closings: the figures of a month or of a year, frozen the day it was closed."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fees.closing import Span
from portal.kit import words

from .books import ACCOUNTS, ENTRIES


class Closing(models.Model):
    """A period that gets no entry any more, up to `until` inside. The table only grows.

    `month` 0 is the whole year; `last_entry` the number of its last entry, 0 without any; `sha256`
    that of its journal (`fees.closing`); `unsettled` says which transfers were left so.
    """

    year = models.PositiveSmallIntegerField(_("année"))
    month = models.PositiveSmallIntegerField(_("mois"), default=0)
    since: models.DateField[date, date] = models.DateField()
    until: models.DateField[date, date] = models.DateField()
    at = models.DateTimeField()
    by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    entries = models.PositiveIntegerField()
    last_entry = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    unsettled = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("clôture")
        ordering = ("-until", "month")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "month"],
                name="period_closed_once",
                violation_error_message=_("Cette période est déjà close."),
            ),
            models.CheckConstraint(
                condition=Q(month__lte=12, until__gte=F("since")), name="closing_of_a_period"
            ),
        ]
        indexes = [models.Index(fields=["until"], name="closing_until")]

    def __str__(self) -> str:
        return words.month(self.since) if self.month else str(self.year)

    @property
    def span(self) -> Span:
        return Span(self.year, self.month)


class ClosedAccount(models.Model):
    """An account over a closed period, in euros."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="accounts")
    account = models.CharField(max_length=10, choices=[(a.value, v) for a, v in ACCOUNTS.items()])
    opening = models.DecimalField(max_digits=14, decimal_places=2)
    given = models.DecimalField(max_digits=14, decimal_places=2)
    taken = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["closing", "account"], name="account_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} · {self.account}"


class ClosedKind(models.Model):
    """The entries of one kind over a closed period: how many, euros, and the mirrors apart."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="kinds")
    kind = models.CharField(max_length=10, choices=[(k.value, v) for k, v in ENTRIES.items()])
    entries = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    mirrors = models.PositiveIntegerField()
    undone = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["closing", "kind"], name="kind_closed_once")]

    def __str__(self) -> str:
        return f"{self.closing_id} · {self.kind}"
