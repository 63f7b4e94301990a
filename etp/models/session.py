"""Sessions: a date, a place or a video room, and numbered seats."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etp.enums import Concern, Mode, Stage
from etp.rules.booking import Slot
from network.enums import Role
from network.models import Patient

from .programme import Cycle, Facilitator, Site, Workshop

MODES = {Mode.ON_SITE: _("sur place"), Mode.VIDEO: _("en vidéo")}
STAGES = {
    Stage.OPEN: _("Places libres"),
    Stage.FULL: _("Complète"),
    Stage.UNDER_MINIMUM: _("Minimum non atteint"),
    Stage.TO_NOTE: _("Présences à noter"),
    Stage.NOTED: _("Terminée"),
    Stage.CANCELLED: _("Annulée"),
}
CONCERNS = {
    Concern.FACILITATOR_TWICE: _("Animateur déjà pris"),
    Concern.ROOM_TWICE: _("Salle déjà prise"),
    Concern.HOLIDAY: _("Jour férié"),
    Concern.UNTRAINED: _("Formation de 40\u00a0h non attestée"),
    Concern.ROOM_SMALL: _("Salle trop petite"),
}


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Any, now: datetime) -> Self:
        """Coordination: all. Facilitators: their own. Patients: the workshops opened to them."""
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        if roles & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR}:
            return self.all()
        key = getattr(user, "pk", 0) or 0
        own = Patient.objects.own_of(user, timezone.localdate(now))
        return self.filter(
            Q(facilitator__professional__user_id=key)
            | Q(workshop__openings__patient__in=own, workshop__openings__closed_at=None)
            | Q(places__patient__in=own)
        ).distinct()

    def coming(self, now: datetime) -> Self:
        """Neither begun nor cancelled, the nearest first."""
        return self.filter(starts_at__gt=now, cancelled_at=None).order_by("starts_at", "pk")


class Session(models.Model):
    """One date of a workshop. Its row is the lock under which its seats move.

    `sequence` grows at each change that calendars must learn. `video_phone` is the way in by
    telephone when the video fails.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="sessions")
    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="sessions", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(_("rang dans le cycle"), null=True, blank=True)
    alone = models.BooleanField(_("se réserve seule"), default=True)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    mode = models.CharField(
        _("où"), max_length=8, choices=[(m.value, label) for m, label in MODES.items()]
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        related_name="sessions",
        null=True,
        blank=True,
        verbose_name=_("lieu"),
    )
    video_url = models.URLField(_("lien de la vidéo"), blank=True)
    video_phone = models.CharField(_("accès par téléphone"), max_length=60, blank=True)
    facilitator = models.ForeignKey(
        Facilitator,
        on_delete=models.PROTECT,
        related_name="sessions",
        verbose_name=_("animateur"),
    )
    capacity = models.PositiveSmallIntegerField(_("places"))
    series = models.UUIDField(null=True, blank=True, db_index=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("motif d’annulation"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("présences notées le"), null=True, blank=True)
    request_id = models.UUIDField(default=uuid4, editable=False)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("séance")
        ordering = ("starts_at", "pk")
        indexes = [
            models.Index(fields=["starts_at"], name="session_by_start"),
            models.Index(fields=["workshop", "starts_at"], name="session_of_workshop"),
            models.Index(fields=["facilitator", "starts_at"], name="session_of_facilitator"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("La séance finit avant de commencer."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=50),
                name="session_capacity",
                violation_error_message=_("Une séance a de 1 à 50\u00a0places."),
            ),
            models.CheckConstraint(
                condition=Q(mode=Mode.ON_SITE, site__isnull=False) | Q(mode=Mode.VIDEO, site=None),
                name="session_has_its_place",
                violation_error_message=_("Choisissez un lieu, ou la vidéo."),
            ),
            models.CheckConstraint(
                condition=Q(cycle=None, position=None, alone=True)
                | Q(cycle__isnull=False, position__gte=1),
                name="session_rank_goes_with_cycle",
            ),
            models.UniqueConstraint(fields=["cycle", "position"], name="rank_once_in_cycle"),
            models.UniqueConstraint(
                fields=["request_id", "starts_at"], name="session_planned_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}, {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def slot(self) -> Slot:
        """The session as the rule sees it, but for what its workshop says (`repeatable`)."""
        return Slot(
            session=self.pk,
            workshop=self.workshop_id,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            cancelled=self.cancelled_at is not None,
            position=self.position,
            alone=self.alone,
        )

    @property
    def is_video(self) -> bool:
        return self.mode == Mode.VIDEO
