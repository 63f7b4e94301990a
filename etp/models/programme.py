"""What is taught, by whom and where: programmes, workshops, facilitators, places."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from etp.enums import Audience, Format, Theme

THEMES = {
    Theme.PAIN: _("comprendre la douleur"),
    Theme.TREATMENTS: _("gérer ses traitements"),
    Theme.RELAXATION: _("relaxation"),
    Theme.HYPNOSIS: _("autohypnose"),
    Theme.MOVEMENT: _("bouger"),
    Theme.FOLLOW_UP: _("faire le point"),
}
AUDIENCES = {
    Audience.ADULTS: _("adultes"),
    Audience.ADOLESCENTS: _("adolescents"),
    Audience.CHILDREN: _("enfants"),
}
FORMATS = {Format.GROUP: _("en groupe"), Format.INDIVIDUAL: _("individuel")}
TRAINING_HOURS = 40
"""What the law asks of whoever gives education (context 2.1)."""


class Facilitator(models.Model):
    """A professional who gives workshops, with the proof of the training for it."""

    professional = models.OneToOneField(
        "network.Professional", on_delete=models.PROTECT, related_name="facilitator"
    )
    training_hours = models.PositiveSmallIntegerField(_("heures de formation"), default=0)
    certificate = models.CharField(_("attestation vue"), max_length=120, blank=True)
    certified_on = models.DateField(_("attestée le"), null=True, blank=True)
    active = models.BooleanField(_("anime en ce moment"), default=True)

    class Meta:
        verbose_name = _("animateur")
        ordering = ("professional__last_name", "professional__first_name", "pk")

    def __str__(self) -> str:
        return str(self.professional)

    @property
    def is_trained(self) -> bool:
        """Whether the forty hours are proven."""
        return self.training_hours >= TRAINING_HOURS and bool(self.certificate)


class Programme(models.Model):
    """A declared programme; `notice_hours`: until when before a session one may give it up."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    declaration = models.CharField(_("numéro de déclaration"), max_length=40, blank=True)
    declared_on = models.DateField(_("déclaré le"), null=True, blank=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)
    coordinator = models.ForeignKey(
        "network.User",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("coordination"),
    )
    team = models.ManyToManyField(Facilitator, blank=True, verbose_name=_("équipe"))
    notice_hours = models.PositiveSmallIntegerField(_("délai pour annuler, en heures"), default=24)

    class Meta:
        verbose_name = _("programme")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message=_("Le programme finit avant de commencer."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Workshop(models.Model):
    """A model of session. `minutes`, `minimum` and `maximum` (seats) are its sessions' defaults.

    `title` and `summary` are what a patient reads once known; mails never carry them.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="workshops")
    title = models.CharField(_("titre"), max_length=80)
    summary = models.CharField(_("en une phrase"), max_length=200)
    to_bring = models.CharField(_("à prévoir"), max_length=200, blank=True)
    theme = models.CharField(
        _("thème"), max_length=12, choices=[(t.value, label) for t, label in THEMES.items()]
    )
    audience = models.CharField(
        _("public"),
        max_length=12,
        choices=[(a.value, label) for a, label in AUDIENCES.items()],
        default=Audience.ADULTS.value,
    )
    format = models.CharField(
        _("forme"),
        max_length=12,
        choices=[(f.value, label) for f, label in FORMATS.items()],
        default=Format.GROUP.value,
    )
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), default=45)
    minimum = models.PositiveSmallIntegerField(_("minimum de participants"), default=3)
    maximum = models.PositiveSmallIntegerField(_("places"), default=8)
    repeatable = models.BooleanField(_("peut être suivi plusieurs fois"), default=False)
    active = models.BooleanField(_("proposé"), default=True)

    class Meta:
        verbose_name = _("atelier")
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__gte=1, maximum__gte=F("minimum"), maximum__lte=50),
                name="workshop_sizes_fit",
                violation_error_message=_(
                    "Le minimum est d’au moins 1, et le nombre de places entre lui et 50."
                ),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=10, minutes__lte=480),
                name="workshop_lasts",
                violation_error_message=_("Une séance dure de 10\u00a0minutes à 8\u00a0heures."),
            ),
            models.CheckConstraint(
                condition=~Q(format=Format.INDIVIDUAL) | Q(maximum=1),
                name="individual_workshop_has_one_seat",
                violation_error_message=_("Un atelier individuel a une seule place."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Site(models.Model):
    """Where sessions are held; `seats` is what the room takes."""

    name = models.CharField(_("nom"), max_length=80, unique=True)
    address = models.CharField(_("adresse"), max_length=120)
    postcode = models.CharField(_("code postal"), max_length=5)
    city = models.CharField(_("commune"), max_length=80)
    access = models.CharField(_("accès"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("places de la salle"), default=10)
    active = models.BooleanField(_("utilisé"), default=True)

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def full_address(self) -> str:
        return f"{self.address}, {self.postcode} {self.city}"


class Cycle(models.Model):
    """Several sessions of a workshop booked as one; each has its rank in it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="cycles")
    name = models.CharField(_("nom"), max_length=80)

    objects: ClassVar[models.Manager["Cycle"]] = models.Manager()

    class Meta:
        verbose_name = _("cycle")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
