"""Follow-ups of before the present one: what a patient included again had before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.rules.follow_up import FollowUp

from .patient import EXIT_REASONS, exit_words


class FormerFollowUp(models.Model):
    """A follow-up that is over; `left_on`, itself outside, ended it.

    Those of a patient share no day, and come before the present one: triggers hold it.
    """

    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="former_follow_ups"
    )
    included_on = models.DateField(_("inclusion décidée le"))
    left_on = models.DateField(_("sorti du suivi le"))
    renewed_to = models.DateField(_("suivi prolongé jusqu’au"), null=True, blank=True)
    exit_kind = models.CharField(
        _("fin du suivi"),
        max_length=12,
        choices=[(r.value, label) for r, label in EXIT_REASONS.items()],
        blank=True,
    )
    exit_reason = models.CharField(_("motif de sortie"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("suivi d’avant")
        verbose_name_plural = _("suivis d’avant")
        ordering = ("included_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__gte=F("included_on")), name="former_follow_up_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(renewed_to=None) | Q(renewed_to__gt=F("included_on")),
                name="former_follow_up_renewed_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.included_on}"

    def as_rule(self) -> FollowUp:
        return FollowUp(self.included_on, self.left_on, self.renewed_to, former=True)

    @property
    def exit_words(self) -> str:
        return exit_words(self.exit_kind, self.exit_reason)
