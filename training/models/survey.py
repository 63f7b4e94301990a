"""What a meeting was worth: who was asked, and what was answered, with nothing between the two."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import Survey

from .meeting import Meeting, OfPeople

MOMENTS = {Survey.HOT: _("à chaud"), Survey.COLD: _("deux mois après")}
_CHOICES = [(each.value, label) for each, label in MOMENTS.items()]


class SurveyCall(models.Model):
    """Somebody who attended was asked; `since`: when they attended. `answered_on`, a day alone,
    tells that they answered, never what."""

    uid = models.UUIDField(unique=True, default=uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="survey_calls")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=4, choices=_CHOICES)
    since = models.DateTimeField()
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects: ClassVar[OfPeople["SurveyCall"]] = OfPeople.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("demande d’avis")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "moment"], name="survey_asked_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(reminded_at=None, answered_on=None),
                name="surveys_to_remind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.moment}"


class SurveyAnswer(models.Model):
    """One answer, of nobody: no person, no date, and an identifier that tells no order.

    `score` from 0 to 10; the scales from 1 to 5, `clear` at once, `applied` months later.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="survey_answers")
    moment = models.CharField(max_length=4, choices=_CHOICES)
    score = models.PositiveSmallIntegerField()
    useful = models.PositiveSmallIntegerField()
    clear = models.PositiveSmallIntegerField(null=True, blank=True)
    applied = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=600, blank=True)

    class Meta:
        verbose_name = _("avis")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(score__lte=10, useful__gte=1, useful__lte=5),
                name="survey_scores_in_range",
            ),
            models.CheckConstraint(  # nothing compared with nothing refuses nothing: say not null
                condition=Q(moment=Survey.HOT, clear__isnull=False, applied=None)
                | Q(moment=Survey.COLD, applied__isnull=False, clear=None),
                name="survey_scale_of_its_moment",
            ),
            models.CheckConstraint(
                condition=(Q(clear=None) | Q(clear__gte=1, clear__lte=5))
                & (Q(applied=None) | Q(applied__gte=1, applied__lte=5)),
                name="survey_scales_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.score}"
