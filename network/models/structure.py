"""The directory of pain structures: who receives whom, for what, and after how long."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import StructureKind
from network.rules.directory import Population, Speciality, Technique, WaitSource

from .codes import CodesField
from .referral import FAST_TRACKS

STRUCTURE_KINDS = {
    StructureKind.CENTRE: _("centre de la douleur"),
    StructureKind.CONSULTATION: _("consultation de la douleur"),
    StructureKind.PERMANENCE: _("permanence avancée"),
}
POPULATIONS = {
    Population.ADULT: _("adultes"),
    Population.ADOLESCENT: _("adolescents"),
    Population.CHILD: _("enfants"),
}
SPECIALITIES = {
    Speciality.FIBROMYALGIA: _("fibromyalgie"),
    Speciality.BACK: _("lombalgie et sciatique"),
    Speciality.HEADACHE: _("migraine et céphalées"),
    Speciality.CHILD_MIGRAINE: _("migraine de l’enfant et de l’adolescent"),
    Speciality.JOINT: _("douleurs articulaires"),
    Speciality.AFTER_BREAST_SURGERY: _("névralgie après chirurgie du sein"),
    Speciality.VULVODYNIA: _("vulvodynie"),
    Speciality.ENDOMETRIOSIS: _("endométriose"),
    Speciality.LONG_COVID: _("covid long"),
    Speciality.CANCER: _("douleur du cancer"),
    Speciality.NEUROPATHIC: _("douleur neuropathique"),
}
TECHNIQUES = {
    Technique.KETAMINE: _("perfusion de kétamine"),
    Technique.HYPNOSIS: _("hypnose"),
    Technique.OSTEOPATHY: _("ostéopathie"),
    Technique.NERVE_STIMULATION: _("neurostimulation"),
    Technique.INFILTRATION: _("infiltrations et blocs"),
    Technique.CAPSAICIN: _("patch de capsaïcine"),
    Technique.MAGNETIC_STIMULATION: _("stimulation magnétique"),
    Technique.EDUCATION: _("ateliers pour les patients"),
}
WAIT_SOURCES = {
    WaitSource.DECLARED: _("dite par la structure"),
    WaitSource.MEASURED: _("mesurée sur nos demandes"),
    WaitSource.REPORTED: _("rapportée par un professionnel"),
}
DEPARTMENTS = {
    "75": _("Paris"),
    "77": _("Seine-et-Marne"),
    "78": _("Yvelines"),
    "91": _("Essonne"),
    "92": _("Hauts-de-Seine"),
    "93": _("Seine-Saint-Denis"),
    "94": _("Val-de-Marne"),
    "95": _("Val-d’Oise"),
}
LONGEST_WAIT = 260
"""Weeks: five years, beyond which a wait is a typing error."""


class Structure(models.Model):
    """A labelled centre or consultation, or the satellite of one. Public, but for `email`,
    `professional_phone` and `referral_documents`, which are for professionals.

    Fields: `domain` facts 1.11. Its wait is the last of `waits`.
    """

    name = models.CharField(_("nom"), max_length=120, unique=True)
    kind = models.CharField(
        _("type"), max_length=12, choices=[(k.value, label) for k, label in STRUCTURE_KINDS.items()]
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="satellites",
        null=True,
        blank=True,
        verbose_name=_("structure de rattachement"),
        help_text=_("Pour une permanence avancée."),
    )
    hospital = models.CharField(_("établissement"), max_length=120, blank=True)
    address = models.CharField(_("adresse"), max_length=120, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    city = models.CharField(_("commune"), max_length=80, blank=True)
    department = models.CharField(_("département"), max_length=3)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    finess = models.CharField(_("numéro FINESS"), max_length=9, blank=True)
    in_contract = models.BooleanField(_("inscrite au CPOM de l’établissement"), default=False)
    label_from = models.DateField(_("labellisée depuis le"), null=True, blank=True)
    label_to = models.DateField(_("labellisée jusqu’au"), null=True, blank=True)

    populations = CodesField(_("personnes reçues"), labels=POPULATIONS)
    specialities = CodesField(_("douleurs mieux connues"), labels=SPECIALITIES)
    techniques = CodesField(_("techniques"), labels=TECHNIQUES)
    fast_tracks = CodesField(_("coupe-file accepté pour"), labels=FAST_TRACKS)
    catchment = models.CharField(_("secteur"), max_length=200, blank=True)
    tele_expertise = models.BooleanField(_("télé-expertise aux médecins traitants"), default=False)
    second_opinion = models.BooleanField(_("second avis aux autres structures"), default=False)

    phone = models.CharField(_("téléphone du secrétariat"), max_length=20, blank=True)
    professional_phone = models.CharField(_("ligne des professionnels"), max_length=20, blank=True)
    email = models.EmailField(_("adresse pour la vérification de la fiche"), blank=True)
    referral_documents = models.CharField(_("à joindre à la demande"), max_length=300, blank=True)

    verified_on = models.DateField(_("vérifiée le"), null=True, blank=True)
    verified_by = models.CharField(_("vérifiée par"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        ordering = ("department", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(parent=None) | Q(kind=StructureKind.PERMANENCE),
                name="only_a_permanence_has_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(label_to=None) | Q(label_to__gte=F("label_from")),
                name="label_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name


class WaitReading(models.Model):
    """How long one waited for a first appointment, as known on a day: never changed, outdone."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="waits")
    weeks = models.PositiveSmallIntegerField(
        _("attente, en semaines"),
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST_WAIT)],
    )
    source = models.CharField(
        _("comment on le sait"),
        max_length=8,
        choices=[(each.value, label) for each, label in WAIT_SOURCES.items()],
    )
    measured_on = models.DateField(_("connue le"))
    at = models.DateTimeField(_("notée le"))
    by = models.ForeignKey("network.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("attente relevée")
        ordering = ("-measured_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(weeks__lte=LONGEST_WAIT), name="wait_is_at_most_five_years"
            ),
        )

    def __str__(self) -> str:
        return f"{self.structure_id}: {self.weeks} ({self.measured_on:%d/%m/%Y})"


class StructureRemark(models.Model):
    """What a structure says has changed, by the link it was sent; the coordination settles it."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(_("ce qui a changé"))
    at = models.DateTimeField(_("reçu le"))
    settled_at = models.DateTimeField(_("traité le"), null=True)
    settled_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("remarque d’une structure")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="remark_is_settled_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.structure_id}, {self.at:%d/%m/%Y}"
