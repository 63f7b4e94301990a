"""The care plan (PPS): versions, their rows, and the patient's agreement.

A version without `signed_at` is the draft, whose text is kept as typed; once signed, the database
refuses that a version or its rows change (migration 0007), and the next version replaces it.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.enums import ActionStatus, PathwayState
from network.rules import plan as rules

from .patient import Patient

ACTION_STATUSES = {
    ActionStatus.TO_DO: _("à faire"),
    ActionStatus.UNDER_WAY: _("en cours"),
    ActionStatus.DONE: _("fait"),
    ActionStatus.DROPPED: _("abandonné"),
}


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def visible_to(self, user: Any, on: date) -> Self:
        """Whoever may open the patient's clinical pages; the patient: what is signed."""
        clinical = Q(patient__in=Patient.objects.in_care_of(user, on))
        own = Q(patient__in=Patient.objects.own_of(user, on), signed_at__isnull=False)
        return self.filter(clinical | own)

    def signed(self) -> Self:
        return self.filter(signed_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(signed_at=None)

    def current(self) -> Self:
        """The last signed version of each patient who is followed."""
        later = PlanVersion.objects.signed().filter(
            patient=models.OuterRef("patient"), number__gt=models.OuterRef("number")
        )
        followed = self.signed().filter(patient__state=PathwayState.FOLLOWED)
        return followed.exclude(models.Exists(later))

    def with_all(self) -> Self:
        """With all that a plan says, in a number of queries that does not grow."""
        return self.select_related(
            "patient", "referent", "signed_by", "rcp_file__meeting", "agreement__by"
        ).prefetch_related("problems__objectives__actions__professional")


class PlanVersion(models.Model):
    """One version of a patient's plan; `rcp_file`: the case review that caused it.

    `typed`: rows and texts of a draft as they were typed, empty once signed; `revision` counts
    its saves, so that nobody writes over what somebody else has just typed.
    """

    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("version"))
    priorities = models.TextField(_("ce qui compte pour la personne"), blank=True)
    preferences = models.TextField(_("ses préférences"), blank=True)
    alert = models.CharField(_("en cas d’alerte"), max_length=300, blank=True)
    referent = models.ForeignKey(
        "network.Professional",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("référent"),
    )
    review_on = models.DateField(_("à revoir le"), null=True, blank=True)
    rcp_file = models.ForeignKey(
        "network.RcpFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_versions",
        verbose_name=_("RCP à l’origine de cette version"),
    )
    typed: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    revision = models.PositiveIntegerField(default=0)
    started_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    changed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    changed_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signé le"), null=True, blank=True)
    signed_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[PlanVersionQuerySet] = PlanVersionQuerySet.as_manager()  # type: ignore[assignment]
    agreement: "PlanAgreement"

    class Meta:
        verbose_name = _("plan de soins")
        ordering = ("-number",)
        indexes = [models.Index(fields=["review_on"], name="plan_by_review")]
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="plan_numbered"),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(signed_at=None), name="one_plan_draft"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    referent__isnull=False,
                    review_on__isnull=False,
                ),
                name="signed_plan_is_whole",
                violation_error_message=_("Un plan signé a un référent et une date de revue."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}, {self.number}"

    @property
    def values(self) -> rules.Plan:
        """What the version says, as the rules read it. A draft's text is in `typed`."""
        return rules.Plan(
            priorities=self.priorities,
            preferences=self.preferences,
            alert=self.alert,
            referent=rules.Who(str(self.referent), self.referent_id)
            if self.referent
            else rules.NOBODY,
            review_on=self.review_on,
            problems=tuple(each.values for each in self.problems.all()),
        )

    @property
    def agreed(self) -> "PlanAgreement | None":
        return getattr(self, "agreement", None)


class PlanProblem(models.Model):
    """A problem that the plan answers. `key` names the row from version to version."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="problems")
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("problème"), max_length=300)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="plan_problem_once")]

    def __str__(self) -> str:
        return self.words

    @property
    def values(self) -> rules.Problem:
        return rules.Problem(
            self.key, self.words, tuple(each.values for each in self.objectives.all())
        )


class PlanObjective(models.Model):
    """What is aimed at for a problem."""

    problem = models.ForeignKey(PlanProblem, on_delete=models.PROTECT, related_name="objectives")
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("objectif"), max_length=300)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["problem", "key"], name="plan_objective_once")
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def values(self) -> rules.Objective:
        return rules.Objective(
            self.key, self.words, tuple(each.values for each in self.actions.all())
        )


class PlanAction(models.Model):
    """What is done for an objective; by a professional, or by somebody in words (`who`)."""

    objective = models.ForeignKey(PlanObjective, on_delete=models.PROTECT, related_name="actions")
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    what = models.CharField(_("action"), max_length=300)
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(_("qui"), max_length=120, blank=True)
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    status = models.CharField(
        _("où en est-on"),
        max_length=10,
        choices=[(s.value, label) for s, label in ACTION_STATUSES.items()],
    )
    why = models.CharField(_("pourquoi"), max_length=300, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["objective", "key"], name="plan_action_once"),
            models.CheckConstraint(
                condition=Q(professional__isnull=False, who="")
                | (Q(professional=None) & ~Q(who="")),
                name="plan_action_has_one_doer",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.DROPPED) | ~Q(why=""),
                name="dropped_action_says_why",
                violation_error_message=_("Dites pourquoi l’action est abandonnée."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def values(self) -> rules.Action:
        who = (
            rules.Who(str(self.professional), self.professional_id)
            if self.professional
            else rules.Who(self.who)
        )
        return rules.Action(
            self.key, self.what, who, self.due_on, ActionStatus(self.status), self.why
        )


class PlanAgreement(models.Model):
    """The patient agreed to a version. The table only grows."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="agreement")
    given_on = models.DateField(_("accord donné le"))
    how = models.CharField(_("recueilli"), max_length=120)
    at = models.DateTimeField()
    by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("accord sur le plan")

    def __str__(self) -> str:
        return f"{self.version_id}"
