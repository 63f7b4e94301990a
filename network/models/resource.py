"""Resources for the needs that come with pain: whom to call, for what, how."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.enums import Role
from network.rules.directory import Audience, Need

from .codes import CodesField
from .structure import DEPARTMENTS

NEEDS = {
    Need.MEALS: _("portage de repas"),
    Need.HOME_HELP: _("aide à domicile"),
    Need.CARERS: _("soutien aux aidants"),
    Need.INTERPRETER: _("interprète en consultation"),
    Need.VIOLENCE: _("violences dans le couple"),
    Need.BACK_TO_WORK: _("reprise du travail après un arrêt"),
    Need.GERIATRIC_CARE: _("équipe autour d’une personne âgée"),
    Need.HOME_PHYSIO: _("kinésithérapie à domicile"),
    Need.AUTISM_DIAGNOSIS: _("diagnostic d’autisme d’un enfant"),
    Need.AUTISM_CARE: _("soins d’un enfant autiste"),
    Need.ADDICTION: _("addictions"),
    Need.CHILD_PSYCHIATRY: _("psychiatrie de l’enfant"),
    Need.PSYCHOSOCIAL: _("situation psychosociale difficile"),
}
AUDIENCES = {
    Audience.PUBLIC: _("tout le monde"),
    Audience.PROFESSIONALS: _("professionnels connectés"),
}
READERS = frozenset({Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR, Role.EDITOR})
"""Who reads what is kept for professionals; editors write it."""


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, user: Any) -> Self:
        if getattr(user, "roles", frozenset()) & READERS:
            return self.all()
        return self.filter(audience=Audience.PUBLIC)


class Resource(models.Model):
    """A service, a line, a place to go: written by editors, read again before `review_on`."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    needs = CodesField(_("besoins"), labels=NEEDS, blank=False)
    what = models.CharField(_("ce qu’elle apporte"), max_length=300)
    how = models.CharField(_("comment y accéder"), max_length=300, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    link = models.URLField(_("site"), blank=True)
    departments = CodesField(
        _("départements"), labels=DEPARTMENTS, help_text=_("Aucun coché\u00a0: toute la région.")
    )
    audience = models.CharField(
        _("visible par"),
        max_length=13,
        choices=[(each.value, label) for each, label in AUDIENCES.items()],
        default=Audience.PUBLIC.value,
    )
    words = models.CharField(
        _("autres mots"),
        max_length=300,
        blank=True,
        help_text=_("Les mots que l’on tape pour la trouver, séparés par des virgules."),
    )
    reviewed_on = models.DateField(_("relue le"), null=True, blank=True)
    review_on = models.DateField(_("à relire avant le"), null=True, blank=True)

    objects: ClassVar[ResourceQuerySet] = ResourceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ressource")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(audience__in=[each.value for each in Audience]),
                name="resource_has_an_audience",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SearchMiss(models.Model):
    """Words that found nothing, without who typed them: what the editors might write about."""

    words = models.CharField(_("mots"), max_length=80, unique=True)
    count = models.PositiveIntegerField(_("fois"), default=1)
    last_at = models.DateTimeField(_("la dernière fois"))

    class Meta:
        verbose_name = _("recherche sans réponse")
        verbose_name_plural = _("recherches sans réponse")
        ordering = ("-count", "words")

    def __str__(self) -> str:
        return self.words
