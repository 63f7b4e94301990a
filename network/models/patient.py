"""Patients: identity, contact, where they stand, and the code that accountants see."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import PathwayState, Role, Sex

PATHWAY_STATES = {
    PathwayState.INCOMPLETE: _("dossier incomplet"),
    PathwayState.REQUESTED: _("demande à décider"),
    PathwayState.FOLLOWED: _("suivi en cours"),
    PathwayState.ENDED: _("suivi terminé"),
    PathwayState.REDIRECTED: _("réorienté"),
    PathwayState.REFUSED: _("demande refusée"),
}


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: object, on: date) -> Self:
        """Rows that a user may open on that day (table 1.18 of the network's facts).

        Clinicians: the patients whom they treat or follow that day. Coordinators and the medical
        director: all. A patient: the own row. Everybody else: none.
        """
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if roles & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR}:
            return self.all()
        mine = Q(pk__in=[])
        if Role.CLINICIAN in roles:
            links = Q(links__professional__user=user, links__starts_on__lte=on)
            mine |= links & (Q(links__ends_on=None) | Q(links__ends_on__gte=on))
        if Role.PATIENT in roles:
            mine |= Q(user=user) | Q(representatives__user=user)
        return self.filter(mine).distinct()


class Patient(models.Model):
    """A person in care. `code` is the pseudonym under which money is handled."""

    code = models.CharField(_("dossier"), max_length=8, unique=True)
    user = models.OneToOneField(
        "network.User", on_delete=models.PROTECT, null=True, blank=True, related_name="patient"
    )
    birth_name = models.CharField(_("nom de naissance"), max_length=80)
    used_name = models.CharField(_("nom utilisé"), max_length=80, blank=True)
    first_names = models.CharField(_("prénoms"), max_length=120)
    sex = models.CharField(_("sexe"), max_length=1, choices=[(s.value, s.value) for s in Sex])
    birth_date = models.DateField(_("date de naissance"))
    birthplace = models.CharField(_("lieu de naissance"), max_length=80, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    city = models.CharField(_("commune"), max_length=80, blank=True)
    syndrome = models.CharField(_("syndrome principal"), max_length=40, blank=True)
    work_status = models.CharField(_("situation de travail"), max_length=40, blank=True)
    state = models.CharField(
        _("parcours"),
        max_length=12,
        choices=[(s.value, label) for s, label in PATHWAY_STATES.items()],
        default=PathwayState.REQUESTED.value,
    )
    requested_on = models.DateField(_("demande reçue le"))
    completed_on = models.DateField(_("dossier complet le"), null=True, blank=True)
    included_on = models.DateField(_("inclusion décidée le"), null=True, blank=True)
    left_on = models.DateField(_("sorti du suivi le"), null=True, blank=True)
    exit_reason = models.CharField(_("motif de sortie"), max_length=120, blank=True)

    objects: ClassVar[PatientQuerySet] = PatientQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        ordering = ("birth_name", "first_names", "pk")
        indexes = [
            models.Index(fields=["birth_name", "first_names", "id"], name="patient_by_name"),
            models.Index(fields=["state", "requested_on"], name="patient_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("included_on")),
                name="patient_leaves_after_inclusion",
                violation_error_message=_("La sortie précède l’inclusion."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PathwayState.FOLLOWED, PathwayState.ENDED])
                | Q(included_on__isnull=False),
                name="followed_patient_is_included",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.used_name or self.birth_name}"

    @property
    def first_name(self) -> str:
        return self.first_names.split(" ")[0]

    @property
    def civil_name(self) -> str:
        """« Mme Aubrac »: how a professional names the patient in a sentence."""
        civility = "Mme" if self.sex == Sex.FEMALE else "M."
        return f"{civility}\N{NO-BREAK SPACE}{self.used_name or self.birth_name}"


class Representative(models.Model):
    """The parent or guardian who acts for a minor, with the minor's own view."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="representatives")
    user = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="represents")
    relation = models.CharField(_("lien"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "user"], name="representative_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.patient}"
