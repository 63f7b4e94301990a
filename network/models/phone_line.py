"""Telephone lines that the network tells of: for whom, when they answer, and their number."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from network.enums import Role
from network.rules.directory import LineAudience
from portal.kit.encrypted import EncryptedText
from portal.kit.words import WEEKDAYS

from .resource import READERS

LINE_AUDIENCES = {
    LineAudience.PUBLIC: _("tout le monde"),
    LineAudience.DOCTORS: _("tout le monde, réservée aux médecins"),
    LineAudience.PROFESSIONALS: _("professionnels connectés"),
    LineAudience.VERIFIED: _("professionnels dont le RPPS est vérifié"),
}
STAFF_TOLD = frozenset({Role.COORDINATOR, Role.MEDICAL_DIRECTOR})
"""Who is told of every line by their work."""


def is_verified(user: Any) -> bool:
    """A clinician whose RPPS was found in the national directory."""
    if Role.CLINICIAN not in getattr(user, "roles", ()):
        return False
    professional = getattr(user, "professional", None)
    return bool(professional and professional.rpps and professional.rpps_verified_on)


class PhoneLineQuerySet(models.QuerySet["PhoneLine"]):
    def visible_to(self, user: Any) -> Self:
        """The lines of which this person may know. The verified ones, number included."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        told = [LineAudience.PUBLIC, LineAudience.DOCTORS]
        if roles & READERS:
            told.append(LineAudience.PROFESSIONALS)
        if roles & STAFF_TOLD or is_verified(user):
            told.append(LineAudience.VERIFIED)
        return self.filter(audience__in=told)

    def to_number(self) -> Self:
        """Lines of the verified that nobody can call yet."""
        return self.filter(audience=LineAudience.VERIFIED, number_set_at=None)


class PhoneLine(ClusterableModel):
    """A line. Editors write everything but the number of a line of the verified, which an
    administrator gives (`secret`, encrypted): it appears on no public nor patient page, in no
    feed, mail nor file.
    """

    name = models.CharField(_("nom"), max_length=80, unique=True)
    purpose = models.CharField(_("à quoi elle sert"), max_length=300)
    audience = models.CharField(
        _("connue de"),
        max_length=13,
        choices=[(each.value, label) for each, label in LINE_AUDIENCES.items()],
    )
    number = models.CharField(
        _("numéro"),
        max_length=20,
        blank=True,
        help_text=_(
            "Vide pour une ligne des professionnels vérifiés\u00a0: l’administration saisit alors"
            " le numéro, hors de la rédaction."
        ),
    )
    secret = EncryptedText(blank=True, editable=False)
    number_set_at = models.DateTimeField(null=True, editable=False)
    number_set_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    on_holidays = models.BooleanField(_("répond les jours fériés"), default=False)
    hours_note = models.CharField(
        _("horaires à préciser"),
        max_length=120,
        blank=True,
        help_text=_("Montré tant qu’aucun horaire n’est saisi. Exemple\u00a0: jours à confirmer."),
    )
    words = models.CharField(
        _("autres mots"),
        max_length=300,
        blank=True,
        help_text=_("Les mots que l’on tape pour la trouver, séparés par des virgules."),
    )
    order = models.PositiveSmallIntegerField(_("rang"), default=50)

    objects: ClassVar[PhoneLineQuerySet] = PhoneLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ligne téléphonique")
        verbose_name_plural = _("lignes téléphoniques")
        ordering = ("order", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(audience__in=[each.value for each in LineAudience]),
                name="phone_line_has_an_audience",
            ),
            models.CheckConstraint(
                condition=Q(audience=LineAudience.VERIFIED, number="")
                | (~Q(audience=LineAudience.VERIFIED) & Q(secret="")),
                name="phone_line_number_is_kept_where_it_may_be",
            ),
            models.CheckConstraint(
                condition=Q(secret="", number_set_at=None)
                | (~Q(secret="") & Q(number_set_at__isnull=False)),
                name="secret_number_was_given_one_day",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Say in words what the constraints refuse, and keep digits out of what editors write."""
        super().clean()
        if self.audience == LineAudience.VERIFIED and self.number:
            raise ValidationError(
                {"number": _t("Le numéro de cette ligne est saisi par l’administration.")}
            )
        if self.audience != LineAudience.VERIFIED and self.secret:
            raise ValidationError(
                {
                    "audience": _t(
                        "Cette ligne a un numéro réservé\u00a0: créez une autre ligne pour un"
                        " autre public."
                    )
                }
            )
        for field in ("name", "purpose", "hours_note", "words"):
            if sum(sign.isdigit() for sign in str(getattr(self, field))) > 8:
                raise ValidationError({field: _t("Le numéro ne s’écrit pas ici.")})


class LineHours(models.Model):
    """One span of a week: a day may have several."""

    line = ParentalKey(PhoneLine, on_delete=models.CASCADE, related_name="week")
    weekday = models.PositiveSmallIntegerField(
        _("jour"), choices=[(day, capfirst(name)) for day, name in enumerate(WEEKDAYS)]
    )
    opens = models.TimeField(_("ouvre à"))
    closes = models.TimeField(_("ferme à"))

    class Meta:
        verbose_name = _("horaire")
        verbose_name_plural = _("horaires de la semaine")
        ordering = ("weekday", "opens")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="line_closes_after_it_opens",
                violation_error_message=_("La ligne ferme avant d’ouvrir."),
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="line_has_a_day_of_the_week"),
        )

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"


class LineDay(models.Model):
    """A day that has its own hours, or none: closed."""

    line = ParentalKey(PhoneLine, on_delete=models.CASCADE, related_name="special_days")
    day = models.DateField(_("jour"))
    opens = models.TimeField(_("ouvre à"), null=True, blank=True)
    closes = models.TimeField(_("ferme à"), null=True, blank=True)

    class Meta:
        verbose_name = _("jour particulier")
        verbose_name_plural = _("jours particuliers (sans horaire : fermée)")
        ordering = ("day", "opens")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(closes__gt=F("opens")),
                name="special_day_closes_after_it_opens",
                violation_error_message=_("La ligne ferme avant d’ouvrir."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
