"""The planning of sessions: what is asked in the address, and the rows that it shows."""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from etp.enums import PlaceState, Stage
from etp.models import Facilitator, Session, Site, Workshop
from etp.models.session import STAGES
from etp.rules.stage import ALERT_DAYS, stage
from etp.selectors.concerns import Worry, worries_of
from network.models import User
from portal.kit.holidays import holiday

COLOURS = {
    Stage.OPEN: "info",
    Stage.FULL: "ok",
    Stage.UNDER_MINIMUM: "bad",
    Stage.TO_NOTE: "wait",
    Stage.NOTED: "",
    Stage.CANCELLED: "",
}
"""The state of the tag of each stage, in `components/tag.html`."""
NOTED_STATES = (PlaceState.ATTENDED, PlaceState.ABSENT, PlaceState.EXCUSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the planning; an empty one keeps everything."""

    workshop: Workshop | None = None
    facilitator: Facilitator | None = None
    site: Site | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A session as lists show it."""

    session: Session
    stage: Stage
    label: str
    state: str
    worries: list[Worry]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week or of the month view; `inside`: it belongs to the month shown."""

    day: date
    holiday: str
    inside: bool
    today: bool
    rows: list[Row] = field(default_factory=list)


def sessions(user: User, now: datetime) -> QuerySet[Session]:
    """Sessions that this person may see, with their counts of places.

    `taken`: seats held, offers included; `booked`: held for good; `to_note`: without attendance.
    """
    shown = Session.objects.filter(pk__in=Session.objects.visible_to(user, now).values("pk"))
    return with_counts(shown)


def with_counts(rows: QuerySet[Session]) -> QuerySet[Session]:
    noted = Q(places__state__in=NOTED_STATES)
    return rows.select_related("workshop", "cycle", "site", "facilitator__professional").annotate(
        taken=Count("places", filter=Q(places__seat__isnull=False)),
        booked=Count("places", filter=Q(places__state=PlaceState.BOOKED) | noted),
        to_note=Count("places", filter=Q(places__state=PlaceState.BOOKED)),
        came=Count("places", filter=Q(places__state=PlaceState.ATTENDED)),
    )


def narrow(rows: QuerySet[Session], asked: Asked, now: datetime) -> QuerySet[Session]:
    """Keep what the filters ask for."""
    if asked.workshop:
        rows = rows.filter(workshop=asked.workshop)
    if asked.facilitator:
        rows = rows.filter(facilitator=asked.facilitator)
    if asked.site:
        rows = rows.filter(site=asked.site)
    return at_stage(rows, asked.stage, now) if asked.stage else rows


def at_stage(rows: QuerySet[Session], asked: Stage, now: datetime) -> QuerySet[Session]:
    """The sessions of `with_counts` to which the rule `stage` gives this word."""
    coming = Q(starts_at__gt=now, cancelled_at=None)
    past = Q(starts_at__lte=now, cancelled_at=None)
    alert = Q(booked__lt=F("workshop__minimum"), starts_at__lt=alert_limit(now))
    full = Q(taken__gte=F("capacity"))
    kept = {
        Stage.CANCELLED: Q(cancelled_at__isnull=False),
        Stage.TO_NOTE: past & Q(to_note__gt=0),
        Stage.NOTED: past & Q(to_note=0),
        Stage.UNDER_MINIMUM: coming & alert,
        Stage.FULL: coming & ~alert & full,
        Stage.OPEN: coming & ~alert & ~full,
    }
    return rows.filter(kept[asked])


def alert_limit(now: datetime) -> datetime:
    """The first instant that is too far for a minimum to be an alert."""
    return midnight(timezone.localdate(now) + timedelta(days=ALERT_DAYS + 1))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def stage_of(session: Any, now: datetime) -> Stage:
    """The stage of a session read by `with_counts`."""
    day = timezone.localdate(session.starts_at)
    return stage(
        starts_at=session.starts_at,
        now=now,
        cancelled=session.cancelled_at is not None,
        booked=session.booked,
        free=session.capacity - session.taken,
        minimum=session.workshop.minimum,
        to_note=session.to_note,
        days_left=(day - timezone.localdate(now)).days,
    )


def rows_of(found: Iterable[Session], now: datetime) -> list[Row]:
    """Sessions of `with_counts` with their words; one more query, for their concerns."""
    listed = list(found)
    worried = worries_of(listed)
    return [_row(each, worries, now) for each, worries in zip(listed, worried, strict=True)]


def _row(session: Session, worries: list[Worry], now: datetime) -> Row:
    at = stage_of(session, now)
    past = at in (Stage.TO_NOTE, Stage.NOTED)
    return Row(session, at, str(STAGES[at]), COLOURS[at], [] if past else worries)


def between(rows: QuerySet[Session], first: date, last: date) -> QuerySet[Session]:
    """Sessions that begin from `first` to `last`, both inside, in their order."""
    return rows.filter(
        starts_at__gte=midnight(first), starts_at__lt=midnight(last + timedelta(days=1))
    ).order_by("starts_at", "pk")


def week_of(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=each) for each in range(7)]


def month_of(day: date) -> list[list[date]]:
    """The weeks of a month, whole: days of its neighbours complete the first and the last."""
    return Calendar(firstweekday=0).monthdatescalendar(day.year, day.month)


def laid_out(days: Sequence[date], rows: Iterable[Row], month: date, today: date) -> list[Day]:
    """The rows put on their days."""
    found = {
        day: Day(
            day, holiday(day), (day.year, day.month) == (month.year, month.month), day == today
        )
        for day in days
    }
    for row in rows:
        day = timezone.localdate(row.session.starts_at)
        if day in found:
            found[day].rows.append(row)
    return list(found.values())
