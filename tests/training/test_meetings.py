"""Meetings: kept from the agenda, registered for on numbered seats, waited for, given up."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from network.enums import Profession, Role
from network.models import OutboxMessage, User
from tests.factories.meetings import make_meeting
from tests.factories.network import make_professional, make_user, sign_in
from tests.factories.replays import make_replay
from tests.factories.webinars import make_webinar
from tests.public_site import NOW
from training.actions.meeting_reminders import remind_all
from training.actions.meetings import call_off, keep_all, keep_meeting, repeat
from training.actions.registrations import (
    Refused,
    ask_for_date,
    cancel,
    register,
    settle_all,
)
from training.enums import Audience, Mode, NoSeat, SeatState
from training.models import DateWish, Meeting, Registration, WebinarPage
from training.rules.registration import Terms, refusal
from training.selectors.verify_meetings import recount_meetings
from training.templatetags.agenda import agenda_lines
from training.tokens import registration_token

pytestmark = pytest.mark.usefixtures("site", "at_reference")
VIDEO, ON_SITE = Mode.VIDEO, Mode.ON_SITE
STARTS = datetime(2026, 12, 9, 19, 30, tzinfo=UTC)
TERMS: dict[str, Any] = {"starts_at": STARTS, "seats": {VIDEO: 2, ON_SITE: 0}}


@pytest.mark.parametrize(
    ("terms", "mode", "doctor", "expected"),
    [
        ({}, VIDEO, False, None),
        ({}, ON_SITE, False, NoSeat.NOT_OFFERED),
        ({"called_off": True}, VIDEO, False, NoSeat.CALLED_OFF),
        ({"starts_at": None}, VIDEO, False, NoSeat.UNDATED),
        ({"starts_at": NOW}, VIDEO, False, NoSeat.BEGUN),
        ({"starts_at": NOW + timedelta(seconds=1)}, VIDEO, False, None),
        ({"opens_on": date(2026, 11, 17)}, VIDEO, False, NoSeat.NOT_OPEN),
        ({"opens_on": date(2026, 11, 16)}, VIDEO, False, None),
        ({"closes_on": date(2026, 11, 16)}, VIDEO, False, None),
        ({"closes_on": date(2026, 11, 15)}, VIDEO, False, NoSeat.CLOSED),
        ({"audience": Audience.DOCTORS}, VIDEO, False, NoSeat.DOCTORS_ONLY),
        ({"audience": Audience.DOCTORS}, VIDEO, True, None),
    ],
)
def test_who_may_register(
    terms: dict[str, Any], mode: Mode, doctor: bool, expected: NoSeat | None
) -> None:
    assert refusal(Terms(**(TERMS | terms)), mode, doctor=doctor, now=NOW) == expected


def people(count: int) -> list[User]:
    return [make_user(Role.CLINICIAN) for _ in range(count)]


def enrol(meeting: Meeting, person: User, mode: Mode = VIDEO, at: datetime = NOW) -> Registration:
    return register(meeting=meeting, mode=mode, by=person, now=at)


def subjects(person: User) -> list[str]:
    sent = OutboxMessage.objects.filter(to=person.email).order_by("pk")
    return [each.subject.partition("\u00a0:")[0] for each in sent]


def test_seats_are_numbered_then_people_wait_and_are_seated_in_their_order() -> None:
    meeting = make_meeting(seats_remote=2)
    one, two, three, four = people(4)
    made = [enrol(meeting, each) for each in (one, two, three, four)]
    assert [(each.state, each.seat) for each in made] == [
        ("booked", 1),
        ("booked", 2),
        ("waiting", None),
        ("waiting", None),
    ]
    assert enrol(meeting, one).pk == made[0].pk  # twice is once

    cancel(registration=made[0], by=one, now=NOW)
    cancel(registration=made[0], by=one, now=NOW)
    made[2].refresh_from_db()
    assert (made[2].state, made[2].seat) == ("booked", 1)
    assert subjects(one) == ["Vous êtes inscrit", "Inscription annulée"]
    assert subjects(three) == ["Liste d’attente", "Une place s’est libérée"]
    assert subjects(four) == ["Liste d’attente"]
    assert list(recount_meetings(Counter())) == []
    booked = OutboxMessage.objects.filter(to=one.email).order_by("pk")
    assert [re.findall(r"METHOD:(\w+)", each.calendar) for each in booked] == [
        ["PUBLISH"],
        ["CANCEL"],
    ]


def test_changing_the_way_of_attending_takes_the_new_seat_first() -> None:
    meeting = make_meeting(seats_remote=1, seats_on_site=1)
    one, two, three = people(3)
    enrol(meeting, one, VIDEO)
    enrol(meeting, two, ON_SITE)
    with pytest.raises(Refused, match="vous gardez"):
        enrol(meeting, one, ON_SITE)
    waits = enrol(meeting, three, VIDEO)
    cancel(registration=meeting.registrations.get(person=two), by=two, now=NOW)
    changed = enrol(meeting, one, ON_SITE)
    waits.refresh_from_db()
    assert (changed.mode, changed.seat, waits.state) == (ON_SITE, 1, SeatState.BOOKED)


def test_doctors_only() -> None:
    meeting = make_meeting(audience=Audience.DOCTORS)
    doctor = make_professional(profession=Profession.DOCTOR).user
    assert doctor is not None
    assert enrol(meeting, doctor).seat == 1
    with pytest.raises(Refused):
        enrol(meeting, make_professional().user or doctor)


def test_line_ends_with_the_beginning() -> None:
    meeting = make_meeting(seats_remote=1)
    one, two = people(2)
    enrol(meeting, one)
    waiting = enrol(meeting, two)
    assert meeting.starts_at is not None
    assert settle_all(now=meeting.starts_at) == 0
    waiting.refresh_from_db()
    assert waiting.state == SeatState.OVER
    with pytest.raises(Refused, match="a commencé"):
        cancel(registration=meeting.registrations.get(person=one), by=one, now=meeting.starts_at)


@pytest.mark.parametrize(
    "fields",
    [
        {"seat": 2},  # of somebody else
        {"seat": 11},  # beyond the capacity
        {"seat": None},  # booked on no seat
        {"state": "cancelled"},  # gone with a seat
    ],
)
def test_database_refuses_an_impossible_seat(fields: dict[str, Any]) -> None:
    meeting = make_meeting()
    one, two = people(2)
    first = enrol(meeting, one)
    enrol(meeting, two)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=first.pk).update(**fields)


def test_publication_makes_the_meeting_and_tells_what_changes() -> None:
    page = make_webinar(seats_remote=1, link="https://video.example.org/x")
    page.save_revision().publish()
    meeting = Meeting.objects.get(key=page.translation_key)
    one, two = people(2)
    enrol(meeting, one)
    waiting = enrol(meeting, two)

    page.introduction, page.link = "Autre résumé", "https://video.example.org/y"
    page.save_revision().publish()
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.link) == (0, "https://video.example.org/y")
    assert subjects(one) == ["Vous êtes inscrit"]

    page.starts_at, page.seats_remote = time(21), 2
    page.save_revision().publish()
    keep_meeting(page=page, now=NOW)  # nothing more
    waiting.refresh_from_db()
    assert subjects(one) == ["Vous êtes inscrit", "Changement"]
    assert subjects(two) == ["Liste d’attente", "Changement", "Une place s’est libérée"]
    assert waiting.seat == 2
    last = OutboxMessage.objects.filter(to=one.email).latest("pk")
    assert "SEQUENCE:1" in last.calendar
    assert "21\u00a0h" in last.body


def test_month_alone_is_filled_in_later_and_told_once() -> None:
    page = WebinarPage.objects.get(slug="souffrance-au-travail")
    meeting = Meeting.objects.get(key=page.translation_key)
    one, two = people(2)
    assert [ask_for_date(meeting=meeting, by=one, now=NOW) for _ in range(2)] == [True, True]
    assert DateWish.objects.count() == 1
    with pytest.raises(Refused, match="pas encore fixée"):
        enrol(meeting, two)
    page.held_on, page.date_known, page.starts_at = date(2027, 1, 12), True, time(20, 30)
    for _ in range(2):
        page.save_revision().publish()
    assert subjects(one) == ["La date est fixée"]
    assert subjects(two) == []
    assert ask_for_date(meeting=meeting, by=two, now=NOW) is False


def test_called_off_tells_everybody_once(client: Client) -> None:
    meeting = make_meeting(seats_remote=1)
    one, two = people(2)
    enrol(meeting, one)
    enrol(meeting, two)
    editor = make_user(Role.EDITOR)
    for reason in ("Intervenant malade", "Autre"):
        call_off(meeting=meeting, reason=reason, by=editor, now=NOW)
    assert subjects(one) == ["Vous êtes inscrit", "Annulée"]
    assert subjects(two) == ["Liste d’attente", "Annulée"]
    announced = Meeting.objects.get(key=WebinarPage.objects.get(slug="covid-long").translation_key)
    call_off(meeting=announced, reason="Grève", by=editor, now=NOW)
    assert "Annulée" in client.get("/agenda/").content.decode()
    html = client.get("/agenda/covid-long/").content.decode()
    assert "EventCancelled" in html
    assert "Grève" in html
    meeting.refresh_from_db()
    assert meeting.cancel_reason == "Intervenant malade"
    assert list(recount_meetings(Counter())) == []


def test_reminders_a_week_before_and_the_day_before_once() -> None:
    meeting = make_meeting(starts_at=STARTS)
    [one] = people(1)
    made = enrol(meeting, one)
    week, day = STARTS - timedelta(days=6), STARTS - timedelta(hours=10)
    assert [remind_all(now=at) for at in (NOW, week, week, day, day)] == [0, 1, 0, 1, 0]
    assert subjects(one) == ["Vous êtes inscrit", "Dans une semaine", "Aujourd’hui"]
    cancel(registration=made, by=one, now=day)
    keys = OutboxMessage.objects.filter(to=one.email, key__isnull=False)
    assert not keys.exists()  # nobody is reminded of what was given up


def test_lost_publication_is_found_by_the_periodic_work() -> None:
    page = WebinarPage.objects.get(slug="covid-long")
    Meeting.objects.filter(key=page.translation_key).delete()
    keep_all(now=NOW)
    assert Meeting.objects.get(key=page.translation_key).seats_remote == 100


def test_repeated_for_next_year_as_a_draft_with_its_month_alone() -> None:
    page, editor = WebinarPage.objects.get(slug="journee-annuelle"), make_user(Role.EDITOR)
    first, again = (repeat(page=page, by=editor, now=NOW) for _ in range(2))
    assert first.pk == again.pk
    assert (first.slug, first.held_on, first.date_known, first.live, first.starts_at) == (
        "journee-annuelle-2027",
        date(2027, 12, 31),
        False,
        False,
        None,
    )
    assert not Meeting.objects.filter(key=first.translation_key).exists()


def test_one_tap_from_the_public_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_user(Role.CLINICIAN)
    page = WebinarPage.objects.get(slug="covid-long")
    visitor = client.get(page.url).content.decode()
    assert "Se connecter pour s’inscrire" in visitor
    assert page.link not in visitor
    sign_in(client, person)
    html = client.get(page.url).content.decode()
    action = re.search(r'action="(/se-former/rencontres/[^"]+inscription/)"', html)
    assert action
    answer = client.post(action[1], {"mode": "video"}, follow=True)
    made = Registration.objects.get(person=person)
    assert answer.redirect_chain == [(f"/se-former/inscriptions/{made.uid}/", 302)]
    html = answer.content.decode()
    assert "s’affichera ici 15" in html
    assert page.link not in html

    token = registration_token(made.uid)
    for minutes, shown in ((16, False), (15, True), (-59, True), (-61, False)):
        at = STARTS - timedelta(minutes=minutes)
        monkeypatch.setattr("portal.kit.clock.now", lambda at=at: at)
        mailed = Client().get(f"/rencontre/{token}/").content.decode()
        assert (page.link in mailed) is shown, minutes
    monkeypatch.setattr("portal.kit.clock.now", lambda: NOW)
    assert Client().post(f"/rencontre/{token}/annuler/").status_code == 302
    made.refresh_from_db()
    assert made.state == SeatState.CANCELLED
    assert Client().get("/rencontre/x~y/").status_code == 404


def test_agenda_is_sorted_by_subject_and_followed_by_machines(client: Client) -> None:
    html = client.get("/agenda/", {"theme": "work"}).content.decode()
    assert "souffrance-au-travail" in html
    assert "covid-long" not in html
    assert client.get("/agenda/", {"theme": "x"}).status_code == 200
    calendar = client.get("/rencontres.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == 2  # those with a date
    assert "video.example.org" not in calendar
    news = client.get("/rencontres.rss").content.decode()
    assert news.count("<item>") == 6
    assert "date à venir" in news
    page = WebinarPage.objects.get(slug="covid-long")
    assert "DTSTART;TZID=Europe/Paris:20261209T203000" in (
        client.get(f"/rencontres/{page.translation_key}.ics").content.decode()
    )
    undated = WebinarPage.objects.get(slug="souffrance-au-travail")
    assert client.get(f"/rencontres/{undated.translation_key}.ics").status_code == 404


def test_agenda_and_editor_s_list_say_what_is_full_over_and_to_come(client: Client) -> None:
    days = {"past": date(2026, 9, 2), "soon": date(2026, 12, 9), "late": date(2027, 1, 6)}
    pages = {
        name: make_webinar(title=name, held_on=day, starts_at=time(20, 30), seats_remote=1)
        for name, day in days.items()
    }
    meetings = {name: keep_meeting(page=page, now=NOW) for name, page in pages.items()}
    make_replay(meetings["past"])
    register(meeting=meetings["soon"], mode=VIDEO, by=make_user(Role.CLINICIAN), now=NOW)
    marks = {line["title"]: line["mark"] for line in agenda_lines(pages.values())}
    assert marks == {
        "past": "Enregistrement à voir",
        "soon": "Complet, liste d’attente",
        "late": "",
    }
    sign_in(client, make_user(Role.EDITOR))
    listed = client.get("/formation-rencontres/")
    shown = [
        [
            (each.title, each.booked, each.seats)
            for each in listed.context[name]
            if each.title in days
        ]
        for name in ("coming", "page")
    ]
    assert shown == [[("soon", 1, 1), ("late", 0, 1)], [("past", 0, 1)]]


def test_preview_shows_each_audience_and_writes_nothing() -> None:
    page = WebinarPage.objects.get(slug="covid-long")
    seen = {
        mode: page.make_preview_request(preview_mode=mode).render().content.decode()
        for mode, _label in page.preview_modes
    }
    assert "Se connecter pour s’inscrire" in seen["visitor"]
    assert "M’inscrire à distance" in seen["clinician"]
    assert "Vous êtes inscrit" in seen["registered"]
    assert Registration.objects.count() == 0
