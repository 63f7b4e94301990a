"""Dated facts of care: who follows a patient, and the long-term condition (ALD)."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import AldKind, LinkRole

ALD_KINDS = {
    AldKind.ALD_30: _("ALD 30, affection de la liste"),
    AldKind.ALD_31: _("ALD 31, hors liste"),
    AldKind.ALD_32: _("ALD 32, plusieurs affections"),
    AldKind.OTHER: _("ALD non exonérante"),
}


class DatedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows with `starts_on` and `ends_on`, both included; an empty end is open."""

    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class CareLink(models.Model):
    """A professional follows a patient: as treating doctor or in the care team."""

    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="links")
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="links"
    )
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in LinkRole])
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects: ClassVar[DatedQuerySet["CareLink"]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="care_link_ends_after_start",
                violation_error_message=_("La fin précède le début."),
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(role=LinkRole.TREATING_DOCTOR, ends_on=None),
                name="one_treating_doctor",
                violation_error_message=_("Ce patient a déjà un médecin traitant."),
            ),
            models.UniqueConstraint(
                fields=["patient", "professional"],
                condition=Q(role=LinkRole.TEAM, ends_on=None),
                name="in_team_once",
                violation_error_message=_("Cette personne est déjà dans l’équipe."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.professional} · {self.patient}"


class AldPeriod(models.Model):
    """A long-term condition with its dates. It is judged at the date of each act."""

    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="alds")
    kind = models.CharField(_("type"), max_length=5, choices=[(k.value, k.value) for k in AldKind])
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)
    proof = models.CharField(_("justificatif vu"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[DatedQuerySet["AldPeriod"]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="ald_ends_after_start",
                violation_error_message=_("La fin de l’ALD précède son début."),
            )
        ]

    def __str__(self) -> str:
        return f"ALD {self.kind}"

    @property
    def words(self) -> str:
        return str(ALD_KINDS[AldKind(self.kind)])
