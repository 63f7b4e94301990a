"""A translation is a content of its own: its words are signed, published and answered apart."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import HomePage
from network.enums import Role
from network.models import User
from portal.kit import clock
from tests.factories.learning import go_through, make_learner
from tests.factories.network import make_user, sign_in
from tests.factories.training import (
    make_card,
    make_index,
    make_vignette,
    publish,
    sign,
    small_case,
)
from tests.training.editing import APPROVE, edit_address, enter, vignette_posted
from training.actions.editing import attach_review
from training.enums import CardState, Part
from training.models import (
    Answer,
    CaseVersion,
    EvidenceCard,
    ItemVersion,
    SignOff,
    Tally,
    VignettePage,
)
from training.rules.items import line_key
from training.selectors.learner import next_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "at_reference")]
KEY = UUID("7b0d5e43-9c8a-4d4b-8f0e-2a965a2f6c1e")


@pytest.fixture
def english(site: HomePage) -> Locale:
    return Locale.objects.get(language_code="en")


def translate(editor: Client, page: Page, into: Locale) -> Any:
    """From the editor's button « Traduire »."""
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])
    answer = editor.post(address, {"locales": [into.pk]})
    assert answer.status_code == 302, answer.context["form"].errors
    return page.get_translation(into).specific


@pytest.fixture
def case() -> VignettePage:
    return make_vignette(slug="mme-d", title="Une cicatrice qui brûle")


@pytest.fixture
def translated(case: VignettePage, english: Locale) -> VignettePage:
    """The draft of the case in English, under a front page and a catalogue that are published."""
    editor = enter(Role.EDITOR)
    attach_review()
    for each in (HomePage.objects.get(), make_index()):
        translate(editor, each, english).save_revision().publish()
    page = translate(editor, case, english)
    found: VignettePage = page
    return found


@pytest.mark.parametrize(
    ("language", "line"), [("fr", KEY), ("en", uuid5(KEY, "en")), ("de", uuid5(KEY, "de"))]
)
def test_original_keeps_its_key_and_each_language_has_its_own(language: str, line: UUID) -> None:
    assert line_key(KEY, language, "fr") == line


def test_addresses_in_french_are_those_of_before(
    client: Client, case: VignettePage, english: Locale
) -> None:
    assert (make_index().url, case.url) == ("/formation/", "/formation/mme-d/")
    answer = client.get(case.url, headers={"accept-language": "en"})
    assert '<html lang="fr"' in answer.content.decode()
    assert "Accept-Language" not in answer.get("Vary", "")
    assert client.get("/en/formation/mme-d/").status_code == 404
    assert "Aussi en" not in client.get("/formation/").content.decode()


def test_translation_is_a_draft_with_its_own_line(
    case: VignettePage, translated: VignettePage
) -> None:
    assert translated.translation_key == case.translation_key
    assert (case.line, translated.line) == (case.translation_key, uuid5(case.line, "en"))
    assert (translated.live, translated.is_signed()) == (False, False)
    assert translated.get_latest_revision().as_object().line == translated.line


def test_translation_goes_through_both_readings_and_leaves_the_original_alone(
    client: Client, case: VignettePage, translated: VignettePage, at_reference: datetime
) -> None:
    learner = make_learner()
    go_through(learner, case.line, Part.CASE, now=at_reference)
    before = list(Tally.objects.values_list("item", "letter", "people"))
    steps = small_case()
    steps[1]["value"]["stem"] = "What do you do?"
    editor, director = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR)
    posted = vignette_posted(steps, title="Mrs D., 53")
    editor.post(edit_address(translated), posted | {"action-publish": "1"})
    assert not VignettePage.objects.get(pk=translated.pk).live
    editor.post(edit_address(translated), posted | {"action-submit": "1"})
    director.post(edit_address(translated), posted | APPROVE)
    editor.post(edit_address(translated), posted | APPROVE)
    shown = VignettePage.objects.get(pk=translated.pk)
    assert (shown.live, shown.url) == (True, "/en/formation/mme-d/")
    assert set(SignOff.objects.values_list("key", flat=True)) == {case.line, shown.line}

    [french] = CaseVersion.objects.of(case.line, Part.CASE)
    [other] = CaseVersion.objects.of(shown.line, Part.CASE)
    assert (french.title, other.title) == ("Une cicatrice qui brûle", "Mrs D., 53")
    assert {item.case_key for item in french.items.all()} == {case.line}
    assert {item.case_key for item in other.items.all()} == {shown.line}
    assert list(Tally.objects.values_list("item", "letter", "people")) == before

    go_through(learner, shown.line, Part.CASE, now=at_reference)
    assert Answer.objects.filter(item__case_key=case.line).count() == 2
    assert Answer.objects.filter(item__case_key=shown.line).count() == 2
    blocks = ItemVersion.objects.values_list("block", flat=True)
    assert len(blocks) == 2 * len(set(blocks))


def test_catalogue_lists_the_language_of_its_address(
    client: Client, case: VignettePage, translated: VignettePage
) -> None:
    translated.title = "A sore arm"
    publish(translated)
    french, other = (client.get(a).content.decode() for a in ("/formation/", "/en/formation/"))
    assert ("Une cicatrice" in french, "A sore arm" in french) == (True, False)
    assert ("Une cicatrice" in other, "A sore arm" in other) == (False, True)
    assert '<a href="/en/formation/" hreflang="en" lang="en">English</a>' in french
    assert '<a href="/formation/mme-d/" hreflang="fr" lang="fr">Français</a>' in (
        client.get(translated.url).content.decode()
    )


def test_next_case_is_in_the_language_of_the_last_one(
    case: VignettePage, translated: VignettePage
) -> None:
    learner = make_learner()
    publish(translated)
    assert next_case(learner, case.topic, case.line) is None
    following = make_vignette()
    assert next_case(learner, case.topic, case.line) == following


def test_card_in_another_language_is_signed_apart(english: Locale) -> None:
    card = make_card(claim="Une femme sur deux a mal")
    SignOff.objects.sign(card, by=make_user(Role.MEDICAL_DIRECTOR), at=clock.now())
    card.save()
    address = reverse(
        "simple_translation:submit_snippet_translation",
        args=["training", "evidencecard", card.pk],
    )
    assert enter(Role.EDITOR).post(address, {"locales": [english.pk]}).status_code == 302
    other = EvidenceCard.objects.get(locale=english)
    assert (card.state, other.state) == (CardState.SIGNED, CardState.TO_VERIFY)
    other.claim = "One woman in two has pain"
    other.save_revision().publish()
    kept = EvidenceCard.objects.get(pk=card.pk)
    assert (kept.claim, kept.state) == ("Une femme sur deux a mal", CardState.SIGNED)


def test_signature_on_the_original_is_none_on_its_translation(
    case: VignettePage, translated: VignettePage
) -> None:
    assert translated.signable() == case.signable()
    assert (case.is_signed(), translated.is_signed()) == (True, False)
    sign(translated)
    assert SignOff.objects.filter(content_hash=case.signable()).count() == 2


def test_learner_goes_through_the_translation(
    client: Client, translated: VignettePage, at_reference: datetime
) -> None:
    user: User = make_learner()
    publish(translated)
    sign_in(client, user)
    page = client.get(translated.url).content.decode()
    assert reverse("training:start", args=[translated.line]) in page
    begun = client.post(reverse("training:start", args=[translated.line]))
    assert client.get(begun["Location"]).status_code == 200
