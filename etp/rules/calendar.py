"""Appointments as calendar files (RFC 5545), in the time of Paris, under neutral titles.

An event keeps its identifier for life: a change raises its sequence, a cancellation says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

PARIS = ZoneInfo("Europe/Paris")
PRODUCT = "-//Ariane//Rendez-vous//FR"


class Method(StrEnum):
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar may know: when, where, and a page that asks who is reading."""

    uid: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    link: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False


def calendar_text(
    appointments: Iterable[Appointment],
    *,
    name: str,
    method: Method | None = Method.PUBLISH,
    sender: str = "",
) -> str:
    """The file's text; cancelled appointments are kept in it, marked so.

    `method` None: a calendar that one subscribes to. `sender`: the mail address that RFC 5546
    asks for in what is published or cancelled.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method.value)
    calendar.add("x-wr-calname", name)
    calendar.add_component(_paris())
    for each in appointments:
        calendar.add_component(_event(each, sender))
    return str(calendar.to_ical().decode())


@cache
def _paris() -> Timezone:
    """The rule of Paris since 1996: the last Sundays of March and of October."""
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    for part, name, month, at, before, after in (
        (TimezoneDaylight(), "CEST", 3, datetime(1996, 3, 31, 2), 1, 2),  # noqa: DTZ001 - local
        (TimezoneStandard(), "CET", 10, datetime(1996, 10, 27, 3), 2, 1),  # noqa: DTZ001 - local
    ):
        part.add("dtstart", at)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone


def _event(appointment: Appointment, sender: str) -> Event:
    event = Event()
    event.add("uid", f"{appointment.uid}@ariane")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed_at)
    event.add("dtstart", appointment.starts_at.astimezone(PARIS))
    event.add("dtend", appointment.ends_at.astimezone(PARIS))
    event.add("summary", appointment.title)
    if appointment.where:
        event.add("location", appointment.where)
    event.add("url", appointment.link)
    if sender:
        event.add("organizer", f"mailto:{sender}")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    return event
