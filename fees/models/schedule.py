"""The dated rules: fee lines and readings of the fee table. Superseded, never edited."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fees import rules
from fees.enums import DoctorCap, Kind, WindowKind

KINDS = {
    Kind.MED_BILAN: _("Bilan de la douleur"),
    Kind.MED_REEVAL: _("Réévaluation et liaison"),
    Kind.KINE_REMOB: _("Remobilisation fonctionnelle"),
    Kind.PSY_SUIVI: _("Suivi psychologique"),
    Kind.RCP_MT: _("Présence en RCP, médecin traitant"),
    Kind.RCP_PARA: _("Présence en RCP"),
}
DOCTOR_CAPS = {
    DoctorCap.SHARED: _("bilans et réévaluations partagent un plafond"),
    DoctorCap.SEPARATE: _("un plafond pour chaque acte"),
}
WINDOWS = {
    WindowKind.CIVIL: _("année civile"),
    WindowKind.INCLUSION: _("année depuis l’inclusion"),
    WindowKind.FOLLOW_UP: _("durée du suivi"),
}


def in_force_on(day: date) -> Q:
    """The condition that a dated rule covers the day, both ends included."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


class TariffLineQuerySet(models.QuerySet["TariffLine"]):
    def in_force(self, on: date) -> Self:
        return self.filter(in_force_on(on))


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def in_force(self, on: date) -> Self:
        return self.filter(in_force_on(on))


class Dated(models.Model):
    """A rule with its dates (both included; no end = open) and the decision that grants it."""

    valid_from = models.DateField(_("du"))
    valid_to = models.DateField(_("au"), null=True, blank=True)
    decision = models.CharField(_("décision qui l’accorde"), max_length=160)
    recorded_at = models.DateTimeField(_("saisi le"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class TariffLine(Dated):
    """One line of the fee table: amount in euros, cap per patient, both from a date on."""

    kind = models.CharField(
        _("acte"), max_length=12, choices=[(k.value, v) for k, v in KINDS.items()]
    )
    amount = models.DecimalField(_("montant"), max_digits=8, decimal_places=2)
    limit = models.PositiveSmallIntegerField(_("plafond"), null=True, blank=True)
    limit_ald = models.PositiveSmallIntegerField(_("plafond en ALD"), null=True, blank=True)

    objects: ClassVar[TariffLineQuerySet] = TariffLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ligne du barème")
        verbose_name_plural = _("barème")
        ordering = ("kind", "valid_from")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="tariff_not_negative"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="tariff_ends_after_start",
                violation_error_message=_("La ligne finit avant de commencer."),
            ),
            models.UniqueConstraint(fields=["kind", "valid_from"], name="tariff_once_a_day"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(valid_to=None), name="one_open_tariff"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} € du {self.valid_from}"

    def as_rule(self) -> rules.Tariff:
        return rules.Tariff(
            kind=Kind(self.kind),
            amount=self.amount,
            limit=self.limit,
            limit_ald=self.limit_ald,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            decision=self.decision,
        )


class PolicyVersion(Dated):
    """The network's readings of the fee table (AMB-1, 2, 5, 6, 10, 12), from a date on."""

    doctor_cap = models.CharField(
        _("plafond des médecins"),
        max_length=10,
        choices=[(k.value, v) for k, v in DOCTOR_CAPS.items()],
    )
    window = models.CharField(
        _("période du plafond"), max_length=10, choices=[(k.value, v) for k, v in WINDOWS.items()]
    )
    claim_days = models.PositiveSmallIntegerField(_("délai de saisie, en jours"), default=90)
    plan_days = models.PositiveSmallIntegerField(_("délai de modification du PPS"), default=30)
    min_professionals = models.PositiveSmallIntegerField(_("professionnels présents"), default=2)
    exclude_employees = models.BooleanField(_("sans les salariés du réseau"), default=True)
    follow_up_months = models.PositiveSmallIntegerField(_("mois de suivi"), default=15)

    objects: ClassVar[PolicyVersionQuerySet] = PolicyVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("lecture du barème")
        verbose_name_plural = _("lectures du barème")
        ordering = ("valid_from",)
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="policy_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="policy_ends_after_start",
                violation_error_message=_("La lecture finit avant de commencer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doctor_cap}, {self.window}, du {self.valid_from}"

    def as_rule(self) -> rules.Policy:
        return rules.Policy(
            doctor_cap=DoctorCap(self.doctor_cap),
            window=WindowKind(self.window),
            claim_days=self.claim_days,
            plan_days=self.plan_days,
            min_professionals=self.min_professionals,
            follow_up_months=self.follow_up_months,
            exclude_employees=self.exclude_employees,
        )
