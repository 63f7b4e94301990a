"""A learner's way through modules, the cases that come back, and the attestations."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.enums import Role
from training.enums import AttestationState

from .runs import Run


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: object) -> Self:
        return self.filter(learner_id=getattr(user, "pk", None))


class Enrolment(models.Model):
    """A learner in a module, known by the translation key of its page."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    module_key = models.UUIDField()
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription à un module")
        verbose_name_plural = _("inscriptions aux modules")
        constraints = [
            models.UniqueConstraint(fields=["learner", "module_key"], name="enrolled_once")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}, {self.module_key}"


class LessonRead(models.Model):
    """A lesson that a learner said to have read."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="lessons")
    lesson_key = models.UUIDField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson_key"], name="lesson_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}, {self.lesson_key}"


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, user: object) -> Self:
        return self.filter(learner_id=getattr(user, "pk", None))

    def to_send(self, today: date) -> Self:
        return self.filter(sent_at=None, run=None, due_on__lte=today)


class Return(models.Model):
    """A case that comes back at day 7, 30 or 90 after it was first finished."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="returns"
    )
    key = models.UUIDField()
    day = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    run = models.OneToOneField(
        Run, on_delete=models.PROTECT, null=True, blank=True, related_name="came_back"
    )

    objects: ClassVar[Any] = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("retour d’un cas")
        verbose_name_plural = _("retours de cas")
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["learner", "key", "day"], name="one_return_a_day"),
            models.CheckConstraint(condition=Q(day__in=[7, 30, 90]), name="fixed_return_days"),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(sent_at=None), name="returns_to_send")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}, {self.key}, {self.day}"


class ReturnPause(models.Model):
    """A learner who asked for no case by mail. The row goes when mails are wanted again."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="return_pause"
    )
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("pause des retours")
        verbose_name_plural = _("pauses des retours")

    def __str__(self) -> str:
        return str(self.learner_id)


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def visible_to(self, user: object) -> Self:
        """Learners: their own. The medical director: all. Accountants get hours, never rows."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if Role.MEDICAL_DIRECTOR in roles:
            return self
        return self.filter(learner_id=getattr(user, "pk", None))

    def standing(self) -> Self:
        """Those that nobody revoked, expired ones included: the hours were worked."""
        return self.filter(revoked_at=None)

    def valid(self, today: date) -> Self:
        return self.standing().filter(expires_on__gt=today)


class Attestation(models.Model):
    """A proof of training that anybody can verify by its code.

    `facts` is what was attested, copied when it was issued: title, objectives, nature, method,
    dates, minutes, score, lead and interests, name, profession and RPPS of the learner.
    """

    code: models.UUIDField[UUID, UUID] = models.UUIDField(unique=True, default=uuid4)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attestations"
    )
    module_key = models.UUIDField()
    issued_on = models.DateField()
    expires_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    renewed_on = models.DateField(null=True, blank=True)  # when another one took its place
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_because = models.CharField(_("motif"), max_length=300, blank=True)

    objects: ClassVar[Any] = AttestationQuerySet.as_manager()

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ("-issued_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "module_key"],
                condition=Q(revoked_at=None, renewed_on=None),
                name="one_standing_attestation",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_because="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_because="")),
                name="revocation_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.code)

    @property
    def last_day(self) -> date:
        """The last day on which it is valid: the eve of its expiry."""
        return self.expires_on - timedelta(days=1)

    def state_on(self, day: date) -> AttestationState:
        """What anybody who verifies it on that day is told."""
        if self.revoked_at:
            return AttestationState.REVOKED
        return AttestationState.VALID if day < self.expires_on else AttestationState.EXPIRED
