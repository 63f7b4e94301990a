"""What coordination does after an absence."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .place import OfPatients, Place


class AbsenceCall(models.Model):
    """Somebody who did not come was called, or tried: the absence waits for nobody any more."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="call")
    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[OfPatients["AbsenceCall"]] = OfPatients.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("appel après une absence")

    def __str__(self) -> str:
        return f"{self.place_id}"
