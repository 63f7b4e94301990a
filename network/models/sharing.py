"""The patient's consent to share outside the care team, by circle of readers; revocable."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import Circle

CIRCLES = {
    Circle.REVIEW: _("professionnels de la RCP hors de l’équipe de soins"),
    Circle.OCCUPATIONAL: _("médecin du travail"),
    Circle.INSURANCE: _("médecin-conseil de l’assurance maladie"),
    Circle.DISABILITY: _("médecin de la MDPH"),
}


class SharingConsentQuerySet(models.QuerySet["SharingConsent"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class SharingConsent(models.Model):
    """What the patient agreed to share, with whom, and until when."""

    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="sharing_consents"
    )
    circle = models.CharField(
        _("avec qui"),
        max_length=12,
        choices=[(c.value, label) for c, label in CIRCLES.items()],
    )
    given_on = models.DateField(_("donné le"))
    how = models.CharField(_("recueilli"), max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[SharingConsentQuerySet] = SharingConsentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("accord de partage")
        ordering = ("-recorded_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "circle"],
                condition=Q(withdrawn_at=None),
                name="sharing_consent_once",
                violation_error_message=_("Cet accord est déjà noté."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("recorded_at")),
                name="sharing_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.circle}"

    @property
    def words(self) -> str:
        return str(CIRCLES[Circle(self.circle)])
