"""What a card touches, what its change asks to read again, and what the editor sees of it all."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.search import index

from home.models import HomePage
from network.enums import Role
from network.models import User
from portal.kit import clock, dashboard
from portal.kit.events import listens_to
from portal.kit.words import typeset
from tests.factories.answers import (
    NOW,
    answer,
    make_learner,
    make_two_questions,
    twenty_answer,
)
from tests.factories.network import make_user
from tests.factories.training import make_card, make_index
from training.actions.summaries import sum_up_questions
from training.events import CardChanged
from training.models import CardChange, EvidenceCard, VignettePage
from training.selectors.evidence import (
    count_learners,
    count_to_read_again,
    pages_by_card,
    touched_questions,
)

pytestmark = pytest.mark.django_db
type SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def quote(*cards: EvidenceCard) -> VignettePage:
    """A published vignette that quotes the cards, in Wagtail's index as its worker puts it."""
    page = make_two_questions(*cards)
    ReferenceIndex.create_or_update_for_object(page)
    return page


def change(card: EvidenceCard, **fields: object) -> EvidenceCard:
    """A new publication of the card, as the editor makes it."""
    fresh = EvidenceCard.objects.get(pk=card.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    fresh.refresh_from_db()
    return fresh


def todos_of(user: User) -> list[str]:
    given = dashboard.todos.answers(user, clock.today())
    return [str(todo.note) for todos in given for todo in todos if "fiche" in str(todo.note)]


def test_changed_figure_is_remembered_and_told(
    site: HomePage, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    told: list[CardChanged] = []
    listens_to(CardChanged)(told.append)
    card = make_card(figure="47 %")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        change(card, figure="43 %")
    assert [each.changed for each in CardChange.objects.all()] == [[("figure", "47 %", "43 %")]]
    assert told == [CardChanged(card.pk)]


@pytest.mark.parametrize("fields", [{}, {"population": "2 411 femmes"}, {"grade": "high"}])
def test_rest_of_a_card_asks_for_no_reading(site: HomePage, fields: dict[str, object]) -> None:
    change(make_card(), **fields)
    assert not CardChange.objects.exists()


def test_draft_of_a_card_changes_nothing_yet(site: HomePage) -> None:
    card = make_card(figure="47 %")
    card.figure = "43 %"
    card.save_revision()
    assert not CardChange.objects.exists()
    assert EvidenceCard.objects.get(pk=card.pk).figure == "47 %"


def test_card_first_published_has_not_changed(site: HomePage) -> None:
    card = EvidenceCard(claim="Nouvelle", reference="Revue", review_on="2027-01-01", live=False)
    card.save()
    card.save_revision().publish()
    assert not CardChange.objects.exists()


def test_card_taken_offline_asks_to_read_again(site: HomePage) -> None:
    card = make_card()
    quote(card)
    card.unpublish()
    assert [each.changed for each in CardChange.objects.all()] == [[("live", True, False)]]
    assert count_to_read_again() == 1


def test_vignette_is_to_read_again_until_published_anew(site: HomePage) -> None:
    card = make_card()
    page = quote(card)
    make_two_questions()
    assert count_to_read_again() == 0
    change(card, claim="Une femme sur trois a mal")
    assert [quote.to_read_again for quote in pages_by_card()[card.pk]] == [True]
    VignettePage.objects.get(pk=page.pk).save_revision().publish()
    assert [quote.to_read_again for quote in pages_by_card()[card.pk]] == [False]
    assert count_to_read_again() == 0


def test_director_is_told_of_pages_to_read_again(site: HomePage) -> None:
    director, editor = make_user(Role.MEDICAL_DIRECTOR), make_user(Role.EDITOR)
    card, other = make_card(), make_card()
    quote(card, other)
    quote(card)
    assert todos_of(director) == []
    change(card, figure="43 %")
    change(other, figure="12 %")
    assert todos_of(director) == ["2 pages publiées citent une fiche qui a changé."]
    assert todos_of(editor) == []


def test_card_counts_its_questions_options_and_learners(site: HomePage) -> None:
    card, unused = make_card(), make_card()
    page = quote(card)
    for choices in (("vrai", "oui"), ("piège", "non")):
        answer(page, choices, learner=make_learner())
    answer(make_two_questions(), ("vrai", "oui"), learner=make_learner())
    (touched,) = touched_questions(card)
    assert ([o.text for o in touched.options], touched.answers) == (["vrai"], 2)
    assert (count_learners(card), count_learners(unused)) == (2, 0)
    assert touched_questions(unused) == []


def test_page_of_a_card_says_what_it_touches(site: HomePage, signed_in: SignedIn) -> None:
    card = make_card(figure="47 %")
    page = quote(card)
    change(card, figure="43 %")
    client = signed_in(make_user(Role.MEDICAL_DIRECTOR))
    text = client.get(reverse("training:card", args=[card.pk])).content.decode()
    assert "47 % → 43 %" in text
    assert typeset(page.title) in text
    assert "dont 1 à relire" in text
    listed = client.get(reverse("training:cards")).context["page"].object_list
    assert [(line.pages, line.to_read_again) for line in listed] == [(1, 1)]


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_of_cards_ask_as_much_for_three_as_for_one(
    site: HomePage, signed_in: SignedIn
) -> None:
    client = signed_in(make_user(Role.MEDICAL_DIRECTOR))
    card = make_card()
    quote(card)
    change(card, figure="1 %")
    addresses = [
        reverse("training:cards"),
        reverse("training:card", args=[card.pk]),
        reverse("home:dashboard"),
    ]
    before = [queries_of(client, address) for address in addresses]
    for number in range(2):
        quote(card, make_card())
        change(card, figure=f"{number + 2} %")
    assert [queries_of(client, address) for address in addresses] == before


def test_editor_sees_questions_to_review_in_the_list(site: HomePage, signed_in: SignedIn) -> None:
    client = signed_in(make_user(Role.EDITOR))
    page = make_two_questions()
    twenty_answer(page)
    address = reverse("wagtailadmin_explore", args=[make_index().pk])
    assert "comptées le" not in client.get(address).content.decode()
    sum_up_questions(now=timezone.now())
    text = client.get(address).content.decode()
    assert "question à revoir\u00a0: 1" in text
    assert f"page_key={page.translation_key}" in text
    assert "comptées le" in text
    found = client.get(f"{reverse('training:questions')}?page_key={page.translation_key}")
    assert found.context["page"].paginator.count == 2


def test_editor_list_asks_as_much_for_three_as_for_one(site: HomePage, signed_in: SignedIn) -> None:
    client = signed_in(make_user(Role.EDITOR))
    answer(make_two_questions(), ("vrai", "oui"), learner=make_learner())
    sum_up_questions(now=NOW)
    address = reverse("wagtailadmin_explore_results", args=[make_index().pk])
    one = flags_queries(client, address)
    for _each in range(2):
        answer(make_two_questions(), ("vrai", "oui"), learner=make_learner())
    sum_up_questions(now=NOW)
    assert flags_queries(client, address) == one == 2


def flags_queries(client: Client, address: str) -> int:
    """Those of ours; Wagtail's own list asks for each page's place."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum("training_itemsummary" in each["sql"] for each in captured)


def test_search_in_the_editor_list_still_works(site: HomePage, signed_in: SignedIn) -> None:
    client = signed_in(make_user(Role.EDITOR))
    index.insert_or_update_object(make_two_questions(title="Névralgie du bras"))
    address = reverse("wagtailadmin_explore", args=[make_index().pk])
    assert "Névralgie du bras" in client.get(f"{address}?q=Névralgie").content.decode()
