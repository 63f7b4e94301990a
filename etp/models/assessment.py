"""The shared educational assessment (BEP): versions, objectives, and the workshops it opens."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from etp.enums import Mode, SheetPart, Theme

from .place import OfPatients, Place
from .programme import THEMES, Workshop

PARTS = {
    SheetPart.NEEDS: _("Besoins"),
    SheetPart.SKILLS: _("Acquis"),
    SheetPart.OBJECTIVES: _("Objectifs"),
    SheetPart.PREFERENCES: _("Préférences"),
    SheetPart.CONSENT: _("Accord"),
}


class Assessment(models.Model):
    """One version of a patient's assessment; once closed it is not edited, a new one follows.

    `needs` are themes; `availability` is free text such as « mardi et jeudi après-midi ».
    """

    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="assessments"
    )
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField(_("bilan du"))
    led_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    needs: models.JSONField[list[str], list[str]] = models.JSONField(_("besoins"), default=list)
    daily_life = models.TextField(_("ce que la douleur change au quotidien"), blank=True)
    knowledge = models.TextField(_("ce que la personne sait déjà"), blank=True)
    skills = models.TextField(_("ce que la personne fait déjà"), blank=True)
    brakes = models.TextField(_("ce qui peut gêner"), blank=True)
    mode = models.CharField(
        _("préférence"),
        max_length=8,
        choices=[(m.value, m.value) for m in Mode],
        blank=True,
    )
    availability = models.CharField(_("disponibilités"), max_length=200, blank=True)
    consent_on = models.DateField(_("accord recueilli le"), null=True, blank=True)
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects: ClassVar[OfPatients["Assessment"]] = OfPatients.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("bilan éducatif partagé")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="assessment_numbered"),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(closed_at=None), name="one_open_assessment"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(consent_on__isnull=False),
                name="closed_assessment_has_consent",
                violation_error_message=_("Notez d’abord l’accord de la personne."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}, {self.number}"


class Objective(models.Model):
    """What the patient wants to reach, in the patient's own words.

    `start`: where the patient stands that day, from 0 to 10; the first rating once it is closed.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="objectives")
    words = models.CharField(_("objectif, avec ses mots"), max_length=200)
    theme = models.CharField(
        _("thème"),
        max_length=12,
        choices=[(t.value, label) for t, label in THEMES.items()],
        default=Theme.FOLLOW_UP.value,
    )
    position = models.PositiveSmallIntegerField(default=1)
    start = models.PositiveSmallIntegerField(_("où elle en est"), null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(start__lte=10), name="start_from_0_to_10"
            )
        ]

    def __str__(self) -> str:
        return self.words


class ObjectiveRating(models.Model):
    """Where the patient stands on an objective, from 0 (not at all) to 10 (reached)."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="ratings")
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=10), name="rating_from_0_to_10")
        ]

    def __str__(self) -> str:
        return str(self.value)


class OpeningQuerySet(OfPatients["Opening"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Opening(models.Model):
    """A workshop opened to a patient by an assessment: without it no place is had."""

    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="openings"
    )
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="openings")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="openings")
    opened_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    opened_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OpeningQuerySet] = OpeningQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("atelier ouvert")
        ordering = ("workshop__title", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "workshop"], condition=Q(closed_at=None), name="opened_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}, {self.workshop_id}"


class Feedback(models.Model):
    """What a patient says of a session just after it; `useful` from 1 to 5."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="feedback")
    at = models.DateTimeField()
    useful = models.PositiveSmallIntegerField()
    words = models.CharField(_("en quelques mots"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("avis")
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__gte=1, useful__lte=5), name="feedback_from_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return str(self.useful)


class Evaluation(models.Model):
    """The individual evaluation at the end: what was reached, and what comes next."""

    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, related_name="evaluation"
    )
    held_on = models.DateField(_("évaluation du"))
    led_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(_("ce qui a changé"))
    next_steps = models.TextField(_("suite proposée"), blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    letter_on = models.DateField(_("lettre au médecin traitant du"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("évaluation individuelle")
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__lte=10),
                name="satisfaction_from_0_to_10",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}"
