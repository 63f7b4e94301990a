"""Who did or read what, when and why. The table only grows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """One read or one write. `subject` names the thing without any health data."""

    at = models.DateTimeField(_("quand"), db_index=True)
    actor = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("qui")
    )
    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, null=True, related_name="journal"
    )
    verb = models.CharField(_("action"), max_length=40)
    subject = models.CharField(_("objet"), max_length=80, blank=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("journal")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
