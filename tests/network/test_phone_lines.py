"""Telephone lines: when they answer, who is told of them, who gives a reserved number."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from network.actions.phone_lines import set_reserved_number
from network.enums import Profession, Role
from network.models import JournalEntry, PhoneLine
from network.rules.directory import LineAudience
from network.rules.opening import Hours, Span, alike, standing
from network.selectors.phone_lines import state_in_words, week_in_words
from portal.kit import clock
from portal.kit.phones import national, tells
from tests.factories.directory import make_phone_line
from tests.factories.network import make_professional, make_user, sign_in

NUMBER = "01 99 00 86 42"
FIRST = datetime.fromisoformat("2026-01-01")
DAY = Span(time(8, 30), time(20))
WEEK = Hours({day: [DAY] for day in range(5)})
SPLIT = Hours({0: [Span(time(9), time(12)), Span(time(14), time(18))]})


@pytest.mark.parametrize(
    ("hours", "at", "words"),
    [
        (WEEK, "2026-11-16 08:29", "Fermée, ouvre aujourd’hui à 8 h 30"),
        (WEEK, "2026-11-16 08:30", "Ouverte jusqu’à 20 h"),
        (WEEK, "2026-11-16 19:59", "Ouverte jusqu’à 20 h"),
        (WEEK, "2026-11-16 20:00", "Fermée, ouvre demain à 8 h 30"),
        (WEEK, "2026-11-20 20:00", "Fermée, ouvre lundi à 8 h 30"),
        (WEEK, "2026-12-24 21:00", "Fermée, ouvre lundi à 8 h 30"),  # Christmas, a Friday
        (WEEK, "2026-11-10 21:00", "Fermée, ouvre jeudi à 8 h 30"),  # armistice
        (Hours(WEEK.weekly, on_holidays=True), "2026-11-11 09:00", "Ouverte jusqu’à 20 h"),
        (SPLIT, "2026-11-16 12:30", "Fermée, ouvre aujourd’hui à 14 h"),
        (SPLIT, "2026-11-16 18:00", "Fermée, ouvre le lundi 23 novembre 2026 à 9 h"),
        (
            Hours(WEEK.weekly, {date(2026, 11, 16): []}),
            "2026-11-16 10:00",
            "Fermée, ouvre demain à 8 h 30",
        ),
        (
            Hours({}, {date(2026, 12, 25): [Span(time(10), time(12))]}),
            "2026-12-25 10:00",
            "Ouverte jusqu’à 12 h",
        ),
        (Hours({0: [Span(time(9), time(12)), Span(time(12), time(18))]}), "2026-11-16 10:00",
         "Ouverte jusqu’à 18 h"),
        (Hours({}, {date(2026, 1, 5): [DAY]}), "2026-11-16 10:00", "Fermée"),
    ],
)  # fmt: skip
def test_line_says_until_when(hours: Hours, at: str, words: str) -> None:
    local = datetime.fromisoformat(at)
    assert state_in_words(standing(hours, local), local).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (WEEK, "Du lundi au vendredi, de 8 h 30 à 20 h"),
        (Hours({day: [DAY] for day in range(7)}), "Tous les jours, de 8 h 30 à 20 h"),
        (SPLIT, "Le lundi, de 9 h à 12 h et de 14 h à 18 h"),
        (
            Hours({0: [DAY], 1: [DAY], 3: [Span(time(9), time(12))]}),
            "Du lundi au mardi, de 8 h 30 à 20 h ; le jeudi, de 9 h à 12 h",
        ),
        (Hours({}), ""),
    ],
)
def test_week_is_told_in_words(hours: Hours, words: str) -> None:
    assert week_in_words(hours).replace("\u00a0", " ").replace("\u202f", " ") == words


minutes = st.integers(0, 24 * 60 - 1).map(lambda each: time(each // 60, each % 60))
spans = st.tuples(minutes, minutes).filter(lambda each: each[0] < each[1])
days = st.lists(spans.map(lambda each: Span(*each)), max_size=3)
weeks = st.dictionaries(st.integers(0, 6), days)
instants = st.integers(0, 365 * 24 * 60).map(lambda each: FIRST + timedelta(minutes=each))


@settings(max_examples=60)
@given(weeks, instants)
def test_line_is_open_exactly_when_a_span_of_the_day_holds_the_hour(
    weekly: dict[int, list[Span]], at: datetime
) -> None:
    hours = Hours(weekly, on_holidays=True)
    found = standing(hours, at)
    inside = any(s.opens <= at.time() < s.closes for s in weekly.get(at.weekday(), []))
    assert found.is_open == inside
    if found.until is not None:
        assert found.until > at
        assert standing(hours, found.until).is_open is not found.is_open
    assert sum(last - first + 1 for first, last, _spans in alike(weekly)) == sum(
        bool(each) for each in weekly.values()
    )


@pytest.mark.parametrize(
    "typed", ["0199008642", "01.99.00.86.42", "+33 1 99 00 86 42", "+33 (0)1 99 00 86 42",
              "0033199008642", "01\u00a099\u00a000\u00a086\u00a042"],
)  # fmt: skip
def test_number_is_kept_in_one_spelling_and_known_in_all(typed: str) -> None:
    assert national(typed) == NUMBER
    assert tells(f"<p>Appelez {typed} vite</p>", NUMBER)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<a href="tel:+33199008642">', True),
        ("01<b>99</b>&nbsp;00 86 42", True),
        ("?q=01%2099%2000%2086%2042", True),
        ("01&#xA0;99-00/86_42", True),
        ("01 99 00 86 43", False),
        ("86 42", False),
    ],
)
def test_text_that_tells_a_number_is_known(text: str, told: bool) -> None:
    assert tells(text, NUMBER) is told
    with pytest.raises(ValueError, match="French"):
        national("12345")


def reader(kind: str) -> Any:
    """A person by what is known of them."""
    if kind in ("verified", "unverified", "psychologist", "other_doctor"):
        told: dict[str, Any] = {"profession": Profession.DOCTOR}
        if kind == "unverified":
            told["rpps_verified_on"] = None
        if kind == "psychologist":
            told |= {"profession": Profession.PSYCHOLOGIST, "rpps": None, "rpps_verified_on": None}
        return make_professional(**told).user
    return make_user(Role(kind))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "told", "dials"),
    [
        ("", False, False),
        ("patient", False, False),
        ("unverified", False, True),
        ("psychologist", False, False),
        ("verified", True, True),
        ("coordinator", True, True),
        ("medical_director", True, True),
        ("accountant", False, False),
        ("editor", False, False),
        ("administrator", False, False),
    ],
)
def test_each_reader_is_told_of_the_lines_that_are_theirs(
    client: Client, kind: str, told: bool, dials: bool
) -> None:
    make_phone_line(LineAudience.VERIFIED, secret=NUMBER, name="Aide à la prescription")
    make_phone_line(LineAudience.DOCTORS, number="01 99 00 45 45", name="Numéro régional")
    if kind:
        sign_in(client, reader(kind))
    page = client.get(reverse("network:phone_lines"))
    text = page.content.decode()
    assert tells(text, NUMBER) is told
    assert ("Numéro régional" in text, "Réservée aux médecins" in text) == (True, True)
    assert ('href="tel:0199004545"' in text) is dials
    assert "no-store" in page.headers["Cache-Control"]
    # what an administrator gives a number is named to that person, and to nobody else
    assert ("Aide à la prescription" in text) is (told or kind == "administrator")
    found = client.get(reverse("home:find"), {"q": "avis prescription"}).content.decode()
    assert ("Aide à la prescription" in found) is told
    assert not tells(found, NUMBER)


@pytest.mark.django_db
def test_administrator_gives_a_number_that_only_the_journal_of_deeds_knows(client: Client) -> None:
    line = make_phone_line(LineAudience.VERIFIED, name="Aide à la prescription")
    boss = make_user(Role.ADMINISTRATOR)
    sign_in(client, boss)
    page = reverse("network:reserved_number", args=[line.pk])
    wrong = client.post(page, {"number": "01 99 00 86"})
    assert wrong.status_code == 422
    make_phone_line(LineAudience.PUBLIC, number="01.99.00.86.42", name="Publique")
    assert client.post(page, {"number": NUMBER}).status_code == 422  # a public number
    PhoneLine.objects.get(name="Publique").delete()
    for _twice in range(2):
        assert client.post(page, {"number": "+33 1 99 00 86 42"}).status_code == 302
    line.refresh_from_db()
    assert (line.secret, line.number_set_by) == (NUMBER, boss)
    assert not tells(client.get(page).content.decode(), NUMBER)
    entries = JournalEntry.objects.filter(verb__startswith="phone_line.")
    assert [each.words for each in entries] == ["numéro d’une ligne réservée saisi"]
    assert not tells(" ".join(f"{each.subject} {each.reason}" for each in entries), NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_phoneline")
        assert not tells(repr(cursor.fetchall()), NUMBER)
    client.post(page, {"number": ""})
    line.refresh_from_db()
    assert (line.secret, line.number_set_at) == ("", None)


@pytest.mark.django_db
def test_number_stands_only_where_its_line_may_have_it() -> None:
    line = make_phone_line(LineAudience.PUBLIC, number=NUMBER)
    with pytest.raises(ValidationError, match="réservé"):
        set_reserved_number(
            line=line, number=NUMBER, by=make_user(Role.ADMINISTRATOR), now=clock.now()
        )
    refused = (
        {"audience": LineAudience.VERIFIED},
        {"secret": NUMBER, "number_set_at": clock.now()},
        {"number": "", "number_set_at": clock.now()},
    )
    for told in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            PhoneLine.objects.filter(pk=line.pk).update(**told)
    kept = make_phone_line(LineAudience.VERIFIED, secret=NUMBER)
    kept.audience = LineAudience.PUBLIC
    with pytest.raises(ValidationError, match="numéro réservé"):
        kept.full_clean()
    kept.audience, kept.purpose = LineAudience.VERIFIED, f"Appelez {NUMBER}"
    with pytest.raises(ValidationError, match="ne s’écrit pas ici"):
        kept.full_clean()


@pytest.mark.django_db
def test_editor_writes_a_line_without_ever_meeting_its_number(client: Client) -> None:
    line = make_phone_line(LineAudience.VERIFIED, secret=NUMBER)
    sign_in(client, make_user(Role.EDITOR))
    page = reverse("wagtailsnippets_network_phoneline:edit", args=[line.pk])
    assert not tells(client.get(page).content.decode(), NUMBER)
    week = {f"week-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM")}
    days = {f"special_days-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM")}
    typed = {"name": "Autre nom", "purpose": "Un avis.", "audience": "verified", "order": "5"}
    answer = client.post(page, {**typed, **week, **days})
    assert answer.status_code == 302
    line.refresh_from_db()
    assert (line.name, line.secret) == ("Autre nom", NUMBER)
    assert client.post(page, {**typed, **week, **days, "audience": "public"}).status_code == 200
    line.refresh_from_db()
    assert line.audience == LineAudience.VERIFIED
