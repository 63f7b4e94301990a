"""Recordings of meetings: watched at any time, with captions, questions, and what was seen."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import Profession, Role
from network.models import Professional
from training.enums import Answering, Audience, MediaKind, StepKind, Verdict
from training.rules.asking import Choice, Question
from training.rules.cases import Decision, Option
from training.rules.watching import FASTEST

from .meeting import Meeting, OfPeople

PART_BYTES = 2**20
REPLAY = "replay"
"""How an attestation says that a meeting was followed afterwards."""
MIME = {MediaKind.MP4: "video/mp4", MediaKind.WEBM: "video/webm"}
LEARNERS = frozenset({Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR})
ORGANISERS = frozenset({Role.EDITOR, Role.MEDICAL_DIRECTOR})


class ReplayQuerySet(models.QuerySet["Replay"]):
    def visible_to(self, user: Any) -> Self:
        """Published ones to the audience of their meeting; to those who organise, all."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if roles & ORGANISERS:
            return self
        audiences = {Audience.EVERYBODY} if getattr(user, "is_authenticated", False) else set()
        if roles & LEARNERS:
            audiences.add(Audience.PROFESSIONALS)
            doctors = Professional.objects.filter(user=user.pk, profession=Profession.DOCTOR)
            if doctors.exists():
                audiences.add(Audience.DOCTORS)
        return self.filter(published_at__isnull=False, meeting__audience__in=audiences)


class Replay(models.Model):
    """The recording of a meeting, of `length` seconds: until the end of its last caption.

    `cues`: start and end in milliseconds, words, voice; what the captions and the transcript are
    written from. `chapters`: second and title. The bytes are in its parts, in the database: kept
    in its transaction and in its backups, at no address but the one that asks who comes.
    """

    meeting: models.OneToOneField[Meeting, Meeting] = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, related_name="replay"
    )
    kind = models.CharField(max_length=4, choices=[(k.value, k.value.upper()) for k in MediaKind])
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    cues: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField()
    chapters: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ReplayQuerySet] = ReplayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("enregistrement")
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, length__gt=0) & ~Q(cues=[]), name="replay_has_captions"
            )
        ]

    def __str__(self) -> str:
        return f"enregistrement {self.meeting_id}"

    @property
    def mime(self) -> str:
        return MIME[MediaKind(self.kind)]


class ReplayPart(models.Model):
    """A mebibyte of a recording, or what is left of it for the last; counted from 0."""

    replay = models.ForeignKey(Replay, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("partie d’enregistrement")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["replay", "number"], name="replay_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.replay_id}, {self.number}"


class ReplayQuestion(models.Model):
    """A question at a second of a recording. One that was withdrawn keeps its answers.

    `options`: id, text, whether it is right, and what is told of it after the answer.
    """

    uid = models.UUIDField(unique=True, default=uuid4)
    replay = models.ForeignKey(Replay, on_delete=models.PROTECT, related_name="questions")
    second = models.PositiveIntegerField()
    stem = models.CharField(_("question"), max_length=300)
    options: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    explanation = models.TextField(_("explication"), max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question d’enregistrement")
        ordering = ("second", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["replay", "second"],
                condition=Q(withdrawn_at=None),
                name="one_question_a_second",
            )
        ]

    def __str__(self) -> str:
        return self.stem

    @property
    def several(self) -> bool:
        """Whether more than one option is right."""
        return sum(bool(option["right"]) for option in self.options) > 1

    @property
    def question(self) -> Question:
        """The question as its editor wrote it."""
        choices = tuple(
            Choice(each["text"], each["right"], each["feedback"]) for each in self.options
        )
        return Question(self.second, self.stem, choices, self.explanation)

    @property
    def decision(self) -> Decision:
        """The question as the rule of scoring reads it."""
        options = tuple(
            Option(
                id=each["id"],
                text=each["text"],
                verdict=Verdict.RIGHT if each["right"] else Verdict.WRONG,
                feedback=each["feedback"],
            )
            for each in self.options
        )
        return Decision(
            id=self.uid.hex,
            kind=StepKind.DECISION,
            answering=Answering.SEVERAL if self.several else Answering.ONE,
            stem=self.stem,
            explanation=self.explanation,
            options=options,
        )


class ReplayAnswer(models.Model):
    """What one person answered, once; `credit` from 0 to 1."""

    question = models.ForeignKey(ReplayQuestion, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen: models.JSONField[list[str], list[str]] = models.JSONField()
    credit = models.DecimalField(max_digits=3, decimal_places=2)
    answered_at = models.DateTimeField()

    objects: ClassVar[OfPeople["ReplayAnswer"]] = OfPeople.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("réponse à un enregistrement")
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="replay_answered_once"),
            models.CheckConstraint(
                condition=Q(credit__gte=0, credit__lte=1), name="replay_credit_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.question_id}"


class Viewing(models.Model):
    """What one person has seen of a recording: `spans`, a union of seconds, `seconds` in all.

    `length` copies the recording's; `wall`: seconds of real time in which they were seen, so that
    the database itself refuses more than a player can show.
    """

    replay = models.ForeignKey(Replay, on_delete=models.PROTECT, related_name="viewings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    spans: models.JSONField[list[list[int]], list[list[int]]] = models.JSONField(default=list)
    seconds = models.PositiveIntegerField(default=0)
    wall = models.PositiveIntegerField(default=0)
    length = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    told_at = models.DateTimeField()

    objects: ClassVar[OfPeople["Viewing"]] = OfPeople.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("visionnage")
        constraints = [
            models.UniqueConstraint(fields=["replay", "person"], name="viewing_once"),
            models.CheckConstraint(
                condition=Q(seconds__lte=F("length")), name="viewing_within_recording"
            ),
            models.CheckConstraint(
                condition=Q(seconds__lte=F("wall") * FASTEST), name="viewing_takes_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.replay_id}"

    @property
    def percent(self) -> int:
        return self.seconds * 100 // self.length
