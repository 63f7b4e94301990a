"""Patients: identity, contact, where they stand, and the code that accountants see."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import ExitReason, PathwayState, Role, Sex
from network.rules.follow_up import FollowUp, follow_up_on
from network.rules.identity import Traits, born_after_for_minors, fold
from portal.kit import clock

from .break_glass import BreakGlass
from .care import CareLink

PATHWAY_STATES = {
    PathwayState.INCOMPLETE: _("dossier incomplet"),
    PathwayState.REQUESTED: _("demande à décider"),
    PathwayState.FOLLOWED: _("suivi en cours"),
    PathwayState.ENDED: _("suivi terminé"),
    PathwayState.REDIRECTED: _("réorienté"),
    PathwayState.REFUSED: _("demande refusée"),
    PathwayState.ARCHIVED: _("demande archivée"),
    PathwayState.JOINED: _("réuni à un autre dossier"),
}

EXIT_REASONS = {
    ExitReason.TERM: _("fin du suivi prévu"),
    ExitReason.BETTER: _("amélioration, le suivi n’est plus utile"),
    ExitReason.LOST: _("rupture de parcours : la personne ne répond plus"),
    ExitReason.DECLINED: _("souhait de la personne"),
    ExitReason.MOVED: _("déménagement"),
    ExitReason.HANDED_OVER: _("relais pris par une autre équipe"),
    ExitReason.DIED: _("décès"),
    ExitReason.OTHER: _("autre motif"),
}


def exit_words(kind: str, reason: str) -> str:
    """Why a follow-up ended, or a request was turned away: the reason, then its words."""
    name = str(EXIT_REASONS[ExitReason(kind)]) if kind else ""
    return " — ".join(filter(None, (name, reason)))


class SearchName(models.CharField[str, str]):
    """The names folded, the used one first: what lists search and sort by. Written at each save."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        patient = model_instance
        names = fold(f"{patient.used_name} {patient.birth_name} {patient.first_names}")
        setattr(patient, self.attname, names)
        return names


class PatientQuerySet(models.QuerySet["Patient"]):
    def in_care_of(self, user: Any, on: date) -> Self:
        """Patients whose clinical pages the user may open that day.

        Clinicians: those whom they treat or follow that day, and those whose file they have just
        opened for a written reason. Coordinators and the medical director: all. Everybody else:
        none.
        """
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if roles & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR}:
            return self.all()
        if Role.CLINICIAN in roles:
            opened = BreakGlass.objects.open_to(user, clock.now()).values("patient")
            return self.filter(Q(pk__in=_followed(user, on)) | Q(pk__in=opened))
        return self.none()

    def followed_by(self, user: Any, on: date) -> Self:
        """Patients whom this professional treats or follows that day."""
        return self.filter(pk__in=_followed(user, on))

    def own_of(self, user: Any, on: date) -> Self:
        """The user's own file, and those of the minors whom the user represents that day."""
        if Role.PATIENT not in getattr(user, "roles", frozenset()):
            return self.none()
        minors = Representative.objects.filter(
            user_id=getattr(user, "pk", 0), patient__birth_date__gt=born_after_for_minors(on)
        )
        return self.filter(Q(user=user) | Q(pk__in=minors.values("patient")))

    def visible_to(self, user: Any, on: date) -> Self:
        """Rows that a user may open on that day (table 1.18 of the network's facts)."""
        return self.in_care_of(user, on) | self.own_of(user, on)

    def named_like(self, text: str) -> Self:
        """Each word of `text` begins a name or the code; accents and case do not count."""
        found = self
        for word in fold(text).split():
            found = found.filter(
                Q(search_name__startswith=word)
                | Q(search_name__contains=f" {word}")
                | Q(code__startswith=word.upper())
            )
        return found


def _followed(user: Any, on: date) -> models.QuerySet[CareLink, Any]:
    links = CareLink.objects.on(on).filter(professional__user_id=getattr(user, "pk", 0))
    return links.values_list("patient")


class Patient(models.Model):
    """A person in care. `code` is the pseudonym under which money is handled."""

    code = models.CharField(_("dossier"), max_length=8, unique=True)
    user = models.OneToOneField(
        "network.User", on_delete=models.PROTECT, null=True, blank=True, related_name="patient"
    )
    birth_name = models.CharField(_("nom de naissance"), max_length=80)
    used_name = models.CharField(_("nom utilisé"), max_length=80, blank=True)
    first_names = models.CharField(_("prénoms"), max_length=120)
    search_name = SearchName(max_length=300, editable=False, default="")
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
    exit_kind = models.CharField(
        _("fin du suivi"),
        max_length=12,
        choices=[(r.value, label) for r, label in EXIT_REASONS.items()],
        blank=True,
    )
    exit_reason = models.CharField(_("motif de sortie"), max_length=120, blank=True)
    renewed_to = models.DateField(_("suivi prolongé jusqu’au"), null=True, blank=True)
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined"
    )

    objects: ClassVar[PatientQuerySet] = PatientQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        ordering = ("search_name", "pk")
        indexes = [
            models.Index(fields=["search_name", "id"], name="patient_by_name"),
            models.Index(fields=["birth_date"], name="patient_by_birth"),
            models.Index(fields=["state", "requested_on"], name="patient_by_state"),
            models.Index(fields=["state", "completed_on", "id"], name="patient_to_decide"),
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
            models.CheckConstraint(
                condition=Q(state=PathwayState.JOINED, joined_to__isnull=False)
                | (~Q(state=PathwayState.JOINED) & Q(joined_to=None)),
                name="joined_file_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(renewed_to=None) | Q(renewed_to__gt=F("included_on")),
                name="renewed_after_inclusion",
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
    def civility(self) -> str:
        return "Mme" if self.sex == Sex.FEMALE else "M."

    @property
    def civil_name(self) -> str:
        """« Mme Aubrac »: how a professional names the patient in a sentence."""
        return f"{self.civility}\N{NO-BREAK SPACE}{self.used_name or self.birth_name}"

    @property
    def formal_name(self) -> str:
        """« Mme Solène Aubrac »: how lists and titles name the patient."""
        return f"{self.civility}\N{NO-BREAK SPACE}{self.name}"

    @property
    def exit_words(self) -> str:
        return exit_words(self.exit_kind, self.exit_reason)

    @property
    def follow_up(self) -> FollowUp:
        """The present follow-up, or the last one when it is over."""
        return FollowUp(self.included_on, self.left_on, self.renewed_to)

    def follow_up_on(self, day: date) -> FollowUp:
        """The follow-up that an act of that day belongs to.

        Asks for the former ones, unless they were prefetched, of a day before the present one only.
        """
        if self.included_on and self.included_on <= day:
            return self.follow_up
        former = (each.as_rule() for each in self.former_follow_ups.all())
        return follow_up_on(day, self.follow_up, former)

    @property
    def traits(self) -> Traits:
        return Traits(self.birth_name, self.used_name, self.first_names, self.birth_date)


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
