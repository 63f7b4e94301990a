"""Calendar files: read again by two libraries; stable, rising, cancelled; and Paris all year."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import vobject
from icalendar import Calendar

from etp.actions import cycles, places, sessions
from etp.enums import Mode
from etp.models import Session
from network.enums import Role
from network.models import OutboxMessage
from portal.kit.calendar import Appointment, calendar_text
from tests.factories.etp import NOW, PARIS, book, book_whole, make_cycle, make_session
from tests.factories.network import make_user


def appointment(starts_at: datetime, **fields: Any) -> Appointment:
    defaults: dict[str, Any] = {
        "uid": uuid4(),
        "title": "Rendez-vous réseau",
        "ends_at": starts_at + timedelta(hours=1),
        "where": "Maison de santé, 1 rue de la Démo; 75012 Paris",
        "link": "https://example.org/mes-ateliers/",
        "sequence": 0,
        "changed_at": NOW,
    }
    return Appointment(starts_at=starts_at, **(defaults | fields))


def both(text: str) -> tuple[list[Any], list[Any]]:
    """The events as icalendar, then vobject, read them."""
    return (
        list(Calendar.from_ical(text).walk("VEVENT")),
        list(vobject.readOne(text).vevent_list),
    )


def facts(text: str) -> list[tuple[str, int, str]]:
    """(identifier, sequence, status) of each event; both readers must agree."""
    one, other = both(text)
    found = [(str(e["UID"]), int(e["SEQUENCE"]), str(e["STATUS"])) for e in one]
    assert found == [(e.uid.value, int(e.sequence.value), e.status.value) for e in other]
    return found


def method(text: str) -> str:
    return str(Calendar.from_ical(text)["METHOD"])


@pytest.mark.parametrize(
    "day",
    [
        datetime(2026, 3, 28, 9, tzinfo=PARIS),
        datetime(2026, 3, 29, 9, tzinfo=PARIS),  # summer time since the night
        datetime(2026, 10, 24, 9, tzinfo=PARIS),
        datetime(2026, 10, 25, 9, tzinfo=PARIS),  # winter time since the night
        datetime(2027, 1, 1, 9, tzinfo=PARIS),
        datetime(2028, 2, 29, 9, tzinfo=PARIS),
    ],
)
def test_nine_o_clock_stays_nine_o_clock(day: datetime) -> None:
    text = calendar_text([appointment(day)], name="Rendez-vous")
    assert f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}T090000" in text
    (one,), (other,) = both(text)
    for read in (one["DTSTART"].dt, other.dtstart.value):
        assert read == day
        assert read.astimezone(PARIS).hour == 9


def test_zone_of_the_file_agrees_with_the_system() -> None:
    text = calendar_text([appointment(NOW)], name="Rendez-vous")
    zone: Any = Calendar.from_ical(text).walk("VTIMEZONE")[0]
    zone = zone.to_tz(lookup_tzid=False)
    for month in range(1, 13):
        for day in (1, 24, 25, 26, 28):
            noon = datetime(2026, month, day, 12)  # noqa: DTZ001 - the zone is what is asked
            assert zone.utcoffset(noon) == noon.replace(tzinfo=PARIS).utcoffset()


def test_file_has_what_publishing_asks() -> None:
    text = calendar_text([appointment(NOW)], name="Rendez-vous", sender="a@example.org")
    (event,) = both(text)[0]
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "ORGANIZER"} <= set(event)
    assert str(event["ORGANIZER"]) == "mailto:a@example.org"
    assert all(len(line.encode()) <= 75 for line in text.splitlines())
    assert "\r\n" in text


def test_feed_bears_no_method() -> None:
    assert "METHOD" not in calendar_text([appointment(NOW)], name="Rendez-vous", method=None)


def calendars() -> list[str]:
    found = OutboxMessage.objects.exclude(calendar="").order_by("pk")
    return list(found.values_list("calendar", flat=True))


@pytest.mark.django_db
def test_cancelled_place_takes_its_event_back() -> None:
    place = book(make_session())
    places.cancel(place=place, by=None, now=NOW)
    booked, cancelled = calendars()
    uid = f"{place.uid}@ariane"
    assert (method(booked), facts(booked)) == ("PUBLISH", [(uid, 0, "CONFIRMED")])
    assert (method(cancelled), facts(cancelled)) == ("CANCEL", [(uid, 1, "CANCELLED")])


@pytest.mark.django_db
def test_moved_place_is_a_new_event_and_the_old_one_cancelled() -> None:
    place = book(make_session())
    other = make_session(place.session.workshop, days=20)
    new = places.move(place=place, to=other, request_id=uuid4(), by=None, now=NOW)
    text = calendars()[-1]
    assert method(text) == "PUBLISH"
    assert facts(text) == [
        (f"{new.uid}@ariane", 0, "CONFIRMED"),
        (f"{place.uid}@ariane", 1, "CANCELLED"),
    ]
    assert len(calendars()) == 2


@pytest.mark.django_db
def test_changed_session_keeps_its_event_and_raises_its_sequence() -> None:
    session = make_session()
    place = book(session)
    for days in (1, 2):
        change(session, session.starts_at + timedelta(days=days))
    uid = f"{place.uid}@ariane"
    assert [facts(text) for text in calendars()] == [
        [(uid, sequence, "CONFIRMED")] for sequence in (0, 1, 2)
    ]
    assert "DTSTART;TZID=Europe/Paris:20261128T090000" in calendars()[-1]


def change(session: Session, starts_at: datetime) -> None:
    sessions.change_session(
        session=session,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        mode=Mode.ON_SITE,
        site=session.site,
        facilitator=session.facilitator,
        by=make_user(Role.COORDINATOR),
        now=NOW,
    )


@pytest.mark.django_db
def test_session_called_off_cancels_above_every_change() -> None:
    session = make_session()
    book(session)
    change(session, session.starts_at + timedelta(days=1))
    coordinator = make_user(Role.COORDINATOR)
    sessions.cancel_session(session=session, reason="Grippe", by=coordinator, now=NOW)
    sequences = [facts(text)[0][1] for text in calendars()]
    assert sequences == sorted(set(sequences))
    assert method(calendars()[-1]) == "CANCEL"


@pytest.mark.django_db
def test_cycle_is_one_mail_with_all_its_dates() -> None:
    cycle = make_cycle(sessions=3)
    held = book_whole(cycle)
    mail = OutboxMessage.objects.get()
    assert [uid for uid, _, _ in facts(mail.calendar)] == [f"{each.uid}@ariane" for each in held]
    for day in ("26\u00a0novembre", "3\u00a0décembre", "10\u00a0décembre"):
        assert day in mail.body
    assert mail.body.count("/rdv/") == 3
    assert mail.subject.startswith("Vos 3 rendez-vous à partir du jeudi 26")


@pytest.mark.django_db
def test_cycle_given_up_is_one_mail() -> None:
    cycle = make_cycle(sessions=3)
    patient = book_whole(cycle)[0].patient
    cycles.cancel_cycle(cycle=cycle, patient=patient, by=None, now=NOW)
    assert OutboxMessage.objects.count() == 2
    text = calendars()[-1]
    assert {status for _, _, status in facts(text)} == {"CANCELLED"}
    assert method(text) == "PUBLISH"  # a CANCEL speaks of one event only
