"""Appointments as calendar files (RFC 5545), in the time of Paris, under neutral titles.

An event keeps its identifier for life: a change raises its sequence, a cancellation says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vText
from icalendar.parser import Contentline

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
    lines = [line for each in appointments for line in _event(each, sender)]
    return "".join([_head(name, method), *(f"{_folded(line)}\r\n" for line in lines), _FOOT])


_FOOT = "END:VCALENDAR\r\n"


@cache
def _head(name: str, method: Method | None) -> str:
    """All that comes before the events: the same text for every file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method.value)
    calendar.add("x-wr-calname", name)
    calendar.add_component(_paris())
    return str(calendar.to_ical().decode()).removesuffix(_FOOT)


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


def _event(appointment: Appointment, sender: str) -> Iterator[str]:
    """The lines of an event. Written one by one: a booking waits for them under its lock."""
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_escaped(appointment.title)}"
    yield f"DTSTART;TZID={PARIS.key}:{appointment.starts_at.astimezone(PARIS):{_LOCAL}}"
    yield f"DTEND;TZID={PARIS.key}:{appointment.ends_at.astimezone(PARIS):{_LOCAL}}"
    yield f"DTSTAMP:{appointment.changed_at.astimezone(UTC):{_LOCAL}}Z"
    yield f"UID:{appointment.uid}@ariane"
    yield f"SEQUENCE:{appointment.sequence}"
    yield "CLASS:PRIVATE"
    if appointment.where:
        yield f"LOCATION:{_escaped(appointment.where)}"
    if sender:
        yield f"ORGANIZER:mailto:{sender}"
    yield f"STATUS:{'CANCELLED' if appointment.cancelled else 'CONFIRMED'}"
    yield f"URL:{appointment.link}"
    yield "END:VEVENT"


_LOCAL = "%Y%m%dT%H%M%S"


def _escaped(text: str) -> str:
    return str(vText(text).to_ical().decode())


def _folded(line: str) -> str:
    """No line is longer than 75 octets (RFC 5545, 3.1)."""
    if len(line.encode()) <= 75:
        return line
    return str(Contentline(line).to_ical().decode())  # type: ignore[no-untyped-call]
