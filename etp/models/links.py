"""The secret calendar address of a patient."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .place import OfPatients


class CalendarFeed(models.Model):
    """A patient's secret calendar address; making another one revokes it."""

    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfPatients["CalendarFeed"]] = OfPatients.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("agenda en ligne")

    def __str__(self) -> str:
        return f"{self.patient_id}"
