"""Reads of the agenda."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import get_language
from wagtail.models import Locale

from training.models import Meeting, Replay, WebinarPage
from training.rules.registration import SEATED


def next_webinars(today: date, count: int) -> list[WebinarPage]:
    """The next published events in the language of the page, the nearest first."""
    coming = WebinarPage.objects.live().public().upcoming(today)
    return list(coming.filter(locale__language_code=get_language())[:count])


def coming_dated(today: date) -> list[WebinarPage]:
    """Every published event to come that has a date and an hour, in French."""
    coming = WebinarPage.objects.live().public().upcoming(today)
    return list(coming.filter(starts_at__isnull=False, locale=Locale.get_default()))


class Mark(StrEnum):
    """What a line of the agenda says besides its theme."""

    CALLED_OFF = "called_off"
    FULL = "full"
    RECORDED = "recorded"


def marks_of(pages: Iterable[WebinarPage], *, now: datetime) -> dict[UUID, Mark]:
    """What is to be said of these, by translation key: in one query, however many they are."""
    seated = Count("registrations", filter=Q(registrations__state__in=sorted(SEATED)))
    recorded = Replay.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    keys = [page.translation_key for page in pages]
    rows = Meeting.objects.filter(key__in=keys).annotate(
        seated=seated, recorded=Exists(recorded), seats=F("seats_on_site") + F("seats_remote")
    )
    return {each.key: mark for each in rows.order_by() if (mark := _mark(each, now))}


def _mark(meeting: Any, now: datetime) -> Mark | None:
    if meeting.cancelled_at:
        return Mark.CALLED_OFF
    if meeting.recorded:
        return Mark.RECORDED
    coming = meeting.starts_at is not None and now < meeting.starts_at
    return Mark.FULL if coming and 0 < meeting.seats <= meeting.seated else None
