"""The books: the year's envelope, and the immutable entries under every payment."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from fees.enums import Account, Entry
from fees.ledger import ROUTES

ACCOUNTS = {
    Account.AGENCY: _("agence"),
    Account.ENVELOPE: _("enveloppe"),
    Account.DUE: _("dû aux professionnels"),
    Account.IN_TRANSIT: _("en cours de virement"),
    Account.PAID: _("payé"),
    Account.TO_RECOVER: _("à récupérer"),
}
ENTRIES = {
    Entry.GRANTED: _("enveloppe accordée"),
    Entry.VALIDATED: _("acte validé"),
    Entry.SIGNED: _("lot signé"),
    Entry.EXECUTED: _("virement exécuté"),
    Entry.REVERSED: _("acte extourné"),
    Entry.SETTLED: _("compensé sur un acte extourné"),
    Entry.RECOVERED: _("récupéré"),
}
_STRAIGHT, _MIRRORED = Q(), Q()
for _kind, (_source, _target) in ROUTES.items():
    _STRAIGHT |= Q(kind=_kind, source=_source, target=_target, mirrors=None)
    _MIRRORED |= Q(kind=_kind, source=_target, target=_source, mirrors__isnull=False)
TOUCHES_ENVELOPE = Q(source=Account.ENVELOPE) | Q(target=Account.ENVELOPE)


class Envelope(models.Model):
    """What the agency grants for the acts done in a civil year, in euros."""

    year = models.PositiveSmallIntegerField(_("année"), unique=True)
    decision = models.CharField(_("décision de l’agence"), max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("enveloppe")
        ordering = ("-year",)

    def __str__(self) -> str:
        return str(self.year)


class BookEntryQuerySet(models.QuerySet["BookEntry"]):
    def balance(self, account: Account) -> Decimal:
        """What these entries leave on an account, in euros."""
        sums = self.aggregate(
            given=Sum("amount", filter=Q(target=account)),
            taken=Sum("amount", filter=Q(source=account)),
        )
        zero = Decimal("0.00")
        return (sums["given"] or zero) - (sums["taken"] or zero)

    def in_envelope(self) -> Decimal:
        """What these entries leave in the envelope: only those that touch it are read, in euros."""
        return self.filter(TOUCHES_ENVELOPE).balance(Account.ENVELOPE)

    def standing(self) -> Self:
        """Entries that hold: neither a mirror nor undone by one."""
        return self.filter(mirrors=None, mirrored_by=None)


class BookEntry(models.Model):
    """Euros moved from `source` to `target`, on an accounting day. The table only grows.

    `year` is the envelope's, that of the day of the act. A mirror undoes the entry that it names.
    An act is validated once, and again only after a mirror undid it: the new entry `follows` that
    mirror, which no other one may follow.
    """

    kind = models.CharField(max_length=10, choices=[(k.value, v) for k, v in ENTRIES.items()])
    source = models.CharField(max_length=10, choices=[(a.value, v) for a, v in ACCOUNTS.items()])
    target = models.CharField(max_length=10, choices=[(a.value, v) for a, v in ACCOUNTS.items()])
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)
    on: models.DateField[date, date] = models.DateField(_("date comptable"))
    at = models.DateTimeField()
    by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    year = models.PositiveSmallIntegerField()
    act = models.ForeignKey(
        "fees.Act", on_delete=models.PROTECT, related_name="entries", null=True, blank=True
    )
    transfer = models.ForeignKey(
        "fees.Transfer", on_delete=models.PROTECT, related_name="entries", null=True, blank=True
    )
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    mirrors = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="mirrored_by", null=True, blank=True
    )
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="followed_by",
        null=True,
        blank=True,
        db_index=False,  # the constraint has its index
    )
    note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[BookEntryQuerySet] = BookEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("écriture")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["year", "kind"], name="entry_of_year"),
            models.Index(fields=["on", "id"], name="entry_by_day"),
            models.Index(
                fields=["professional", "year"],
                condition=Q(kind=Entry.EXECUTED),
                name="entry_executed",
            ),
            models.Index(  # all that a validation sums: read without its rows
                fields=["year", "source", "target", "amount"],
                condition=TOUCHES_ENVELOPE,
                name="entry_of_envelope",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_moves_euros"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="entry_changes_account"),
            models.CheckConstraint(condition=_STRAIGHT | _MIRRORED, name="entry_takes_its_route"),
            models.UniqueConstraint(
                fields=["act", "kind"],
                condition=Q(
                    kind__in=[Entry.VALIDATED, Entry.REVERSED],
                    mirrors=None,
                    act__isnull=False,
                    follows=None,
                ),
                name="entry_once_for_an_act",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(follows__isnull=False),
                name="mirror_followed_once",
            ),
            models.UniqueConstraint(
                fields=["act", "kind", "transfer"],
                condition=Q(mirrors=None, act__isnull=False, transfer__isnull=False),
                name="entry_once_for_a_line",
            ),
            models.UniqueConstraint(
                fields=["transfer"],
                condition=Q(kind=Entry.EXECUTED, mirrors=None),
                name="transfer_executed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}: {self.amount}"
