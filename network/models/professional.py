"""Professionals of the network, their agreement and their bank details."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import BankState, Profession
from portal.kit.encrypted import EncryptedText

from .sharing import CIRCLES

if TYPE_CHECKING:
    from .user import User

PROFESSIONS = {
    Profession.DOCTOR: _("médecin"),
    Profession.PHYSIO: _("kinésithérapeute"),
    Profession.PSYCHOLOGIST: _("psychologue"),
    Profession.NURSE: _("infirmier ou infirmière"),
    Profession.PSYCHOMOTOR: _("psychomotricien ou psychomotricienne"),
    Profession.PHARMACIST: _("pharmacien ou pharmacienne"),
    Profession.OTHER: _("autre profession"),
}


class Professional(models.Model):
    """A professional of city or hospital. Paid only under a network agreement in force."""

    user = models.OneToOneField(
        "network.User", on_delete=models.PROTECT, null=True, blank=True, related_name="professional"
    )
    title = models.CharField(_("civilité"), max_length=10, blank=True)
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    profession = models.CharField(
        _("profession"),
        max_length=20,
        choices=[(p.value, label) for p, label in PROFESSIONS.items()],
    )
    speciality = models.CharField(_("spécialité"), max_length=80, blank=True)
    rpps = models.CharField(_("RPPS"), max_length=11, null=True, blank=True, unique=True)
    rpps_verified_on = models.DateField(_("RPPS vérifié le"), null=True, blank=True)
    practice = models.CharField(_("lieu d’exercice"), max_length=120, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    city = models.CharField(_("commune"), max_length=80, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    employee = models.BooleanField(_("salarié du réseau"), default=False)
    circle = models.CharField(
        _("vient au titre de"),
        max_length=12,
        choices=[(c.value, label) for c, label in CIRCLES.items()],
        blank=True,
        help_text=_("À remplir pour qui n’est pas un soignant du patient."),
    )
    agreement_from = models.DateField(_("convention du"), null=True, blank=True)
    agreement_to = models.DateField(_("convention jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("professionnel")
        verbose_name_plural = _("professionnels")
        ordering = ("last_name", "first_name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement_to=None) | Q(agreement_to__gte=F("agreement_from")),
                name="agreement_ends_after_start",
                violation_error_message=_("La convention finit avant de commencer."),
            )
        ]

    def __str__(self) -> str:
        title = f"{self.title}\N{NO-BREAK SPACE}" if self.title else ""
        return f"{title}{self.first_name} {self.last_name}".strip()

    @property
    def trade(self) -> str:
        """What the person does, in words: the speciality where there is one."""
        return self.speciality or str(PROFESSIONS[Profession(self.profession)])


class BankDetails(models.Model):
    """An account to pay a professional; a change counts once a second person has confirmed it."""

    professional = models.ForeignKey(
        Professional, on_delete=models.PROTECT, related_name="bank_details"
    )
    holder = models.CharField(_("titulaire du compte"), max_length=70)
    iban = EncryptedText(_("IBAN"))
    last4 = models.CharField(max_length=4)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in BankState])
    proposed_at = models.DateTimeField()
    proposed_by: models.ForeignKey["User", "User"] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField(_("note de rappel téléphonique"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="bank_change_by_two",
                violation_error_message=_("Une autre personne doit confirmer ce changement."),
            ),
            models.CheckConstraint(
                condition=Q(state=BankState.PROPOSED, decided_by=None)
                | (~Q(state=BankState.PROPOSED) & Q(decided_by__isnull=False)),
                name="bank_decision_has_author",
            ),
            models.UniqueConstraint(
                fields=["professional"],
                condition=Q(state=BankState.PROPOSED),
                name="one_bank_change_at_a_time",
                violation_error_message=_("Un changement attend déjà d’être confirmé."),
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        return f"•••• {self.last4}"
