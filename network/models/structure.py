"""Pain structures of the region; the directory will tell more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.enums import StructureKind

STRUCTURE_KINDS = {
    StructureKind.CENTRE: _("centre de la douleur"),
    StructureKind.CONSULTATION: _("consultation de la douleur"),
    StructureKind.PERMANENCE: _("permanence avancée"),
}


class Structure(models.Model):
    """A labelled centre or consultation, or the satellite of one."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    kind = models.CharField(
        _("type"), max_length=12, choices=[(k.value, label) for k, label in STRUCTURE_KINDS.items()]
    )
    department = models.CharField(_("département"), max_length=3)

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        ordering = ("department", "name")

    def __str__(self) -> str:
        return self.name
