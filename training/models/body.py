"""Who gives the training: the body named on the attestations, and its numbers."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TrainingBody(models.Model):
    """The one organisation of this portal. A number left empty is never printed."""

    name = models.CharField(_("nom de l’organisme"), max_length=160)
    address = models.CharField(_("adresse"), max_length=240, blank=True)
    siret = models.CharField(
        _("SIRET"),
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^\d{14}$", _("Quatorze chiffres, sans espace."))],
        help_text=_("Quatorze chiffres, imprimés sur les factures."),
    )
    signatory = models.CharField(
        _("signataire"), max_length=160, help_text=_("Nom et fonction, tels qu’ils sont imprimés.")
    )
    declaration = models.CharField(
        _("numéro de déclaration d’activité"),
        max_length=40,
        blank=True,
        help_text=_("NDA, donné par la préfecture de région."),
    )
    qualiopi = models.CharField(_("certificat Qualiopi"), max_length=60, blank=True)
    odpc = models.CharField(
        _("numéro d’organisme de DPC"),
        max_length=40,
        blank=True,
        help_text=_(
            "Sans lui, et sans numéro d’action dans le module, aucune attestation ne parle de DPC."
        ),
    )

    class Meta:
        verbose_name = _("organisme de formation")
        verbose_name_plural = _("organisme de formation")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_training_body")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """The body as described by the administrator, or the network without any number."""
        found = cls.objects.first()
        return found or cls(
            pk=1, name=_("Réseau ville-hôpital Ariane"), signatory=_("La direction médicale")
        )
