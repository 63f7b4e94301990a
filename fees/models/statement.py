"""Statements that professionals write themselves, and every difference with the portal."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fees.enums import SETTLED, DifferenceMove, DifferenceState, FileState
from fees.reconcile.frames import Left, Method, Pair
from network.enums import Role
from portal.kit.encrypted import EncryptedBytes, EncryptedText

FILES = {
    FileState.RECEIVED: _("À vérifier"),
    FileState.MATCHING: _("Rapprochement en cours"),
    FileState.CHECKED: _("Vérifié, pas encore envoyé"),
    FileState.OPEN: _("À rapprocher"),
    FileState.CLOSED: _("Rapproché"),
    FileState.DROPPED: _("Écarté"),
}
VERDICTS = {
    Pair.MATCHED: _("Concorde"),
    Pair.AMOUNT_DIFFERS: _("Montants différents"),
    Pair.DATE_DIFFERS: _("Dates différentes"),
    Pair.KIND_DIFFERS: _("Actes différents"),
    Pair.ALREADY_PAID: _("Déjà payé"),
    Pair.NOT_PAYABLE: _("Refusé par le portail"),
    Left.CLAIMED_TWICE: _("Demandé deux fois"),
    Left.MISSING_IN_LOG: _("Acte non noté"),
    Left.MISSING_IN_STATEMENT: _("Acte non réclamé"),
    Left.UNKNOWN_PATIENT: _("Patient inconnu"),
    Left.UNREADABLE: _("Illisible"),
}
DIFFERENCES = {
    DifferenceState.AGREED: _("Concorde"),
    DifferenceState.OPEN: _("À décider"),
    DifferenceState.ACCEPTED: _("Accepté"),
    DifferenceState.REFUSED: _("Rejeté"),
    DifferenceState.ASKED: _("Demandé au professionnel"),
}
OWN_ONLY = (FileState.RECEIVED, FileState.MATCHING, FileState.CHECKED, FileState.DROPPED)
"""States in which a file that its author uploaded is nobody else's."""


class StatementFileQuerySet(models.QuerySet["StatementFile"]):
    def visible_to(self, user: object) -> Self:
        """Authors: their own. Accountants: what they received, and what authors have sent."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        mine = Q(pk__in=[])
        if Role.CLINICIAN in roles:
            mine |= Q(professional__user=user, received_by=F("professional__user"))
        if Role.ACCOUNTANT in roles:
            own = Q(received_by=F("professional__user"))
            mine |= ~own | Q(professional__user=None) | ~Q(state__in=OWN_ONLY)
        return self.filter(mine)


class StatementFile(models.Model):
    """A file as it came, and who brought it when; a second one for the month is a revision.

    `told`: for each sheet, what a person confirmed of its columns. `signature`: the shape of the
    file, by which its columns are remembered.
    """

    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="statements"
    )
    month: models.DateField[date, date] = models.DateField(_("mois"))
    name = models.CharField(_("fichier"), max_length=120)
    content = EncryptedBytes()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=8, choices=[(s.value, v) for s, v in FILES.items()], default=FileState.RECEIVED
    )
    received_at = models.DateTimeField(_("reçu le"))
    received_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    form = models.CharField(max_length=80, blank=True)
    told: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    remarks: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[StatementFileQuerySet] = StatementFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("relevé")
        ordering = ("-received_at", "-pk")
        indexes = [models.Index(fields=["-received_at", "-id"], name="statement_by_arrival")]
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "sha256"],
                condition=~Q(state=FileState.DROPPED),
                name="statement_received_once",
                violation_error_message=_("Ce fichier est déjà reçu."),
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="statement_is_of_a_month"),
            models.CheckConstraint(
                condition=Q(
                    state=FileState.CLOSED, closed_at__isnull=False, closed_by__isnull=False
                )
                | (~Q(state=FileState.CLOSED) & Q(closed_at=None, closed_by=None)),
                name="closed_statement_has_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.professional_id} {self.month:%Y-%m} {self.name}"

    @property
    def is_own(self) -> bool:
        """Was it uploaded by the professional whose acts it lists?"""
        return self.received_by_id == self.professional.user_id


class ColumnMemory(models.Model):
    """What the columns of a sender's files hold, once a person has confirmed it."""

    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="statement_columns"
    )
    signature = models.CharField(max_length=64)
    told: models.JSONField[Any, Any] = models.JSONField()
    confirmed_at = models.DateTimeField()
    confirmed_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "signature"], name="columns_remembered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.professional_id} {self.signature[:8]}"


class StatementLine(models.Model):
    """A line as it was understood. Who it speaks of is kept encrypted (docs/adr/0018)."""

    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="lines")
    key = models.CharField(max_length=80)
    rank = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField()
    done_on = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    amount = models.CharField(max_length=40, blank=True)
    euros = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True)
    patient_name = EncryptedText(blank=True)
    patient_code = models.CharField(max_length=40, blank=True)
    birth_date = EncryptedText(blank=True)
    professional_code = models.CharField(max_length=40, blank=True)
    professional_name = models.CharField(max_length=120, blank=True)
    remarks: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("rank",)
        indexes = [models.Index(fields=["mark"], name="statement_line_mark")]
        constraints = [
            models.UniqueConstraint(fields=["file", "key"], name="statement_line_once"),
            models.CheckConstraint(
                condition=Q(euros=None) | Q(euros__gte=0), name="statement_line_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.key}"


class Difference(models.Model):
    """A share of a line and the act that it claims; a line without act, or an act without line.

    Euros: `claimed` by the line, `held` by the portal, `stake` what depends on the decision,
    `payable` what the line is worth once settled. The shares of a line add up to what it claims.
    """

    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="differences")
    line = models.ForeignKey(
        StatementLine, on_delete=models.PROTECT, related_name="shares", null=True, blank=True
    )
    act = models.ForeignKey(
        "fees.Act", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    verdict = models.CharField(max_length=20, choices=[(k.value, v) for k, v in VERDICTS.items()])
    method = models.CharField(
        max_length=9, blank=True, choices=[(m.value, m.value) for m in Method]
    )
    confidence = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(0))
    explanation = models.CharField(max_length=500, blank=True)
    claimed = models.DecimalField(max_digits=11, decimal_places=2, default=Decimal(0))
    held = models.DecimalField(max_digits=11, decimal_places=2, default=Decimal(0))
    stake = models.DecimalField(max_digits=11, decimal_places=2, default=Decimal(0))
    payable = models.DecimalField(max_digits=11, decimal_places=2, default=Decimal(0))
    state = models.CharField(max_length=8, choices=[(s.value, v) for s, v in DIFFERENCES.items()])
    version = models.PositiveIntegerField(default=1)
    assigned_to: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("différence")
        ordering = ("-stake", "pk")
        indexes = [
            models.Index(fields=["file", "state", "-stake", "id"], name="difference_to_decide")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(act__isnull=False),
                name="difference_of_something",
            ),
            models.UniqueConstraint(fields=["file", "act"], name="act_compared_once"),
            models.UniqueConstraint(
                fields=["act"],
                condition=Q(state__in=SETTLED, line__isnull=False),
                name="act_settled_once",
                violation_error_message=_("Un autre relevé règle déjà cet acte."),
            ),
            models.CheckConstraint(
                condition=Q(payable=0) | Q(state__in=SETTLED, act__isnull=False),
                name="payable_once_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.verdict} ({self.state})"


class DifferenceStep(models.Model):
    """What a person did with a difference. It only grows; `state` and `payable` as it left them."""

    difference = models.ForeignKey(Difference, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=8, choices=[(m.value, m.value) for m in DifferenceMove])
    state = models.CharField(max_length=8, choices=[(s.value, v) for s, v in DIFFERENCES.items()])
    payable = models.DecimalField(max_digits=11, decimal_places=2, default=Decimal(0))
    at = models.DateTimeField()
    by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.difference_id} · {self.move}"
