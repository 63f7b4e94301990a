"""« Je cherche… »: how words are compared, what is found by whom, and what is counted."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from home.demo_data.calendar import Calendar
from home.demo_data.directory import load_resources
from home.selectors.finding import concepts, find, remember_miss
from network.enums import Role
from network.models import Resource, SearchMiss
from portal.kit import clock
from portal.kit.finding import Concepts, Document, rank, stems
from portal.kit.folding import plain
from tests.factories.network import make_user, sign_in

REFERENCE = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’hôpital d’Évry", ["hopital", "evry"]),
        ("Je cherche des aides", ["aide"]),
        ("cœur, sœurs", ["coeur", "soeur"]),
        ("à la", []),
    ],
)
def test_words_are_known_without_accents_nor_plural(text: str, words: list[str]) -> None:
    assert stems(text) == words
    assert plain(text) == plain(text.upper())


def test_rare_word_weighs_more_than_a_common_one() -> None:
    papers = [Document("Douleur du dos", "/a", "p"), Document("Douleur du zona", "/b", "p")]
    papers += [Document(f"Douleur {n}", f"/{n}", "p") for n in range(8)]
    found = rank("douleur zona", papers, concepts=Concepts({}))
    assert found[0].url == "/b"


def test_words_of_one_concept_find_each_other() -> None:
    papers = [Document("Le boulot", "/a", "p"), Document("Autre", "/b", "p")]
    assert [each.url for each in rank("emplois", papers, concepts=concepts())] == ["/a"]
    assert rank("", papers, concepts=concepts()) == []


@pytest.mark.django_db
def test_resource_of_professionals_is_found_by_them_alone(client: Client) -> None:
    load_resources(Calendar(REFERENCE))
    page = reverse("network:need", args=["addiction"])
    search = reverse("home:find")
    for address, words in ((page, {}), (search, {"q": "sevrage tramadol"})):
        assert "Ligne Sevrage" not in client.get(address, words).content.decode()
    sign_in(client, make_user(Role.PATIENT))
    assert "Ligne Sevrage" not in client.get(page).content.decode()
    client.logout()
    sign_in(client, make_user(Role.CLINICIAN))
    for address, words in ((page, {}), (search, {"q": "sevrage tramadol"})):
        assert "Ligne Sevrage" in client.get(address, words).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("Zzyzx Brrr", "zzyzx brrr"),
        ("madame Durand née en 1950", None),  # digits, and nearly a sentence
        ("une phrase bien trop longue pour un mot", None),
        ("!!!", None),
    ],
)
def test_vain_search_is_counted_without_who(query: str, kept: str | None) -> None:
    for _each in range(2):
        remember_miss(query, now=clock.now())
    assert list(SearchMiss.objects.values_list("words", "count")) == ([(kept, 2)] if kept else [])


@pytest.mark.django_db
def test_page_without_answer_says_what_to_try(client: Client) -> None:
    answer = client.get(reverse("home:find"), {"q": "zzyzx"})
    assert "Rien ne répond à ces mots" in answer.content.decode()
    assert SearchMiss.objects.get().words == "zzyzx"


@pytest.mark.django_db
def test_editor_writes_a_resource_that_is_found_at_once(client: Client) -> None:
    sign_in(client, make_user(Role.EDITOR))
    typed = {
        "name": "Repas Demain",
        "needs": ["meals"],
        "what": "Des repas le dimanche.",
        "audience": "public",
    }
    page = reverse("wagtailsnippets_network_resource:add")
    wrong = client.post(page, typed | {"needs": []})
    assert Resource.objects.count() == 0
    assert "Repas Demain" in wrong.content.decode()  # what was typed stays typed
    client.post(page, typed)
    found = find("repas dimanche", user=AnonymousUser())
    assert [str(each.title) for each in found][:2] == ["Repas Demain", "Portage de repas"]
