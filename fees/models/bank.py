"""Statements of the bank, and what each of their lines is for the portal's payments.

Names and words of the lines are encrypted: anybody's transfer may stand there.
"""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fees.enums import SETTLED, BankMethod, BankVerdict, DifferenceMove, DifferenceState, FileState
from network.enums import Role
from portal.kit.encrypted import EncryptedBytes, EncryptedText

BANK_FILES = {
    FileState.RECEIVED: _("À vérifier"),
    FileState.MATCHING: _("Rapprochement en cours"),
    FileState.OPEN: _("À rapprocher"),
    FileState.CLOSED: _("Rapproché"),
    FileState.DROPPED: _("Écarté"),
}
BANK_VERDICTS = {
    BankVerdict.PAID: _("Virement débité"),
    BankVerdict.GROUPED: _("Lot débité en une fois"),
    BankVerdict.RETURNED: _("Virement revenu"),
    BankVerdict.AMOUNT_DIFFERS: _("Montants différents"),
    BankVerdict.PAID_TWICE: _("Débité deux fois"),
    BankVerdict.UNKNOWN_DEBIT: _("Débit inconnu"),
    BankVerdict.UNKNOWN_CREDIT: _("Crédit inconnu"),
    BankVerdict.NOT_SEEN: _("Pas vu à la banque"),
    BankVerdict.CARD_PAYOUT: _("Versement de carte"),
    BankVerdict.CARD_UNKNOWN: _("Versement de carte inconnu"),
}
BANK_STATES = {
    DifferenceState.AGREED: _("Concorde"),
    DifferenceState.OPEN: _("À décider"),
    DifferenceState.ACCEPTED: _("Accepté"),
    DifferenceState.REFUSED: _("Classé"),
    DifferenceState.ASKED: _("Demandé à la banque"),
}


class BankFileQuerySet(models.QuerySet["BankFile"]):
    def visible_to(self, user: object) -> Self:
        """Accountants alone."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        return self.all() if Role.ACCOUNTANT in roles else self.none()


class BankFile(models.Model):
    """A bank's file as it came (compressed, encrypted), and who brought it when."""

    name = models.CharField(_("fichier"), max_length=120)
    content = EncryptedBytes()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    form = models.CharField(max_length=80, blank=True)
    remarks: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    state = models.CharField(
        max_length=8,
        choices=[(s.value, v) for s, v in BANK_FILES.items()],
        default=FileState.RECEIVED,
    )
    received_at = models.DateTimeField(_("reçu le"))
    received_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    imported_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[BankFileQuerySet] = BankFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("relevé de banque")
        ordering = ("-received_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~Q(state=FileState.DROPPED),
                name="bank_file_received_once",
                violation_error_message=_("Ce fichier est déjà reçu."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=FileState.CLOSED, closed_at__isnull=False, closed_by__isnull=False
                )
                | (~Q(state=FileState.CLOSED) & Q(closed_at=None, closed_by=None)),
                name="closed_bank_file_has_author",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankColumns(models.Model):
    """What the columns of a bank's table hold, once a person has said it: `told` gives a field for
    each place; `signature` is that of the headings."""

    signature = models.CharField(max_length=64, unique=True)
    told: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    confirmed_at = models.DateTimeField()
    confirmed_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.signature[:8]


class BankStatement(models.Model):
    """One statement of an account: its opening balance and its lines make its closing one.

    `account`: its last four characters. `moved`: the sum of its lines. Euros; balances are empty
    where the bank gives none.
    """

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="statements")
    account = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=80)
    number = models.PositiveIntegerField(null=True, blank=True)
    opened_on: models.DateField[date, date] = models.DateField()
    closed_on: models.DateField[date, date] = models.DateField()
    opening = models.DecimalField(max_digits=13, decimal_places=2, null=True, blank=True)
    closing = models.DecimalField(max_digits=13, decimal_places=2, null=True, blank=True)
    moved = models.DecimalField(max_digits=13, decimal_places=2)

    class Meta:
        ordering = ("closed_on", "number", "pk")
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="bank_statement_once"),
            models.CheckConstraint(
                condition=Q(opening=None, closing=None)
                | Q(opening__isnull=False, closing=F("opening") + F("moved")),
                name="bank_statement_balances",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """One line of the account. `amount` in euros, negative when it leaves the account.

    `mark`: what tells the line from any other, in whatever file it comes again.
    """

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    key = models.CharField(max_length=40)
    rank = models.PositiveIntegerField()
    booked_on: models.DateField[date, date] = models.DateField()
    amount: models.DecimalField[Decimal, Decimal] = models.DecimalField(
        max_digits=13, decimal_places=2
    )
    end_to_end = models.CharField(max_length=35, blank=True)
    group = models.CharField(max_length=35, blank=True)
    count = models.PositiveIntegerField(default=1)
    reference = models.CharField(max_length=60, blank=True)
    name = EncryptedText(blank=True)
    text = EncryptedText(blank=True)
    is_return = models.BooleanField(default=False)
    reason = models.CharField(max_length=4, blank=True)
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("rank",)

    def __str__(self) -> str:
        return f"{self.statement_id} · {self.key}"


class BankMatch(models.Model):
    """What a line is: the transfer or the batch that it pays, or that comes back, or the payout of
    the card service; without line, a transfer that the bank does not show.

    Euros: `amount` of the line (signed), `held` by the portal, `stake` what depends on the
    decision. `moved`: accepting it has changed payments, which no undoing takes back.
    """

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="matches")
    line = models.OneToOneField(
        BankLine, on_delete=models.PROTECT, related_name="match", null=True, blank=True
    )
    transfer = models.ForeignKey(
        "fees.Transfer", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    batch = models.ForeignKey(
        "fees.Batch", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    payout = models.ForeignKey(
        "training.Payout", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    verdict = models.CharField(
        max_length=14, choices=[(k.value, v) for k, v in BANK_VERDICTS.items()]
    )
    method = models.CharField(
        max_length=10, blank=True, choices=[(m.value, m.value) for m in BankMethod]
    )
    confidence = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(0))
    explanation = models.CharField(max_length=500, blank=True)
    amount = models.DecimalField(max_digits=13, decimal_places=2, default=Decimal(0))
    held = models.DecimalField(max_digits=13, decimal_places=2, default=Decimal(0))
    stake = models.DecimalField(max_digits=13, decimal_places=2, default=Decimal(0))
    state = models.CharField(max_length=8, choices=[(s.value, v) for s, v in BANK_STATES.items()])
    moved = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    assigned_to: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("ligne de banque")
        ordering = ("-stake", "pk")
        indexes = [
            models.Index(fields=["file", "state", "-stake", "id"], name="bank_line_to_decide")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False)
                | Q(verdict=BankVerdict.NOT_SEEN, transfer__isnull=False),
                name="bank_match_of_something",
            ),
            models.UniqueConstraint(
                fields=["transfer", "verdict"],
                condition=Q(
                    state__in=SETTLED, verdict__in=[BankVerdict.PAID, BankVerdict.RETURNED]
                ),
                name="transfer_settled_by_one_line",
                violation_error_message=_("Une autre ligne règle déjà ce virement."),
            ),
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(state__in=SETTLED, verdict=BankVerdict.GROUPED),
                name="batch_debited_by_one_line",
                violation_error_message=_("Une autre ligne règle déjà ce lot."),
            ),
            models.UniqueConstraint(
                fields=["payout"],
                condition=Q(state__in=SETTLED, verdict=BankVerdict.CARD_PAYOUT),
                name="payout_arrives_by_one_line",
                violation_error_message=_("Ce versement est déjà arrivé par une autre ligne."),
            ),
            models.CheckConstraint(
                condition=Q(payout=None) | Q(transfer=None, batch=None),
                name="bank_match_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["transfer"],
                condition=Q(line=None, state=DifferenceState.OPEN),
                name="transfer_asked_about_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.verdict} ({self.state})"


class BankStep(models.Model):
    """What a person did with a line of the bank. It only grows; `state` as it left it."""

    match = models.ForeignKey(BankMatch, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=8, choices=[(m.value, m.value) for m in DifferenceMove])
    state = models.CharField(max_length=8, choices=[(s.value, v) for s, v in BANK_STATES.items()])
    at = models.DateTimeField()
    by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.match_id} · {self.move}"
