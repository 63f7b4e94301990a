"""Places in sessions and the waiting list; each move of a place is a row that stays."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etp.enums import Move, PlaceState, WaitState
from etp.rules.course import HELD
from network.enums import Role
from network.models import Patient

from .programme import Cycle, Workshop
from .session import Session

STATES = {
    PlaceState.OFFERED: _("place proposée"),
    PlaceState.BOOKED: _("inscrit"),
    PlaceState.ATTENDED: _("présent"),
    PlaceState.ABSENT: _("absent"),
    PlaceState.EXCUSED: _("excusé"),
    PlaceState.CANCELLED: _("annulé"),
    PlaceState.MOVED: _("déplacé"),
    PlaceState.DECLINED: _("proposition déclinée"),
    PlaceState.EXPIRED: _("proposition sans réponse"),
}
_SEATED = Q(state__in=sorted(HELD))


class OfPatients[M: models.Model](models.QuerySet[M]):
    def visible_to(self, user: Any, now: datetime) -> Self:
        """Coordination: all. Patients: their own. Facilitators read theirs through the session."""
        if getattr(user, "roles", frozenset()) & {Role.COORDINATOR, Role.MEDICAL_DIRECTOR}:
            return self.all()
        return self.filter(patient__in=Patient.objects.own_of(user, timezone.localdate(now)))


class Wait(models.Model):
    """Somebody waits for a seat: of this session, or (`session` empty) of any date.

    `joined_at` makes the order; an offer that lapses leaves it as it was.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="waits")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="waits")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="waits", null=True, blank=True
    )
    joined_at = models.DateTimeField()
    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in WaitState],
        default=WaitState.WAITING.value,
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfPatients["Wait"]] = OfPatients.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("attente")
        ordering = ("joined_at", "pk")
        indexes = [
            models.Index(
                fields=["workshop", "joined_at"],
                condition=Q(state=WaitState.WAITING),
                name="wait_in_line",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "session"],
                condition=Q(state__in=[WaitState.WAITING, WaitState.OFFERED]),
                name="one_wait_a_session",
            ),
            models.UniqueConstraint(
                fields=["patient", "workshop"],
                condition=Q(state__in=[WaitState.WAITING, WaitState.OFFERED], session=None),
                name="one_wait_for_any_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[WaitState.WAITING, WaitState.OFFERED], ended_at=None)
                | Q(
                    state__in=[WaitState.SERVED, WaitState.LEFT, WaitState.OVER],
                    ended_at__isnull=False,
                ),
                name="wait_ends_with_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}, {self.workshop_id}"


class Place(models.Model):
    """A patient's place in a session, held on a numbered seat or given back.

    `capacity` copies the session's, so that the database itself refuses a seat too many.
    `until` is when an offer lapses. `request_id` names the person's gesture: a whole cycle is
    booked by one. `uid` is the calendar's identifier and the address of its pages.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="places")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="places")
    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(
        max_length=9, choices=[(s.value, label) for s, label in STATES.items()]
    )
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField()
    until = models.DateTimeField(null=True, blank=True)
    wait = models.ForeignKey(
        Wait, on_delete=models.PROTECT, related_name="places", null=True, blank=True
    )
    request_id = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfPatients["Place"]] = OfPatients.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("place")
        ordering = ("session__starts_at", "pk")
        indexes = [
            models.Index(
                fields=["until"], condition=Q(state=PlaceState.OFFERED), name="offer_by_end"
            ),
            models.Index(fields=["session", "state"], name="place_of_session"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="seat_once"),
            models.CheckConstraint(
                condition=Q(seat=None) | Q(seat__gte=1, seat__lte=F("capacity")),
                name="seat_within_capacity",
            ),
            models.CheckConstraint(
                condition=(_SEATED & Q(seat__isnull=False, ended_at=None))
                | (~_SEATED & Q(seat=None, ended_at__isnull=False)),
                name="seat_goes_with_state",
            ),
            models.UniqueConstraint(
                fields=["patient", "session"], condition=_SEATED, name="one_place_a_session"
            ),
            models.UniqueConstraint(
                fields=["wait"], condition=Q(state=PlaceState.OFFERED), name="one_offer_a_wait"
            ),
            models.UniqueConstraint(
                fields=["request_id", "session", "patient"], name="place_asked_once"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=PlaceState.OFFERED, until__isnull=False)
                    & (Q(wait__isnull=False) | Q(cycle__isnull=False))
                )
                | (~Q(state=PlaceState.OFFERED) & Q(until=None)),
                name="offer_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}, {self.session_id}, {self.state}"

    @property
    def of_cycle_offer(self) -> bool:
        """Offered with all the other sessions of its cycle: taken, or left, with them."""
        return self.state == PlaceState.OFFERED and self.wait_id is None

    @property
    def is_held(self) -> bool:
        return self.state in HELD


class PlaceStep(models.Model):
    """One move of a place: who, when, why. The table only grows."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    move = models.CharField(max_length=9, choices=[(m.value, m.value) for m in Move])
    state = models.CharField(max_length=9)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.place_id} {self.move}"
