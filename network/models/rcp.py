"""Case reviews (RCP): the facts that payment asks for. The full pages will own them later."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.enums import Profession, Proof, Role
from network.rules.proofs import Attendee, count_professionals, missing_proofs, plan_in_time


class RcpMeeting(models.Model):
    """A meeting of professionals, on a day."""

    held_on = models.DateField(_("date de la réunion"))
    place = models.CharField(_("lieu ou visio"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("RCP")
        verbose_name_plural = _("RCP")
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"RCP du {self.held_on:%d/%m/%Y}"


class RcpFileQuerySet(models.QuerySet["RcpFile"]):
    def visible_to(self, user: Any) -> Self:
        """Clinicians: the files they attended. Coordinators and the medical director: all."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if roles & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR}:
            return self.all()
        if Role.CLINICIAN in roles:
            attended = RcpAttendance.objects.filter(professional__user_id=getattr(user, "pk", 0))
            return self.filter(pk__in=attended.values("file"))
        return self.none()

    def with_people(self) -> Self:
        """With all that shows a file and its proofs: meeting, patient and attendees."""
        return self.select_related("meeting", "patient").prefetch_related("attendees")


class RcpFile(models.Model):
    """One patient's file discussed in a meeting, with the proofs that make it payable."""

    meeting = models.ForeignKey(RcpMeeting, on_delete=models.PROTECT, related_name="files")
    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="rcp_files"
    )
    minutes_signed_on = models.DateField(_("compte rendu signé le"), null=True, blank=True)
    plan_revised_on = models.DateField(_("PPS modifié le"), null=True, blank=True)
    attendees = models.ManyToManyField(
        "network.Professional", through="network.RcpAttendance", related_name="rcp_files"
    )

    objects: ClassVar[RcpFileQuerySet] = RcpFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("dossier de RCP")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "patient"],
                name="rcp_file_once",
                violation_error_message=_("Ce patient est déjà à l’ordre du jour."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.patient.code}"

    @property
    def held_on(self) -> date:
        return self.meeting.held_on

    @property
    def present(self) -> int:
        """Attendees who make the quorum."""
        return count_professionals(
            Attendee(each.pk, Profession(each.profession), each.employee)
            for each in self.attendees.all()
        )

    @property
    def missing(self) -> tuple[Proof, ...]:
        return missing_proofs(
            held_on=self.held_on,
            minutes_signed_on=self.minutes_signed_on,
            plan_revised_on=self.plan_revised_on,
            present=self.present,
        )

    @property
    def plan_in_time(self) -> bool:
        return plan_in_time(self.held_on, self.plan_revised_on)


class RcpAttendance(models.Model):
    """A professional was present when a file was discussed."""

    file = models.ForeignKey(RcpFile, on_delete=models.PROTECT, related_name="attendance")
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="rcp_attendance"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "professional"], name="attends_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.professional} · {self.file}"
