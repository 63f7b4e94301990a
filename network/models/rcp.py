"""Case reviews (RCP): meetings, who is invited, the files discussed and who was present."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.enums import (
    Answer,
    Circle,
    MeetingState,
    Presence,
    Profession,
    Proof,
    Role,
    WorkStatus,
)
from network.rules.proofs import Attendee, count_professionals, missing_proofs, plan_in_time
from network.rules.review import follow_up_on

from .care import CareLink
from .professional import Professional
from .sharing import SharingConsent

MEETING_STATES = {
    MeetingState.PLANNED: _("prévue"),
    MeetingState.HELD: _("tenue"),
    MeetingState.CALLED_OFF: _("annulée"),
}
ANSWERS = {
    Answer.WAITING: _("sans réponse"),
    Answer.ACCEPTED: _("viendra"),
    Answer.EXCUSED: _("excusé"),
    Answer.WITHDRAWN: _("convocation retirée"),
}
PRESENCES = {Presence.ON_SITE: _("sur place"), Presence.REMOTE: _("à distance")}
WORK_STATUSES = {
    WorkStatus.WORKING: _("au travail"),
    WorkStatus.ON_LEAVE: _("en arrêt"),
    WorkStatus.OTHER: _("autre situation"),
    WorkStatus.UNKNOWN: _("inconnue"),
}


def _runs_network(user: Any) -> bool:
    roles: frozenset[Role] = getattr(user, "roles", frozenset())
    return bool(roles & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR})


def _own_professional(user: Any) -> Professional | None:
    """The professional behind a clinician's account."""
    if Role.CLINICIAN not in getattr(user, "roles", frozenset()):
        return None
    return Professional.objects.filter(user_id=user.pk).first()


class RcpMeetingQuerySet(models.QuerySet["RcpMeeting"]):
    def visible_to(self, user: Any) -> Self:
        """Coordination: all. Clinicians: where they are invited, or attended a file."""
        if _runs_network(user):
            return self.all()
        professional = _own_professional(user)
        if professional is None:
            return self.none()
        invited = RcpInvitation.objects.filter(professional=professional).standing()
        attended = RcpAttendance.objects.filter(professional=professional)
        return self.filter(
            Q(pk__in=invited.values("meeting")) | Q(pk__in=attended.values("file__meeting"))
        )


class RcpMeeting(models.Model):
    """A meeting of professionals, on a day; the hour is known when it was planned here.

    `length`: minutes. `sequence`: how often calendars were told of a change.
    """

    held_on = models.DateField(_("date de la réunion"))
    begins_at = models.TimeField(_("heure"), null=True, blank=True)
    length = models.PositiveSmallIntegerField(_("durée, en minutes"), default=90)
    place = models.CharField(_("lieu"), max_length=120, blank=True)
    video = models.URLField(_("lien de la visioconférence"), max_length=300, blank=True)
    chair = models.ForeignKey(
        "network.Professional",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("présidée par"),
    )
    state = models.CharField(
        max_length=12,
        choices=[(s.value, label) for s, label in MEETING_STATES.items()],
        default=MeetingState.HELD.value,
    )
    call_off_reason = models.CharField(_("motif de l’annulation"), max_length=200, blank=True)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[RcpMeetingQuerySet] = RcpMeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("RCP")
        verbose_name_plural = _("RCP")
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MeetingState.PLANNED)
                | Q(begins_at__isnull=False, chair__isnull=False),
                name="planned_meeting_has_hour_and_chair",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CALLED_OFF) | ~Q(call_off_reason=""),
                name="meeting_called_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"RCP du {self.held_on:%d/%m/%Y}"

    @property
    def starts_at(self) -> datetime | None:
        if self.begins_at is None:
            return None
        return timezone.make_aware(datetime.combine(self.held_on, self.begins_at))

    @property
    def ends_at(self) -> datetime | None:
        starts_at = self.starts_at
        return starts_at and starts_at + timedelta(minutes=self.length)

    @property
    def where(self) -> str:
        return self.place or (str(_("En visioconférence")) if self.video else "")

    @property
    def state_words(self) -> str:
        return str(MEETING_STATES[MeetingState(self.state)])

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == MeetingState.HELD


class RcpInvitationQuerySet(models.QuerySet["RcpInvitation"]):
    def standing(self) -> Self:
        return self.exclude(answer=Answer.WITHDRAWN)


class RcpInvitation(models.Model):
    """A professional is invited to a meeting. Being excused is an answer, never an attendance."""

    meeting = models.ForeignKey(RcpMeeting, on_delete=models.PROTECT, related_name="invitations")
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="rcp_invitations"
    )
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    answer = models.CharField(
        max_length=10,
        choices=[(a.value, label) for a, label in ANSWERS.items()],
        default=Answer.WAITING.value,
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("convoqué le"))

    objects: ClassVar[RcpInvitationQuerySet] = RcpInvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("professional__last_name", "professional__first_name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "professional"], name="invited_to_meeting_once"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, answered_at=None)
                | (~Q(answer=Answer.WAITING) & Q(answered_at__isnull=False)),
                name="invitation_answer_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.professional} · {self.meeting}"

    @property
    def words(self) -> str:
        return str(ANSWERS[Answer(self.answer)])


class RcpFileQuerySet(models.QuerySet["RcpFile"]):
    def visible_to(self, user: Any) -> Self:
        """The code and the proofs of a file: what money asks for, nothing clinical.

        Clinicians: the files they attended. Coordinators and the medical director: all.
        """
        if _runs_network(user):
            return self.all()
        if Role.CLINICIAN in getattr(user, "roles", frozenset()):
            attended = RcpAttendance.objects.filter(professional__user_id=user.pk)
            return self.filter(pk__in=attended.values("file"))
        return self.none()

    def readable_by(self, user: Any, on: date) -> Self:
        """The clinical content of a file, as `may_read_review` opens it that day.

        Coordination: all. Clinicians: their own patients' of that day; and, invited or present,
        those whose patient agreed to share with their circle.
        """
        if _runs_network(user):
            return self.all()
        professional = _own_professional(user)
        if professional is None:
            return self.none()
        invited = RcpInvitation.objects.filter(professional=professional).standing()
        attended = RcpAttendance.objects.filter(professional=professional)
        agreed = SharingConsent.objects.standing().filter(
            circle=professional.circle or Circle.REVIEW
        )
        open_to_them = Q(patient__in=agreed.values("patient")) & (
            Q(meeting__in=invited.values("meeting")) | Q(pk__in=attended.values("file"))
        )
        if not professional.circle:
            team = CareLink.objects.on(on).filter(professional=professional)
            open_to_them |= Q(patient__in=team.values("patient"))
        return self.filter(open_to_them)

    def signed_by(self, user: Any, on: date) -> Self:
        """Files whose minutes this person signs: named for it, or chairing; and may read."""
        named = Q(signatory__user_id=user.pk) | Q(signatory=None, meeting__chair__user_id=user.pk)
        return self.readable_by(user, on).filter(named)

    def written_by(self, user: Any, on: date) -> Self:
        """Files whose draft minutes this person may write: coordination, and who signs them."""
        return self.all() if _runs_network(user) else self.signed_by(user, on)

    def held(self) -> Self:
        """Discussed, or to be noted as such: not waiting for a meeting, nor of one called off."""
        return self.filter(meeting__state=MeetingState.HELD)

    def with_people(self) -> Self:
        """With all that shows a file and its proofs: meeting, patient and attendees."""
        found = self.select_related("meeting__chair", "patient", "paper_plan__noted_by")
        return found.prefetch_related("attendees")


class RcpFile(models.Model):
    """One patient's file on the agenda of a meeting, with the proofs that make it payable."""

    meeting = models.ForeignKey(RcpMeeting, on_delete=models.PROTECT, related_name="files")
    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="rcp_files"
    )
    rank = models.PositiveSmallIntegerField(_("ordre"), default=0)
    question = models.CharField(_("question posée"), max_length=300, blank=True)
    summary = models.TextField(_("résumé"), blank=True)
    presenter = models.ForeignKey(
        "network.Professional",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("présenté par"),
    )
    signatory = models.ForeignKey(
        "network.Professional",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("compte rendu signé par"),
    )
    minutes_signed_on = models.DateField(_("compte rendu signé le"), null=True, blank=True)
    plan_revised_on = models.DateField(_("PPS modifié le"), null=True, blank=True)
    work_then = models.CharField(
        _("travail le jour de la RCP"),
        max_length=10,
        choices=[(w.value, label) for w, label in WORK_STATUSES.items()],
        blank=True,
    )
    work_later = models.CharField(
        _("travail six mois après"),
        max_length=10,
        choices=[(w.value, label) for w, label in WORK_STATUSES.items()],
        blank=True,
    )
    work_later_on = models.DateField(_("demandé le"), null=True, blank=True)
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
            ),
            models.CheckConstraint(
                condition=Q(work_later="", work_later_on=None)
                | (~Q(work_later="") & Q(work_later_on__isnull=False)),
                name="work_at_six_months_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.patient.code}"

    @property
    def held_on(self) -> date:
        return self.meeting.held_on

    @property
    def who_signs(self) -> Professional | None:
        return self.signatory or self.meeting.chair

    @property
    def present(self) -> int:
        """Attendees who make the fee's quorum."""
        return count_professionals(self._attendees())

    @property
    def discussing(self) -> int:
        """Attendees who make a discussion valid: the network's employees count."""
        return count_professionals(self._attendees(), exclude_employees=False)

    def _attendees(self) -> list[Attendee]:
        return [
            Attendee(each.pk, Profession(each.profession), each.employee)
            for each in self.attendees.all()
        ]

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

    @property
    def follow_up_on(self) -> date:
        return follow_up_on(self.held_on)

    @property
    def work_then_words(self) -> str:
        return str(WORK_STATUSES[WorkStatus(self.work_then)]) if self.work_then else ""

    @property
    def work_later_words(self) -> str:
        return str(WORK_STATUSES[WorkStatus(self.work_later)]) if self.work_later else ""


class RcpAttendance(models.Model):
    """A professional was present when a file was discussed."""

    file = models.ForeignKey(RcpFile, on_delete=models.PROTECT, related_name="attendance")
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, related_name="rcp_attendance"
    )
    presence = models.CharField(
        _("présence"),
        max_length=8,
        choices=[(p.value, label) for p, label in PRESENCES.items()],
        default=Presence.ON_SITE.value,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "professional"], name="attends_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.professional} · {self.file}"

    @property
    def words(self) -> str:
        return str(PRESENCES[Presence(self.presence)])
