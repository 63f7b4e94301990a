"""Webinars: their dates in words, before and after, and what search engines read."""

import json
import re
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.webinars import make_webinar
from training.exports.agenda import when
from training.models import WebinarIndexPage, WebinarPage
from training.selectors.agenda import next_webinars
from training.templatetags.agenda import agenda_lines, duration

pytestmark = pytest.mark.usefixtures("site", "at_reference")
NB = "\u00a0"


@pytest.mark.parametrize(
    ("fields", "day", "detail", "sentence"),
    [
        (
            {"held_on": date(2026, 12, 9), "starts_at": time(20, 30)},
            f"9{NB}déc.",
            f"2026, 20{NB}h{NB}30",
            f"Mercredi 9{NB}décembre 2026",
        ),
        (
            {"held_on": date(2027, 1, 1), "starts_at": None},
            f"1er{NB}janv.",
            "2027",
            f"Vendredi 1er{NB}janvier 2027",
        ),
        (
            {"held_on": date(2027, 1, 31), "date_known": False, "starts_at": None},
            "Janvier",
            "2027, date à venir",
            "Janvier 2027, date à venir",
        ),
    ],
)
def test_date_in_words(fields: dict[str, Any], day: str, detail: str, sentence: str) -> None:
    webinar = make_webinar(**fields)
    [line] = agenda_lines([webinar])
    assert (line["day"], line["detail"], when(webinar)) == (day, detail, sentence)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (45, f"45{NB}minutes"),
        (60, f"1{NB}heure"),
        (90, f"1{NB}h{NB}30"),
        (65, f"1{NB}h{NB}05"),
        (420, f"7{NB}heures"),
    ],
)
def test_duration_in_words(minutes: int, expected: str) -> None:
    assert duration(minutes) == expected


@pytest.mark.parametrize(
    ("fields", "is_past"),
    [
        ({"held_on": date(2026, 11, 15)}, True),
        ({"held_on": date(2026, 11, 16)}, False),  # today, whatever the hour
        ({"held_on": date(2026, 11, 17)}, False),
        ({"held_on": date(2026, 11, 30), "date_known": False, "starts_at": None}, False),
        ({"held_on": date(2026, 10, 31), "date_known": False, "starts_at": None}, True),
    ],
)
def test_past_and_upcoming_split_at_the_clocks_today(
    client: Client, fields: dict[str, Any], is_past: bool
) -> None:
    webinar = make_webinar(**fields)
    html = client.get("/agenda/").content.decode()
    upcoming, _, past = html.partition("Passés")
    assert webinar.is_past is is_past
    assert (webinar.url in upcoming, webinar.url in past) == (not is_past, is_past)
    assert ("Cette rencontre a eu lieu." in client.get(webinar.url).content.decode()) is is_past


def test_month_alone_comes_after_the_dated_ones_of_its_month() -> None:
    dated = make_webinar(held_on=date(2027, 1, 28))
    order = [page.slug for page in next_webinars(date(2027, 1, 1), 2)]
    assert order == [dated.slug, "souffrance-au-travail"]


def test_home_page_announces_the_next_three(client: Client) -> None:
    html = client.get("/").content.decode()
    agenda = html[html.index('class="agenda"') : html.index("</ol>")]
    assert re.findall(r'href="/agenda/([^/]+)/"', agenda) == [
        "covid-long",
        "journee-annuelle",
        "souffrance-au-travail",
    ]
    assert "2027, date à venir" in agenda


def test_cleaning_a_month_keeps_its_last_day() -> None:
    webinar = WebinarPage(
        title="T", slug="t", theme="t", introduction="t", held_on=date(2028, 2, 3), date_known=False
    )
    webinar.clean()
    assert webinar.held_on == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"date_known": False, "starts_at": time(20)}, "starts_at"),
        ({"mode": "on_site", "place": ""}, "place"),
    ],
)
def test_impossible_announcement_is_refused(fields: dict[str, Any], field: str) -> None:
    webinar = WebinarPage(title="T", theme="t", introduction="t", held_on=date(2027, 1, 1))
    for name, value in fields.items():
        setattr(webinar, name, value)
    with pytest.raises(ValidationError) as refusal:
        webinar.clean()
    assert list(refusal.value.message_dict) == [field]


def test_database_refuses_an_hour_without_a_date() -> None:
    webinar = make_webinar(starts_at=None, date_known=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        WebinarPage.objects.filter(pk=webinar.pk).update(starts_at=time(20))


def test_dated_event_is_told_to_search_engines(client: Client) -> None:
    html = client.get("/agenda/covid-long/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    event = json.loads(found[1])
    assert {key: event[key] for key in ("@type", "startDate", "endDate", "url")} == {
        "@type": "Event",
        "startDate": "2026-12-09T20:30:00+01:00",
        "endDate": "2026-12-09T21:30:00+01:00",
        "url": "http://testserver/agenda/covid-long/",
    }


def test_event_without_date_is_not(client: Client) -> None:
    html = client.get("/agenda/souffrance-au-travail/").content.decode()
    assert "ld+json" not in html
    assert "Janvier 2027, date à venir" in html


def test_event_cannot_break_out_of_its_script(client: Client) -> None:
    webinar = make_webinar(title="</script><script>alert(1)</script>")
    html = client.get(webinar.url).content.decode()
    assert "<script>alert" not in html


def test_past_webinars_are_shown_by_twenty(client: Client) -> None:
    agenda = WebinarIndexPage.objects.get()
    for _ in range(21):
        make_webinar(agenda=agenda, held_on=date(2025, 3, 1))
    first, second = (client.get("/agenda/", {"page": page}) for page in (1, 2))
    assert len(first.context["past"]) == 20
    assert len(second.context["past"]) == 1
    assert client.get("/agenda/", {"page": "x"}).status_code == 200


def test_agenda_asks_as_many_queries_for_nine_as_for_six(client: Client) -> None:
    client.get("/agenda/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/agenda/")
        counts.append(len(asked))
        for _more in range(3):
            make_webinar()
    assert counts[0] == counts[1]


def test_summer_time_is_kept() -> None:
    webinar = make_webinar(held_on=date(2027, 7, 1), starts_at=time(20, 30))
    assert webinar.begins is not None
    assert webinar.begins.isoformat() == "2027-07-01T20:30:00+02:00"
