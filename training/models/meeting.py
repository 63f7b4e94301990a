"""Meetings as people register for them, with numbered seats and a line of who waits.

A meeting is what the agenda last published of a webinar: a draft touches nobody's seat.
"""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import Role
from training.enums import Audience, Mode, SeatState
from training.rules.price import FREE
from training.rules.registration import LIVE, Terms

from .prices import PROFILES, Priced
from .webinar import AUDIENCES, MODES

STATES = {
    SeatState.WAITING: _("en liste d’attente"),
    SeatState.BOOKED: _("inscrit"),
    SeatState.CANCELLED: _("annulé"),
    SeatState.OVER: _("sans place"),
    SeatState.PAYING: _("paiement attendu"),
    SeatState.LAPSED: _("non payé à temps"),
}
_LIVE = Q(state__in=sorted(LIVE))


class OfPeople[M: models.Model](models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        """Each their own; those who organise the meetings, all."""
        if getattr(user, "roles", frozenset()) & {Role.EDITOR, Role.MEDICAL_DIRECTOR}:
            return self.all()
        return self.filter(person_id=getattr(user, "pk", None))


class Meeting(Priced):
    """A webinar or a day, known by the translation key of its page. Its row is the lock of its
    seats.

    While the month alone is announced, `starts_at` is empty and `held_on` the month's last day;
    also without an hour. `sequence` grows at each change that calendars must learn. `link` is
    for those registered. No seats in a way of attending: it is not offered here.
    """

    key = models.UUIDField(unique=True)
    title = models.CharField(_("titre"), max_length=255)
    held_on = models.DateField(_("date"))
    date_known = models.BooleanField(default=True)
    starts_at = models.DateTimeField(_("début"), null=True, blank=True)
    ends_at = models.DateTimeField(_("fin"), null=True, blank=True)
    audience = models.CharField(
        max_length=14, choices=[(a.value, label) for a, label in AUDIENCES.items()]
    )
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    link = models.URLField(_("lien de connexion"), blank=True)
    seats_on_site = models.PositiveSmallIntegerField(_("places sur place"), default=0)
    seats_remote = models.PositiveSmallIntegerField(_("places à distance"), default=0)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("motif d’annulation"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("rencontre")
        verbose_name_plural = _("rencontres")
        ordering = ("-held_on", "-pk")
        indexes = [models.Index(fields=["starts_at"], name="meeting_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(date_known=True) | Q(starts_at=None),
                name="meeting_without_date_has_no_hour",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="meeting_called_off_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def terms(self) -> Terms:
        """The meeting as the rule sees it."""
        return Terms(
            starts_at=self.starts_at,
            seats={Mode.ON_SITE: self.seats_on_site, Mode.VIDEO: self.seats_remote},
            audience=Audience(self.audience),
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            called_off=self.cancelled_at is not None,
        )

    @property
    def modes(self) -> list[Mode]:
        """The ways of attending that are offered, on site first."""
        return [mode for mode, seats in self.terms.seats.items() if seats]


class Registration(models.Model):
    """A person in a meeting: on a numbered seat of one way of attending, in line, or no more.

    `capacity` copies the meeting's, so that the database itself refuses a seat too many.
    `made_at` makes the order of the line. `uid` is the calendar's identifier and the address of
    its pages. `price`, in euros, is the one announced that day to a person of this `profile`; until
    it is paid the seat is held to `pay_by`.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations"
    )
    mode = models.CharField(
        max_length=8,
        choices=[(m.value, label) for m, label in MODES.items() if m != Mode.BOTH],
    )
    state = models.CharField(
        max_length=9, choices=[(s.value, label) for s, label in STATES.items()]
    )
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    profile = models.CharField(
        max_length=8, choices=[(p.value, label) for p, label in PROFILES.items()], blank=True
    )
    price = models.DecimalField(_("tarif"), max_digits=7, decimal_places=2, default=FREE)
    pay_by = models.DateTimeField(_("à payer avant"), null=True, blank=True)

    objects: ClassVar[OfPeople["Registration"]] = OfPeople.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ("made_at", "pk")
        indexes = [models.Index(fields=["meeting", "state"], name="registration_of_meeting")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "mode", "seat"], name="meeting_seat_once"),
            models.CheckConstraint(
                condition=Q(seat=None) | Q(seat__gte=1, seat__lte=F("capacity")),
                name="meeting_seat_within_capacity",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SeatState.BOOKED,
                    seat__isnull=False,
                    seated_at__isnull=False,
                    ended_at=None,
                )
                | Q(state=SeatState.WAITING, seat=None, ended_at=None)
                | Q(
                    state=SeatState.PAYING,
                    seat__isnull=False,
                    seated_at=None,
                    ended_at=None,
                    price__gt=0,
                )
                | Q(
                    state__in=[SeatState.CANCELLED, SeatState.OVER, SeatState.LAPSED],
                    seat=None,
                    ended_at__isnull=False,
                ),
                name="meeting_seat_goes_with_state",
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.PAYING, pay_by__isnull=False)
                | (~Q(state=SeatState.PAYING) & Q(pay_by=None)),
                name="registration_held_until_an_hour",
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="registration_price_positive"),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=_LIVE, name="registered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.meeting_id}, {self.state}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_booked(self) -> bool:
        return self.state == SeatState.BOOKED

    @property
    def is_paying(self) -> bool:
        return self.state == SeatState.PAYING


class DateWish(models.Model):
    """Somebody asked to be told once the date of a meeting is fixed; told once."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="wishes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    told_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )

    objects: ClassVar[OfPeople["DateWish"]] = OfPeople.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("demande d’être prévenu")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(told_at=None), name="wish_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.meeting_id}"
