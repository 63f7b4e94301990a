"""Who was there: stays noted by a video platform's file, or by an arrival on site."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.kit.encrypted import EncryptedBytes

from .meeting import Meeting, Registration


class AttendanceFile(models.Model):
    """A file of a video platform as it came, read whole; the same file counts once.

    Until it is `kept` it was only tried: nothing of it counts, and another try takes its place.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance_files")
    name = models.CharField(_("fichier"), max_length=120)
    digest = models.CharField(max_length=64)
    content = EncryptedBytes(default=b"", blank=True)
    kept = models.BooleanField(default=True)
    read_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("relevé de présence")
        ordering = ("-read_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "digest"], name="attendance_file_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kept=False), name="one_attendance_file_tried"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stay(models.Model):
    """From an arrival to a departure. `source` empty: noted on site, until the announced end."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="stays")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField()
    source = models.ForeignKey(
        AttendanceFile, on_delete=models.PROTECT, related_name="stays", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("présence")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "joined_at", "left_at"], name="stay_once"
            ),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(source=None), name="arrival_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at__gte=F("joined_at")), name="stay_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}, {self.joined_at:%H:%M}"
