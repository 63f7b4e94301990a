"""Referrals: what a clinician writes to ask for a patient's inclusion, and its attachments.

A draft keeps what was typed as it was typed. Once sent, its facts are in columns and the person in
a patient's file of their own; nothing of the referral changes any more.
"""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import FastTrack, FileKind, Role, WorkFact
from portal.kit.encrypted import EncryptedBytes

from .care import ALD_KINDS
from .patient import Patient

FAST_TRACKS = {
    FastTrack.CANCER: _("douleur liée à un cancer"),
    FastTrack.VERY_OLD: _("personne très âgée"),
    FastTrack.PSYCHOSOCIAL: _("détresse psychique ou sociale"),
    FastTrack.FACIAL_NEURALGIA: _("névralgie faciale"),
    FastTrack.POST_HERPETIC: _("douleur après un zona"),
}
WORK_FACTS = {
    WorkFact.WORK_ACCIDENT: _("accident du travail"),
    WorkFact.OCCUPATIONAL_DISEASE: _("maladie professionnelle"),
    WorkFact.DISABILITY: _("handicap reconnu (RQTH)"),
    WorkFact.INVALIDITY: _("pension d’invalidité"),
}


def reads_requests(user: Any) -> bool:
    """Coordination reads every request that was sent."""
    return bool(getattr(user, "roles", frozenset()) & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR})


class ReferralQuerySet(models.QuerySet["Referral"]):
    def of_author(self, user: Any) -> Self:
        return self.filter(author_id=getattr(user, "pk", 0))

    def drafts(self) -> Self:
        return self.filter(sent_at=None)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def visible_to(self, user: Any, on: date) -> Self:
        """The author's own; once sent, also to coordination and to those who follow the patient."""
        followed = Patient.objects.in_care_of(user, on)
        theirs = Q(author_id=getattr(user, "pk", 0)) if _clinician(user) else Q(pk__in=[])
        return self.filter(theirs | Q(sent_at__isnull=False, patient__in=followed))


def _clinician(user: Any) -> bool:
    return Role.CLINICIAN in getattr(user, "roles", frozenset())


class Referral(models.Model):
    """One referral. `key` is made by the author's browser: sent twice, it is one referral."""

    key = models.UUIDField(unique=True)
    author = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="referrals", verbose_name=_("auteur")
    )
    begun_at = models.DateTimeField()
    kept_at = models.DateTimeField(_("dernière saisie"))
    typed = models.JSONField(default=dict)
    sent_at = models.DateTimeField(_("envoyée le"), null=True)
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="referrals", null=True
    )
    informed = models.BooleanField(_("le patient est informé et d’accord"), default=False)
    treating_doctor = models.ForeignKey(
        "network.Professional",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("médecin traitant"),
    )
    doctor_name = models.CharField(_("médecin hors du réseau"), max_length=120, blank=True)
    question = models.TextField(_("question posée"), blank=True)
    syndrome = models.CharField(_("douleur principale"), max_length=40, blank=True)
    work_status = models.CharField(_("situation de travail"), max_length=40, blank=True)
    history = models.TextField(_("histoire de la douleur"), blank=True)
    tried = models.TextField(_("traitements essayés et résultats"), blank=True)
    treatments = models.TextField(_("traitements actuels"), blank=True)
    comorbidities = models.TextField(_("autres maladies"), blank=True)
    psychosocial = models.TextField(_("contexte psychologique et social"), blank=True)
    fast_tracks = models.JSONField(_("coupe-file"), default=list)
    sick_leave_since = models.DateField(_("en arrêt depuis le"), null=True)
    work_facts = models.JSONField(_("au travail"), default=list)
    cover = models.CharField(_("couverture sociale"), max_length=80, blank=True)
    ald_kind = models.CharField(_("ALD déclarée"), max_length=5, blank=True)
    ald_from = models.DateField(_("ALD depuis le"), null=True)
    ald_to = models.DateField(_("ALD jusqu’au"), null=True)
    representative = models.CharField(_("représentant légal"), max_length=120, blank=True)
    representative_contact = models.CharField(
        _("contact du représentant"), max_length=120, blank=True
    )

    objects: ClassVar[ReferralQuerySet] = ReferralQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("adressage")
        ordering = ("-kept_at", "-pk")
        indexes = [
            models.Index(fields=["author", "-sent_at"], name="referral_of_author"),
            models.Index(fields=["patient", "-sent_at"], name="referral_of_patient"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, patient=None)
                | Q(sent_at__isnull=False, patient__isnull=False, informed=True),
                name="sent_referral_has_patient_informed",
            ),
            models.CheckConstraint(
                condition=Q(ald_to=None) | Q(ald_from=None) | Q(ald_to__gte=F("ald_from")),
                name="declared_ald_ends_after_start",
                violation_error_message=_("La fin de l’ALD précède son début."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def typed_name(self) -> str:
        """The person as the draft names them; empty as long as nothing is typed."""
        names = [self.typed.get(name, [""]) for name in ("first_names", "used_name", "birth_name")]
        first, used, birth = ((each or [""])[0].strip() for each in names)
        return f"{first} {used or birth}".strip()

    @property
    def author_name(self) -> str:
        """« Dr Alma Fontelune », as the network knows the author."""
        return str(getattr(self.author, "professional", None) or self.author)

    @property
    def fast_track_words(self) -> list[str]:
        return [str(FAST_TRACKS[FastTrack(each)]) for each in self.fast_tracks]

    @property
    def work_words(self) -> list[str]:
        return [str(WORK_FACTS[WorkFact(each)]) for each in self.work_facts]

    @property
    def ald_words(self) -> str:
        labels = {kind.value: str(label) for kind, label in ALD_KINDS.items()}
        return labels.get(self.ald_kind, "")


class AttachmentManager(models.Manager["Attachment"]):
    """Rows without their content, which only a download reads."""

    def get_queryset(self) -> models.QuerySet["Attachment"]:
        return super().get_queryset().defer("content")

    def visible_to(self, user: Any, on: date) -> models.QuerySet["Attachment"]:
        """Those of the referrals that the user may read."""
        return self.filter(referral__in=Referral.objects.visible_to(user, on))


class Attachment(models.Model):
    """A document joined to a referral, encrypted. `name` is shown on pages, never in a file's."""

    uid = models.UUIDField(unique=True, default=uuid4)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(
        _("type"), max_length=4, choices=[(k.value, k.value.upper()) for k in FileKind]
    )
    name = models.CharField(_("nom du fichier"), max_length=120)
    size = models.PositiveIntegerField(_("taille"))
    digest = models.CharField(max_length=64)
    content = EncryptedBytes()
    added_at = models.DateTimeField(_("ajoutée le"))

    objects: ClassVar[AttachmentManager] = AttachmentManager()

    class Meta:
        verbose_name = _("pièce jointe")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["referral", "digest"], name="attachment_once"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """Neither the person nor what it is about: files travel."""
        return f"piece-{self.uid.hex[:8]}.{self.kind}"
