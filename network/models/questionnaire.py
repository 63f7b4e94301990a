"""A patient's questionnaire: the instruments asked, each answer, what was sent, and the alerts."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import AnsweredAs, QuestionnaireKind
from network.rules.catalogue import catalogue
from network.rules.instruments import Instrument

from .patient import Patient

KINDS = {
    QuestionnaireKind.ENTRY: _("questionnaire d’entrée"),
    QuestionnaireKind.REASSESSMENT: _("questionnaire de réévaluation"),
    QuestionnaireKind.SHORT: _("point d’étape court"),
}
ANSWERED_AS = {
    AnsweredAs.PATIENT: _("le patient"),
    AnsweredAs.REPRESENTATIVE: _("son représentant"),
    AnsweredAs.COORDINATION: _("la coordination, d’après le papier"),
}


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def visible_to(self, user: Any, on: date) -> Self:
        """Those of the patients whose clinical pages the user may open that day.

        A patient's own answers are read through `reads_own`, which also weighs who answered.
        """
        return self.filter(patient__in=Patient.objects.in_care_of(user, on))

    def to_answer(self) -> Self:
        return self.filter(sent_at=None, withdrawn_at=None)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)


class Questionnaire(models.Model):
    """What a patient was asked at one time. Sent, it never changes (a trigger holds it).

    `answered_as`, `answered_by`: set by the first answer; whoever began it goes on with it.
    `answered_by` has no account when a link alone was used.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="questionnaires"
    )
    kind = models.CharField(
        _("questionnaire"), max_length=12, choices=[(k.value, label) for k, label in KINDS.items()]
    )
    asked_at = models.DateTimeField(_("demandé le"))
    asked_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_as = models.CharField(
        _("rempli par"),
        max_length=14,
        blank=True,
        choices=[(a.value, label) for a, label in ANSWERED_AS.items()],
    )
    answered_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    last_answer_at = models.DateTimeField(_("dernière réponse"), null=True, blank=True)
    reminder = models.CharField(_("dernier rappel"), max_length=6, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects: ClassVar[QuestionnaireQuerySet] = QuestionnaireQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("questionnaire")
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(sent_at=None, withdrawn_at=None),
                name="questionnaire_to_answer",
            ),
            models.Index(fields=["patient", "sent_at"], name="questionnaire_of_patient"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(sent_at=None, withdrawn_at=None),
                name="one_questionnaire_to_answer",
                violation_error_message=_("Un questionnaire est déjà demandé."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None)
                | (Q(withdrawn_at=None) & ~Q(answered_as="") & Q(sent_at__gte=F("asked_at"))),
                name="questionnaire_sent_once_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.kind}"

    @property
    def words(self) -> str:
        return str(KINDS[QuestionnaireKind(self.kind)])

    @property
    def who_answered(self) -> str:
        return str(ANSWERED_AS[AnsweredAs(self.answered_as)]) if self.answered_as else ""


class Response(models.Model):
    """One instrument of a questionnaire, at the version that was asked.

    `content_hash` names the very words and scoring; `scores` are counted when it is sent, from
    the answers alone, and recounted by `manage.py verify`.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="responses"
    )
    position = models.PositiveSmallIntegerField()
    instrument_id = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    content_hash = models.CharField(max_length=64)
    scores = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "position"], name="response_position_once"
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "instrument_id"], name="instrument_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.version}"

    @property
    def instrument(self) -> Instrument:
        return catalogue()[self.instrument_id, self.version]


class ItemAnswer(models.Model):
    """The answer to one item: a choice, a number, places, words; null = passed over."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=20)
    value = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "item"], name="answered_once")]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.item}"


class AnswerAlert(models.Model):
    """An answer that a person of the network must see at once; it stays if the answer changes."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="alerts"
    )
    instrument_id = models.CharField(max_length=20)
    item = models.CharField(max_length=20)
    raised_at = models.DateTimeField(_("reçue le"))
    seen_at = models.DateTimeField(_("prise en charge le"), null=True, blank=True)
    seen_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField(_("ce qui a été fait"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("alerte")
        ordering = ("raised_at", "pk")
        indexes = [
            models.Index(fields=["raised_at"], condition=Q(seen_at=None), name="alert_to_see")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "instrument_id", "item"], name="alert_once"
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None, note="")
                | (Q(seen_at__isnull=False, seen_by__isnull=False) & ~Q(note="")),
                name="alert_seen_by_name_with_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} · {self.instrument_id} {self.item}"
