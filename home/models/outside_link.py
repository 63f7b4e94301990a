"""What was seen of the addresses outside the portal that its pages lead to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutsideLink(models.Model):
    """One address: when it was last asked, and why it did not answer, times in a row."""

    address = models.CharField(_("adresse"), max_length=500, unique=True)
    fault = models.CharField(_("défaut"), max_length=80, blank=True)
    failures = models.PositiveSmallIntegerField(_("échecs de suite"), default=0)
    checked_at = models.DateTimeField(_("regardée le"))

    class Meta:
        verbose_name = _("lien extérieur")
        verbose_name_plural = _("liens extérieurs")
        ordering = ("address",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(fault="", failures=0)
                | (~models.Q(fault="") & models.Q(failures__gt=0)),
                name="outside_link_fails_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.address
