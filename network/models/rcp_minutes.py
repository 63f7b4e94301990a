"""What a case review (RCP) leaves: proposals, minutes that lock when signed, their copies."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import Channel, CopyTo, Outcome, ProposalKind

from .rcp import RcpFile

PROPOSALS = {
    ProposalKind.NEUROSURGERY: _("bilan neurochirurgical"),
    ProposalKind.PSYCHOLOGY: _("suivi psychologique ou psychiatrique"),
    ProposalKind.SOCIAL: _("évaluation sociale"),
    ProposalKind.PRE_RETURN: _("visite de pré-reprise"),
    ProposalKind.DISABILITY_FILE: _("dossier MDPH"),
    ProposalKind.EDUCATION: _("éducation thérapeutique"),
    ProposalKind.PAIN_CENTRE: _("centre de la douleur"),
    ProposalKind.OTHER: _("autre proposition"),
}
OUTCOMES = {
    Outcome.PENDING: _("à faire"),
    Outcome.DONE: _("fait"),
    Outcome.NOT_DONE: _("pas fait"),
    Outcome.DROPPED: _("abandonné"),
}
COPIES_TO = {
    CopyTo.PATIENT: _("patient"),
    CopyTo.TREATING_DOCTOR: _("médecin traitant"),
    CopyTo.OCCUPATIONAL: _("médecin du travail"),
    CopyTo.INSURANCE: _("médecin-conseil"),
    CopyTo.DISABILITY: _("médecin de la MDPH"),
}
CHANNELS = {
    Channel.PORTAL: _("dans le portail"),
    Channel.POST: _("par la poste"),
    Channel.SECURE_MAIL: _("par MSSanté"),
}


class RcpProposalQuerySet(models.QuerySet["RcpProposal"]):
    def visible_to(self, user: Any, on: date) -> Self:
        """Those of the files whose content the user may read."""
        return self.filter(file__in=RcpFile.objects.readable_by(user, on).values("pk"))

    def late(self, on: date) -> Self:
        return self.filter(outcome=Outcome.PENDING, due_on__lt=on)


class RcpProposal(models.Model):
    """Something to do for a patient, with who answers for it; no owner = the coordination."""

    file = models.ForeignKey(RcpFile, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(
        _("proposition"),
        max_length=16,
        choices=[(k.value, label) for k, label in PROPOSALS.items()],
    )
    detail = models.CharField(_("précision"), max_length=200, blank=True)
    owner = models.ForeignKey(
        "network.Professional",
        on_delete=models.PROTECT,
        related_name="rcp_proposals",
        null=True,
        blank=True,
        verbose_name=_("responsable"),
    )
    due_on = models.DateField(_("échéance"))
    outcome = models.CharField(
        max_length=8,
        choices=[(o.value, label) for o, label in OUTCOMES.items()],
        default=Outcome.PENDING.value,
    )
    closed_on = models.DateField(_("depuis le"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    why = models.CharField(_("pourquoi"), max_length=200, blank=True)

    objects: ClassVar[RcpProposalQuerySet] = RcpProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("proposition de RCP")
        ordering = ("due_on", "pk")
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(outcome=Outcome.PENDING),
                name="rcp_proposal_to_do",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PENDING, closed_on=None, closed_by=None)
                | (~Q(outcome=Outcome.PENDING) & Q(closed_on__isnull=False)),
                name="proposal_outcome_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.NOT_DONE, Outcome.DROPPED]) | ~Q(why=""),
                name="proposal_given_up_for_a_reason",
                violation_error_message=_("Dites pourquoi en quelques mots."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ProposalKind.OTHER) | ~Q(detail=""),
                name="other_proposal_is_told",
                violation_error_message=_("Précisez cette proposition."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.kind}"

    @property
    def words(self) -> str:
        return str(PROPOSALS[ProposalKind(self.kind)])

    @property
    def outcome_words(self) -> str:
        return str(OUTCOMES[Outcome(self.outcome)])

    @property
    def owner_words(self) -> str:
        return str(self.owner or _("Coordination du réseau"))


class RcpMinutes(models.Model):
    """One version of a file's minutes: 1 = the minutes, then addenda. Signed, it never changes.

    `content`: what is signed, whole, so that later corrections of names or lists do not reach it.
    """

    file = models.ForeignKey(RcpFile, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    discussion = models.TextField(_("discussion"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    content = models.JSONField(default=dict, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("compte rendu de RCP")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(signed_at=None), name="one_draft_of_minutes"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="minutes_signed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="minutes_numbered_from_1"),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(signed_at__gte=F("written_at")),
                name="minutes_signed_once_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.number}"

    @property
    def is_addendum(self) -> bool:
        return self.number > 1

    @property
    def words(self) -> str:
        if self.is_addendum:
            return str(_("Additif n°\u00a0%(n)d") % {"n": self.number - 1})
        return str(_("Compte rendu"))


class RcpCopy(models.Model):
    """A copy of signed minutes given to somebody, when and how."""

    minutes = models.ForeignKey(RcpMinutes, on_delete=models.PROTECT, related_name="copies")
    to = models.CharField(
        _("à"), max_length=16, choices=[(c.value, label) for c, label in COPIES_TO.items()]
    )
    channel = models.CharField(
        _("voie"), max_length=12, choices=[(c.value, label) for c, label in CHANNELS.items()]
    )
    sent_on = models.DateField(_("le"))
    sent_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("sent_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "to", "channel"],
                name="copy_noted_once",
                violation_error_message=_("Cette copie est déjà notée."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} → {self.to}"

    @property
    def words(self) -> str:
        return f"{COPIES_TO[CopyTo(self.to)]}, {CHANNELS[Channel(self.channel)]}"


class RcpQuorum(models.Model):
    """How many professionals make a discussion valid, from a day on. Apart from the fee's."""

    valid_from = models.DateField(_("à partir du"), unique=True)
    least = models.PositiveSmallIntegerField(_("professionnels présents, au moins"))
    recorded_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("-valid_from",)
        constraints = [
            models.CheckConstraint(
                condition=Q(least__gte=1, least__lte=20),
                name="quorum_from_1_to_20",
                violation_error_message=_("Entre 1 et 20\u00a0professionnels."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} : {self.least}"


class PaperPlan(models.Model):
    """Why a file says that its plan was revised when no version of the portal cites it."""

    file = models.OneToOneField(RcpFile, on_delete=models.PROTECT, related_name="paper_plan")
    reason = models.CharField(_("d’après quel document"), max_length=200)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="paper_plan_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}"
