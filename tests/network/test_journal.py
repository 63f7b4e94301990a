"""The journal: it only grows, and whoever reads it finds a line by person, file, verb or day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.actions.journal import record
from network.enums import Role
from network.models import JournalEntry, User
from network.selectors.journal import PAGE, JournalSearch, journal_page
from tests.factories.network import make_patient, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def line() -> JournalEntry:
    reader = make_user(Role.COORDINATOR, first_name="Alix", last_name="Perrault")
    record(verb="patient.read", by=reader, at=NOW, patient=make_patient(code="123456"))
    return JournalEntry.objects.get(verb="patient.read")


@pytest.mark.parametrize(
    "change",
    [
        lambda: JournalEntry.objects.update(verb="patient.forgotten"),
        lambda: JournalEntry.objects.all().delete(),
        lambda: JournalEntry.objects.all()._raw_delete("default"),
    ],
    ids=["update", "delete", "raw delete"],
)
def test_database_refuses_to_change_the_journal(
    line: JournalEntry, change: Callable[[], Any]
) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert JournalEntry.objects.get(pk=line.pk).verb == "patient.read"


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (JournalSearch(), True),
        (JournalSearch(person="perrault alix"), True),
        (JournalSearch(person="lemaire"), False),
        (JournalSearch(code="123456"), True),
        (JournalSearch(code="1234"), False),
        (JournalSearch(verb="patient.read"), True),
        (JournalSearch(verb="patient.left"), False),
        (JournalSearch(first=date(2026, 11, 16), last=date(2026, 11, 16)), True),
        (JournalSearch(first=date(2026, 11, 17)), False),
        (JournalSearch(last=date(2026, 11, 15)), False),
    ],
)
def test_line_is_found_by_its_filters(
    line: JournalEntry, search: JournalSearch, found: bool
) -> None:
    assert (line in journal_page(search, 1).entries) is found


def test_pages_go_back_in_time_without_counting(line: JournalEntry) -> None:
    for minute in range(PAGE):
        record(verb="patient.left", by=None, at=NOW + timedelta(minutes=minute))
    search = JournalSearch(first=date(2026, 11, 16))
    first, second = journal_page(search, 1), journal_page(search, 2)
    assert (len(first.entries), first.has_next) == (PAGE, True)
    assert (second.entries, second.has_next) == ([line], False)


def test_page_shows_the_code_never_the_name(
    line: JournalEntry, signed_in: Callable[[User], Client]
) -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    text = signed_in(administrator).get(reverse("network:journal")).content.decode()
    assert "123456" in text
    assert "Alix Perrault" in text
    assert "Dossier consulté" in text
    assert line.patient is not None
    assert line.patient.birth_name not in text


def test_impossible_day_is_told_and_filters_nothing(
    line: JournalEntry, signed_in: Callable[[User], Client]
) -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    answer = signed_in(administrator).get(reverse("network:journal"), {"du": "31/02/2026"})
    text = answer.content.decode()
    assert "Février 2026 a 28 jours" in text
    assert "123456" in text


@pytest.mark.parametrize(
    ("asked", "unfolded"),
    [({}, False), ({"page": "1"}, False), ({"action": "patient.read"}, True), ({"du": "x"}, True)],
)
def test_filters_are_folded_until_they_serve(
    line: JournalEntry,
    signed_in: Callable[[User], Client],
    asked: dict[str, str],
    unfolded: bool,
) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    page = client.get(reverse("network:journal"), asked).content.decode()
    assert ('<details class="no-print" open>' in page) == unfolded


@pytest.mark.parametrize("number", ["0", "-1", "x", "2", "999"])
def test_odd_page_numbers_break_nothing(
    line: JournalEntry, signed_in: Callable[[User], Client], number: str
) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    assert client.get(reverse("network:journal"), {"page": number}).status_code == 200


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.CLINICIAN, Role.ACCOUNTANT, Role.EDITOR, Role.PATIENT]
)
def test_journal_is_closed_to_others(role: Role, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(make_user(role)).get(reverse("network:journal")).status_code == 403


def test_page_asks_as_many_queries_for_three_lines_as_for_one(
    line: JournalEntry, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("network:journal"), {"action": "patient.read"})
        return len(queries)

    one = count()
    for _ in range(2):
        record(verb="patient.read", by=make_user(), at=NOW, patient=make_patient())
    assert count() == one
