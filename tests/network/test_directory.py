"""The directory: what a search keeps, what ages, how waits and sheets are kept true."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.actions.directory import (
    ask_structures,
    confirm_sheet,
    note_wait,
    remark,
    settle_remark,
)
from network.enums import Role, StructureKind
from network.models import JournalEntry, OutboxMessage, Structure, StructureRemark, WaitReading
from network.rules.directory import WaitSource, holds_words, is_old, label_ends_soon
from network.selectors.directory import Search, search
from network.tokens import sheet_token
from portal.kit import clock
from tests.factories.directory import make_structure
from tests.factories.network import make_user, sign_in

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("creteil", True),
        ("CRÉT", True),
        ("l’hôpital", True),
        ("hopital créteaume", True),
        ("94 endométriose", True),
        ("nanterre", False),
        ("teil", False),  # a word is known by its beginning
    ],
)
def test_search_forgives_accents_and_keeps_words(words: str, found: bool) -> None:
    texts = ["Consultation de l’hôpital Créteaume", "94000", "Créteil", "endométriose"]
    assert holds_words(words, texts) is found


@pytest.mark.parametrize(
    ("verified", "old"),
    [
        (None, True),
        (date(2026, 11, 16), False),
        (date(2025, 11, 17), False),
        (date(2025, 11, 16), True),
        (date(2024, 2, 29), True),
    ],
)
def test_sheet_is_old_after_a_year(verified: date | None, old: bool) -> None:
    assert is_old(verified, on=TODAY) is old


@pytest.mark.parametrize(
    ("ends", "soon"),
    [
        (None, False),
        (date(2026, 1, 1), True),
        (date(2027, 11, 16), True),
        (date(2027, 11, 17), False),
    ],
)
def test_label_is_announced_a_year_before_its_end(ends: date | None, soon: bool) -> None:
    assert label_ends_soon(ends, on=TODAY) is soon


@pytest.mark.django_db
def test_each_criterion_keeps_the_sheets_that_answer() -> None:
    child = make_structure(
        department="94", populations=["child"], techniques=["hypnosis"], city="Créteil"
    )
    make_structure(department="94", specialities=["headache"], tele_expertise=True)
    make_structure(kind=StructureKind.CENTRE, fast_tracks=["cancer"])
    counts = {
        wanted: len(search(wanted, today=clock.today()).sheets)
        for wanted in (
            Search(),
            Search(department="94"),
            Search(population="child"),
            Search(speciality="headache"),
            Search(technique="hypnosis"),
            Search(fast_track="cancer"),
            Search(tele_expertise=True),
            Search(kind="centre"),
            Search(words="creteil enfants"),
            Search(department="95"),
        )
    }
    assert list(counts.values()) == [3, 2, 1, 1, 1, 1, 1, 1, 1, 0]
    found = search(Search(department="95", population="child"), today=clock.today())
    assert found.by_department["94"] == 1  # the map counts elsewhere too
    assert found.sheets == []
    assert child.waits.count() == 0


@pytest.mark.django_db
def test_shortest_wait_comes_first_and_unknown_last() -> None:
    slow, unknown, quick = (
        make_structure(weeks=20),
        make_structure(),
        make_structure(weeks=8, known=clock.today() - timedelta(days=9)),
    )
    make_wait(quick, 30, clock.today() - timedelta(days=90))  # older: outdone already
    found = search(Search(), today=clock.today()).sheets
    assert [each.structure for each in found] == [quick, slow, unknown]


def make_wait(structure: Structure, weeks: int, day: date) -> WaitReading:
    return note_wait(
        structure=structure,
        weeks=weeks,
        source=WaitSource.REPORTED,
        measured_on=day,
        by=None,
        now=clock.now(),
    )


@pytest.mark.django_db
def test_same_wait_said_twice_is_kept_once() -> None:
    structure = make_structure()
    first = make_wait(structure, 12, clock.today())
    assert make_wait(structure, 12, clock.today()) == first
    assert make_wait(structure, 14, clock.today()) != first
    assert structure.waits.count() == 2


@pytest.mark.django_db
def test_old_sheets_are_asked_once_a_month_until_confirmed() -> None:
    now = clock.now()
    old = make_structure(verified_on=clock.today() - timedelta(days=400), email="fiche@example.org")
    make_structure(email="jeune@example.org")
    make_structure(verified_on=None)  # no address
    assert [ask_structures(now=now), ask_structures(now=now)] == [1, 0]
    assert ask_structures(now=now + timedelta(days=31)) == 1
    mail = OutboxMessage.objects.latest("pk")
    assert mail.to == "fiche@example.org"
    assert "/annuaire/verification/" in mail.body
    confirm_sheet(structure=old, by=None, now=now + timedelta(days=31))
    assert ask_structures(now=now + timedelta(days=62)) == 0


@pytest.mark.django_db
def test_structure_confirms_by_its_link_and_opening_changes_nothing(client: Client) -> None:
    structure = make_structure(verified_on=None)
    address = reverse("network:structure_check", args=[sheet_token(structure.pk)])
    assert client.get(address).status_code == 200
    structure.refresh_from_db()
    assert structure.verified_on is None
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "Nouveau téléphone"}).status_code == 200
    assert StructureRemark.objects.get().text == "Nouveau téléphone"
    assert client.post(address, {"right": "1"}).status_code == 200
    structure.refresh_from_db()
    assert structure.verified_on == clock.today()
    assert client.get(reverse("network:structure_check", args=["1~faux"])).status_code == 404


@pytest.mark.django_db
def test_remark_is_settled_once() -> None:
    by, structure = make_user(Role.COORDINATOR), make_structure()
    said = remark(structure=structure, text="Fermée en août", now=clock.now())
    assert remark(structure=structure, text="Fermée en août", now=clock.now()) == said
    settle_remark(remark=said, by=by, now=clock.now())
    settle_remark(remark=said, by=make_user(Role.COORDINATOR), now=clock.now())
    said.refresh_from_db()
    assert said.settled_by == by
    assert JournalEntry.objects.filter(verb="structure.remark_settled").count() == 1


@pytest.mark.django_db
def test_coordinator_corrects_a_wait_in_one_form(client: Client) -> None:
    sign_in(client, make_user(Role.COORDINATOR))
    structure = make_structure(weeks=12)
    page = reverse("network:structure_wait", args=[structure.pk])
    today = f"{clock.today():%d/%m/%Y}"
    wrong = client.post(page, {"weeks": "abc", "source": "declared", "measured_on": today})
    assert wrong.status_code == 422
    assert "Écrivez un nombre entier de semaines" in wrong.content.decode()
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    later = client.post(page, {"weeks": "9", "source": "declared", "measured_on": tomorrow})
    assert "Cette date est à venir." in later.content.decode()
    assert client.post(page, {"weeks": "9", "source": "declared", "measured_on": today}).url == (  # type: ignore[attr-defined]
        reverse("network:structure", args=[structure.pk])
    )
    assert search(Search(), today=timezone.localdate()).sheets[0].wait.weeks == 9  # type: ignore[union-attr]


@pytest.mark.django_db
def test_lines_of_professionals_stay_out_of_public_pages_and_files(client: Client) -> None:
    structure = make_structure(
        phone="01 99 00 20 20",
        professional_phone="01 99 00 77 77",
        email="fiche@example.org",
        referral_documents="Imagerie",
        latitude=Decimal("48.85000"),
        longitude=Decimal("2.35000"),
    )
    page = reverse("network:structure", args=[structure.pk])
    addresses = [reverse("network:directory"), page]
    addresses += [reverse("network:directory_file", args=[kind]) for kind in ("csv", "geojson")]
    secret = ("01 99 00 77 77", "fiche@example", "Imagerie")
    for address in addresses:
        text = client.get(address).content.decode()
        assert [each for each in secret if each in text] == []
    sign_in(client, make_user(Role.CLINICIAN))
    seen = client.get(page).content.decode()
    assert "01 99 00 77 77" in seen
    assert "Imagerie" in seen


@pytest.mark.django_db
def test_files_hold_what_the_list_shows(client: Client) -> None:
    make_structure(name="Centre A", weeks=9, latitude=Decimal("48.85"), longitude=Decimal("2.35"))
    make_structure(name="Centre B", department="94")
    table = client.get(reverse("network:directory_file", args=["csv"]), {"dep": "75"})
    lines = table.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Centre A;")
    places = client.get(reverse("network:directory_file", args=["geojson"])).json()["features"]
    assert [each["geometry"]["coordinates"] for each in places] == [[2.35, 48.85]]
    assert client.get(reverse("network:directory_file", args=["exe"])).status_code == 404
    assert client.get(reverse("network:directory_file", args=["xlsx"])).status_code == 200


@pytest.mark.django_db
def test_list_asks_the_same_queries_for_any_number(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for _each in range(12):
        make_structure(weeks=4)
    client.get(reverse("network:directory"))
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get(reverse("network:directory"))
