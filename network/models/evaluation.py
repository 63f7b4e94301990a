"""What an evaluation (CEO) or a reassessment found: a draft, then a signed sheet that stays."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import Channel, ContactWay, Direction, EvaluationKind

from .patient import Patient

EVALUATION_KINDS = {
    EvaluationKind.CEO: _("Consultation d’évaluation et d’orientation"),
    EvaluationKind.REASSESSMENT: _("Réévaluation"),
}
DIRECTIONS = {
    Direction.PAIN_CENTRE: _("Centre de la douleur"),
    Direction.CITY_DOCTOR: _("Médecin de la douleur en ville"),
    Direction.DAC: _("DAC (dispositif d’appui à la coordination)"),
    Direction.WORKSHOPS: _("Ateliers du réseau"),
    Direction.RCP: _("RCP (réunion de concertation)"),
    Direction.PARTNERS: _("Partenaires : kinésithérapeute, psychologue, social…"),
    Direction.HOSPITAL: _("Hospitalisation"),
}
CHANNELS = {
    Channel.SECURE_MAIL: _("messagerie sécurisée de santé"),
    Channel.POST: _("courrier postal"),
    Channel.HAND: _("remis en main propre"),
}
CONTACT_WAYS = {
    ContactWay.PHONE: _("téléphone"),
    ContactWay.MAIL: _("mail"),
    ContactWay.LETTER: _("courrier"),
    ContactWay.RELATIVE: _("proche"),
    ContactWay.DOCTOR: _("médecin traitant"),
}


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Any, on: date) -> Self:
        """Signed sheets: the care team of the day and coordination. Drafts: their doctor alone."""
        cared = Patient.objects.in_care_of(user, on)
        own = Q(signed_at=None, doctor__user_id=getattr(user, "pk", 0) or 0)
        return self.filter(Q(signed_at__isnull=False) | own, patient__in=cared)

    def signed(self) -> Self:
        return self.filter(signed_at__isnull=False)


class Evaluation(models.Model):
    """The structured summary of one consultation. Once signed, an addendum corrects it.

    `compared_with`: the sheet that a reassessment stands beside. `intensity`: mean pain of the
    last seven days, 0 to 10.
    """

    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="evaluations"
    )
    kind = models.CharField(
        max_length=12, choices=[(k.value, label) for k, label in EVALUATION_KINDS.items()]
    )
    doctor = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="evaluations"
    )
    visit = models.OneToOneField(
        "network.Visit",
        on_delete=models.PROTECT,
        related_name="evaluation",
        null=True,
        blank=True,
    )
    compared_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="reassessments", null=True, blank=True
    )
    held_on = models.DateField(_("consultation du"))
    intensity = models.PositiveSmallIntegerField(_("intensité moyenne"), null=True, blank=True)
    pain = models.TextField(_("douleur"), blank=True)
    repercussions = models.TextField(_("retentissement"), blank=True)
    treatments = models.TextField(_("traitements"), blank=True)
    priorities = models.TextField(_("priorités de la personne"), blank=True)
    own_words = models.TextField(_("ses mots"), blank=True)
    saved_at = models.DateTimeField()
    signed_at = models.DateTimeField(_("signée le"), null=True, blank=True)

    objects: ClassVar[EvaluationQuerySet] = EvaluationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("évaluation")
        ordering = ("-held_on", "-pk")
        indexes = [
            models.Index(fields=["doctor", "signed_at"], name="evaluation_of_doctor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "doctor", "kind"],
                condition=Q(signed_at=None),
                name="one_draft_of_evaluation",
            ),
            models.CheckConstraint(
                condition=Q(intensity=None) | Q(intensity__lte=10),
                name="evaluation_intensity_0_to_10",
                violation_error_message=_("L’intensité va de 0 à 10."),
            ),
            models.CheckConstraint(
                condition=Q(kind=EvaluationKind.REASSESSMENT) | Q(compared_with=None),
                name="ceo_is_compared_with_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.kind}"

    @property
    def title(self) -> str:
        return str(EVALUATION_KINDS[EvaluationKind(self.kind)])

    @property
    def is_reassessment(self) -> bool:
        return self.kind == EvaluationKind.REASSESSMENT


class Orientation(models.Model):
    """One way that an evaluation opens to the patient, with its words."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="orientations"
    )
    direction = models.CharField(
        max_length=12, choices=[(d.value, label) for d, label in DIRECTIONS.items()]
    )
    words = models.CharField(_("précision"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "direction"], name="orientation_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(DIRECTIONS[Direction(self.direction)])


class EvaluationAddendum(models.Model):
    """What is corrected or added after the signature. The table only grows."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="addenda")
    words = models.TextField(_("complément"))
    at = models.DateTimeField()
    by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.evaluation_id} · {self.at:%Y-%m-%d}"


class LiaisonLetter(models.Model):
    """The letter of a signed sheet to the treating doctor: prepared, then sent by a channel."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="letter")
    to = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    prepared_on = models.DateField()
    prepared_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(
        _("envoyée par"),
        max_length=12,
        choices=[(c.value, label) for c, label in CHANNELS.items()],
        blank=True,
    )
    sent_on = models.DateField(_("envoyée le"), null=True, blank=True)
    sent_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="", sent_on=None) | (~Q(channel="") & Q(sent_on__isnull=False)),
                name="letter_sent_by_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(sent_on__gte=F("prepared_on")),
                name="letter_sent_once_prepared",
                violation_error_message=_("La lettre part après avoir été préparée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} · {self.prepared_on}"

    @property
    def channel_words(self) -> str:
        return str(CHANNELS[Channel(self.channel)]) if self.channel else ""


class ContactAttempt(models.Model):
    """The coordination tried to reach a patient who no longer answers."""

    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="contact_attempts"
    )
    on = models.DateField(_("le"))
    way = models.CharField(
        _("par"), max_length=12, choices=[(w.value, label) for w, label in CONTACT_WAYS.items()]
    )
    outcome = models.CharField(_("résultat"), max_length=200, blank=True)
    by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.on}"

    @property
    def way_words(self) -> str:
        return str(CONTACT_WAYS[ContactWay(self.way)])
