"""Sheets of professionals and their agreement; the bank details stay elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.actions.professionals import (
    Sheet,
    register_professional,
    set_agreement,
    update_professional,
)
from network.enums import Profession, Role
from network.events import AgreementChanged
from network.models import JournalEntry, Professional, User
from network.selectors.accounts import account_list
from network.selectors.care import professional_list
from portal.kit import clock, events
from tests.factories.network import make_professional, make_rpps, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
LEA = Sheet(first_name="Léa", last_name="Montfort", profession=Profession.PSYCHOLOGIST)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


def test_sheet_is_written_then_mended_once(by: User) -> None:
    lea = register_professional(sheet=LEA, by=by, now=NOW)
    assert (str(lea), lea.rpps) == ("Léa Montfort", None)
    for _ in range(2):
        update_professional(professional=lea, sheet=replace(LEA, city="Ivry"), by=by, now=NOW)
    lea.refresh_from_db()
    assert lea.city == "Ivry"
    assert JournalEntry.objects.filter(verb="professional.updated").count() == 1


def test_two_professionals_may_lack_their_rpps(by: User) -> None:
    register_professional(sheet=LEA, by=by, now=NOW)
    register_professional(sheet=LEA, by=by, now=NOW)
    assert Professional.objects.filter(rpps=None).count() == 2


def test_another_rpps_loses_the_check_of_the_former(by: User) -> None:
    sheet = replace(LEA, rpps=make_rpps(), rpps_verified_on=date(2026, 1, 1))
    lea = register_professional(sheet=sheet, by=by, now=NOW)
    other = replace(sheet, rpps=make_rpps())
    update_professional(professional=lea, sheet=other, by=by, now=NOW)
    lea.refresh_from_db()
    assert lea.rpps_verified_on is None
    checked = replace(other, rpps_verified_on=TODAY)
    update_professional(professional=lea, sheet=checked, by=by, now=NOW)
    lea.refresh_from_db()
    assert lea.rpps_verified_on == TODAY


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"rpps": "99700000014"}, "rpps"),
        ({"rpps": "12345"}, "rpps"),
        ({"rpps": "taken"}, "rpps"),
        ({"rpps_verified_on": TODAY}, "rpps"),
        ({"rpps": "99700000013", "rpps_verified_on": date(2026, 11, 17)}, "rpps_verified_on"),
    ],
)
def test_sheet_is_refused(by: User, fields: dict[str, Any], wrong: str) -> None:
    holder = make_professional()
    if fields.get("rpps") == "taken":
        fields = {"rpps": holder.rpps}
    with pytest.raises(ValidationError) as refusal:
        register_professional(sheet=replace(LEA, **fields), by=by, now=NOW)
    assert list(refusal.value.message_dict) == [wrong]
    assert list(Professional.objects.all()) == [holder]


def test_agreement_is_dated_journaled_and_told_once(
    by: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    told: list[object] = []
    monkeypatch.setitem(events._LISTENERS, AgreementChanged, [told.append])
    lea = register_professional(sheet=LEA, by=by, now=NOW)
    dates = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            set_agreement(professional=lea, **dates, by=by, now=NOW)
    lea.refresh_from_db()
    assert (lea.agreement_from, lea.agreement_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert told == [AgreementChanged(lea.pk)]
    assert JournalEntry.objects.get(verb="agreement.set").reason == "avant : … – …"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "wrong"),
    [
        (None, date(2026, 1, 1), "starts_on"),
        (date(2026, 2, 1), date(2026, 1, 31), "ends_on"),
    ],
)
def test_agreement_is_refused(by: User, starts_on: date | None, ends_on: date, wrong: str) -> None:
    lea = register_professional(sheet=LEA, by=by, now=NOW)
    with pytest.raises(ValidationError) as refusal:
        set_agreement(professional=lea, starts_on=starts_on, ends_on=ends_on, by=by, now=NOW)
    assert list(refusal.value.message_dict) == [wrong]


def test_list_finds_names_without_accents_and_towns() -> None:
    lea = make_professional(first_name="Léa", last_name="Montfort", city="Créteil")
    make_professional(first_name="Hugo", last_name="Lemaire", profession=Profession.NURSE)
    assert professional_list("lea", None) == [lea]
    assert professional_list("creteil mont", None) == [lea]
    assert professional_list("", Profession.PHYSIO) == [lea]


def test_sheet_page_keeps_what_was_typed_and_refuses_an_unknown_rpps(
    by: User, signed_in: Callable[[User], Client]
) -> None:
    typed = {
        "first_name": "Léa",
        "last_name": "Montfort",
        "profession": "psychologist",
        "rpps": "997 0000 0014",
    }
    answer = signed_in(by).post(reverse("network:professional_add"), typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "rpps": ["Ce numéro RPPS n’existe pas\u00a0: recopiez les 11\u00a0chiffres de la carte."]
    }
    assert 'value="997 0000 0014"' in answer.content.decode()
    signed_in(by).post(reverse("network:professional_add"), typed | {"rpps": "997 0000 0013"})
    assert Professional.objects.get(last_name="Montfort").rpps == "99700000013"


def test_sheet_and_agreement_are_mended_by_their_pages(
    signed_in: Callable[[User], Client],
) -> None:
    professional = make_professional()
    client = signed_in(make_user(Role.ADMINISTRATOR))
    form = client.get(reverse("network:professional_edit", args=[professional.pk])).context["form"]
    typed = {name: value or "" for name, value in form.initial.items()} | {
        "city": "Ivry",
        "rpps_verified_on": "01/01/2020",
    }
    client.post(reverse("network:professional_edit", args=[professional.pk]), typed)
    client.post(
        reverse("network:agreement", args=[professional.pk]),
        {"starts_on": "01/01/2026", "ends_on": "31/12/2026"},
    )
    professional.refresh_from_db()
    assert (professional.city, professional.agreement_to) == ("Ivry", date(2026, 12, 31))
    page = client.get(reverse("network:professional", args=[professional.pk])).content.decode()
    assert "Jusqu’au 31\u00a0décembre 2026" in page
    assert "IBAN" not in page


def test_nobody_writes_the_own_agreement(signed_in: Callable[[User], Client]) -> None:
    both = make_user(Role.COORDINATOR, roles=(Role.CLINICIAN,))
    own = make_professional(user=both)
    client = signed_in(both)
    assert client.get(reverse("network:professional", args=[own.pk])).status_code == 200
    for name in ("professional_edit", "agreement"):
        address = reverse(f"network:{name}", args=[own.pk])
        assert client.get(address).status_code == 403
        assert client.post(address, {"starts_on": "01/01/2026"}).status_code == 403


def test_list_asks_as_many_queries_for_three_rows_as_for_one(
    by: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(by)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("network:professionals")).status_code == 200
        return len(queries)

    make_professional()
    one = count()
    make_professional()
    make_professional()
    assert count() == one


def test_accounts_are_narrowed_to_those_whose_rpps_is_to_verify() -> None:
    make_professional()
    make_professional(rpps=None, rpps_verified_on=None)
    waiting = make_professional(rpps_verified_on=None)
    found = account_list(make_user(Role.ADMINISTRATOR), rpps_to_verify=True)
    assert [each.professional for each in found] == [waiting]
