"""What authors see: remarks, answers held, previews, cards and where they are quoted."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex

from home.models import HomePage
from home.selectors.waiting import waiting_for
from network.enums import Role
from portal.kit.words import typeset
from tests.factories.network import make_user
from tests.factories.training import (
    block_id,
    decision,
    make_card,
    make_index,
    make_module,
    make_vignette,
    option,
    quoting,
    sign,
    small_case,
)
from tests.training.editing import edit_address, enter, vignette_posted
from training.actions.contents import load_contents
from training.actions.editing import attach_review
from training.actions.runs import commit_answer, go_on, start_run
from training.blocks.lessons import VideoBlock
from training.enums import Certainty, Part, Verdict
from training.models import EvidenceCard, LessonPage, ModulePage, Tally, VignettePage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.portable,
    pytest.mark.usefixtures("site", "at_reference"),
]
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
CARDS = "/redaction/snippets/training/evidencecard/"


def answer(page: VignettePage, chosen: str) -> None:
    learner = make_user(Role.CLINICIAN)
    run = start_run(key=page.translation_key, part=Part.CASE, by=learner, now=NOW)
    go_on(run=run, step=UUID(block_id("step histoire")), by=learner, now=NOW)
    commit_answer(
        run=run,
        step=UUID(block_id("step choix")),
        chosen=[block_id(f"option {chosen}")],
        certainty=Certainty.LOW,
        by=learner,
        now=NOW,
    )


def changed_case() -> list[dict[str, object]]:
    """The same case: one option reworded, one withdrawn."""
    steps = small_case()
    options = steps[1]["value"]["options"]
    options[0]["value"]["text"] = "réadresser à l’hôpital"
    del options[1]
    return steps


def test_answers_are_counted_by_option_whatever_its_words() -> None:
    page = make_vignette()
    answer(page, "réadresser")
    answer(page, "augmenter")
    page = VignettePage.objects.get(pk=page.pk)
    page.steps = changed_case()
    sign(page)
    page.save_revision().publish()
    answer(page, "réadresser")
    held = Tally.objects.held(page.translation_key)
    wanted = {block_id("option réadresser"): 2, block_id("option augmenter"): 1}
    assert held == wanted
    html = enter(Role.EDITOR).get(edit_address(page)).content.decode()
    assert "<td>réadresser à l’hôpital</td><td>2</td>" in html
    assert "<td>Toutes ensemble</td><td>1</td>" in html


def test_remarks_stand_beside_the_text() -> None:
    page = make_vignette()
    steps = small_case()
    steps[1]["value"]["options"][2]["value"]["feedback"] = ""
    client = enter(Role.EDITOR)
    client.post(edit_address(page), vignette_posted(steps, slug=page.slug))
    html = client.get(edit_address(page)).content.decode()
    assert "Étape 2, Décision «\u00a0choix\u00a0», option 3" in html
    assert "Cette option n’a pas d’explication" in html
    assert "n’est pas encore visé" in html


def test_checks_panel_knows_every_flaw() -> None:
    html = enter(Role.EDITOR).get(edit_address(make_vignette())).content.decode()
    assert "author-remark-no_feedback" in html
    assert "data-mended" in html


def preview(client: Client, page: Page, mode: str, more: str = "") -> str:
    """The text posted by the form in hand."""
    return read(client, f"{edit_address(page)}preview/?mode={mode}{more}")


def saved(client: Client, page: Page, mode: str, more: str = "") -> str:
    """The draft as last saved."""
    return read(client, f"/redaction/pages/{page.pk}/view_draft/?mode={mode}{more}")


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_author_previews_all_that_learners_do_not_see() -> None:
    card = make_card()
    steps = small_case()
    value = {"evidence": quoting(card), "target": "vérifier"}
    steps[1]["value"]["options"][3] = option("chercher", Verdict.RIGHT, **value)
    page = make_vignette(steps)
    answer(page, "chercher")
    html = saved(enter(Role.EDITOR), page, "author")
    for words in ("retour de chercher", "défendable", card.claim, "mène à «", "1\u00a0réponse re"):
        assert words in html


def test_author_previews_the_remarks_of_the_text_in_hand() -> None:
    page = make_vignette()
    steps = small_case()
    steps[1]["value"]["options"][2]["value"]["feedback"] = ""
    client = enter(Role.EDITOR)
    sent = client.post(f"{edit_address(page)}preview/", vignette_posted(steps, slug=page.slug))
    assert sent.json()["is_valid"] is True
    html = preview(client, page, "author", "&in_preview_panel=true")
    assert 'data-remark="no_feedback"' in html
    assert "wagtail-userbar" in html


def test_each_audience_has_its_preview() -> None:
    client = enter(Role.EDITOR)
    for page in (make_vignette(), make_module()):
        seen = {mode: saved(client, page, mode) for mode in ("public", "clinician")}
        assert [page.lede in html for html in seen.values()] == [True, True]
        assert ["Se connecter pour" in html for html in seen.values()] == [True, False]
        assert not any("retour de" in html for html in seen.values())


def test_preview_bears_an_empty_draft() -> None:
    page = make_vignette()
    client = enter(Role.EDITOR)
    steps = [decision("vide", [option("", text="", feedback="")], stem="")]
    client.post(f"{edit_address(page)}preview/", vignette_posted(steps, slug=page.slug))
    for mode in ("author", "learner"):
        assert "Mme" in preview(client, page, mode)


def test_learner_preview_keeps_one_screen() -> None:
    page, client = make_vignette(), enter(Role.EDITOR)
    html = saved(client, page, "learner")
    assert ("Écran 1 sur 4" in html, "Écran 2 sur 4" in html) == (True, True)
    one = saved(client, page, "learner", "&ecran=2")
    assert ("Écran 1 sur 4" in one, "Écran 2 sur 4" in one) == (False, True)


def test_module_and_lesson_are_previewed() -> None:
    module, client = make_module(), enter(Role.EDITOR)
    html = saved(client, module, "author")
    assert ("Pré-test" in html, "Post-test" in html) == (True, True)
    lesson = LessonPage.objects.first()
    assert "Texte de la leçon" in saved(client, lesson, "")


def test_loaded_contents_are_previewed_and_may_be_signed() -> None:
    load_contents(make_index())
    client = enter(Role.MEDICAL_DIRECTOR)
    for page in [*VignettePage.objects.all(), *ModulePage.objects.all(), *LessonPage.objects.all()]:
        assert page.faults() == []
        mode = "" if isinstance(page, LessonPage) else "author"
        assert typeset(page.title) in saved(client, page, mode)


@pytest.mark.parametrize("mode", ["evidencecard", "expert", "objective", "clinicaltool"])
def test_snippets_are_edited_and_previewed(mode: str) -> None:
    load_contents(make_index())
    client = enter(Role.EDITOR)
    listing = client.get(f"/redaction/snippets/training/{mode}/")
    assert listing.status_code == 200
    first = listing.context["object_list"][0]
    edit = f"/redaction/snippets/training/{mode}/edit/{first.pk}/"
    assert 'name="action-submit"' in client.get(edit).content.decode()
    shown = client.get(f"/redaction/snippets/training/{mode}/preview/{first.pk}/")
    assert shown.status_code == 200


def test_cards_are_found_by_state_and_lateness() -> None:
    late = make_card(review_on=date(2026, 1, 1))
    make_card()
    client = enter(Role.EDITOR)
    found = {
        query: {card.pk for card in client.get(f"{CARDS}?{query}").context["object_list"]}
        for query in ("overdue=true", "state=signed", "freshness=as_presented")
    }
    everything = set(EvidenceCard.objects.values_list("pk", flat=True))
    assert found == {
        "overdue=true": {late.pk},
        "state=signed": set(),
        "freshness=as_presented": everything,
    }


def test_card_says_where_it_is_quoted() -> None:
    card = make_card()
    steps = small_case()
    steps[1]["value"]["options"][3] = option("chercher", Verdict.RIGHT, evidence=quoting(card))
    page = make_vignette(steps)
    ReferenceIndex.create_or_update_for_object(page)  # the worker's task
    html = enter(Role.EDITOR).get(f"{CARDS}usage/{card.pk}/").content.decode()
    assert page.title in html


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.ACCOUNTANT, Role.PATIENT, Role.COORDINATOR])
def test_others_reach_neither_cards_nor_drafts(role: Role) -> None:
    page, client = make_vignette(), enter(role)
    for address in (CARDS, edit_address(page), f"{edit_address(page)}preview/?mode=author"):
        assert client.get(address).status_code == 403


def test_administrator_edits_no_card() -> None:
    card, client = make_card(), enter(Role.ADMINISTRATOR)
    assert client.get(f"{CARDS}edit/{card.pk}/").status_code == 302


def test_lesson_is_for_who_may_learn() -> None:
    module = make_module()
    lesson = LessonPage.objects.first()
    assert "Texte de la leçon" in enter(Role.CLINICIAN).get(lesson.url).content.decode()
    assert enter(Role.ACCOUNTANT).get(lesson.url)["Location"] == module.url
    assert Client().get(lesson.url)["Location"].startswith("/compte/login/")


def test_film_comes_with_captions_and_transcript() -> None:
    film, captions = (
        Document.objects.create(title=name, file=ContentFile(b"-", name=name))
        for name in ("film.mp4", "film.vtt")
    )
    block = VideoBlock()
    value = {"title": "Examiner", "film": film, "captions": captions, "transcript": "<p>Dire.</p>"}
    html = block.render(block.normalize(value))
    assert f'<video controls preload="metadata" src="{film.url}">' in html
    assert f'<track kind="captions" srclang="fr" label="Français" src="{captions.url}"' in html
    assert "<summary>Transcription</summary>" in html
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(value | {"film": captions}))
    assert isinstance(refused.value.block_errors["film"], ValidationError)
    for document in (film, captions):
        document.file.delete(save=False)


def todos(role: Role) -> list[str]:
    return [str(todo.title) for todo in waiting_for(make_user(role), NOW).todos]


def test_dashboards_say_what_is_late_and_what_is_to_be_signed(site: HomePage) -> None:
    attach_review()
    make_card(review_on=date(2026, 1, 1))
    page = make_vignette(review_on=date(2026, 1, 1))
    late = ["Relire les fiches de preuve", "Relire les vignettes, modules et leçons"]
    assert set(late) <= set(todos(Role.EDITOR))
    assert "Viser les contenus de formation soumis" not in todos(Role.MEDICAL_DIRECTOR)
    client = enter(Role.EDITOR)
    posted = vignette_posted(changed_case(), "action-submit", slug=page.slug)
    client.post(edit_address(page), posted)
    assert "Viser les contenus de formation soumis" in todos(Role.MEDICAL_DIRECTOR)
    assert "Viser les contenus de formation soumis" not in todos(Role.EDITOR)
