"""Two readings before a publication: the medical director signs, then an editor publishes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page

from home.models import HomePage
from home.tasks import publish_scheduled_pages
from network.enums import Role
from tests.factories.network import make_user
from tests.factories.training import (
    make_card,
    make_index,
    make_module,
    make_vignette,
    narrative,
    option,
    sign,
    small_case,
    take_home,
)
from tests.training.editing import (
    APPROVE,
    REQUEST_CHANGES,
    add_address,
    edit_address,
    enter,
    vignette_posted,
)
from training.actions.editing import attach_review
from training.actions.signing import sign as sign_content
from training.enums import CardState, Part, Verdict
from training.models import CaseVersion, EvidenceCard, PublishRefused, SignOff, VignettePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "at_reference")]
UNSIGNED = "n’a pas encore visé cette version"
PUBLISH, SUBMIT = "action-publish", "action-submit"
Draft = Callable[..., VignettePage]


@pytest.fixture
def draft() -> Draft:
    """A vignette as its editor saves it, never published."""

    def save(steps: list[Any] | None = None) -> VignettePage:
        index = make_index()
        attach_review()
        answer = enter(Role.EDITOR).post(
            add_address(index), vignette_posted(small_case() if steps is None else steps)
        )
        assert answer.status_code == 302
        return VignettePage.objects.get(slug="mme-d")

    return save


def latest(page: Page) -> VignettePage:
    found: VignettePage = Page.objects.get(pk=page.pk).get_latest_revision().as_object()
    return found


def test_draft_saves_with_all_its_faults(draft: Draft) -> None:
    page = draft([narrative("seul", target="nulle part")])
    assert (page.live, [s.block_type for s in page.steps]) == (False, ["narrative"])


def test_two_people_bring_a_vignette_to_its_public(draft: Draft) -> None:
    page = draft()
    editor, director = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR)
    editor.post(edit_address(page), vignette_posted(small_case(), SUBMIT))
    assert not SignOff.objects.exists()
    director.post(edit_address(page), vignette_posted(small_case()) | APPROVE)
    assert latest(page).is_signed()
    assert not VignettePage.objects.get().live
    editor.post(edit_address(page), vignette_posted(small_case()) | APPROVE)
    assert VignettePage.objects.get().live
    assert CaseVersion.objects.of(page.translation_key, Part.CASE).count() == 1


def test_editor_does_not_sign(draft: Draft) -> None:
    page = draft()
    editor = enter(Role.EDITOR)
    editor.post(edit_address(page), vignette_posted(small_case(), SUBMIT))
    editor.post(edit_address(page), vignette_posted(small_case()) | APPROVE)
    assert not SignOff.objects.exists()
    with pytest.raises(PermissionDenied):
        sign_content(content=page, by=make_user(Role.EDITOR), now=timezone.now())


def test_changes_asked_for_leave_nothing_signed(draft: Draft) -> None:
    page = draft()
    editor, director = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR)
    editor.post(edit_address(page), vignette_posted(small_case(), SUBMIT))
    director.post(edit_address(page), vignette_posted(small_case()) | REQUEST_CHANGES)
    assert not SignOff.objects.exists()
    assert Page.objects.get(pk=page.pk).current_workflow_state.status == "needs_changes"


def changed_case() -> list[Any]:
    steps = small_case()
    steps[1]["value"]["options"][0]["value"]["text"] = "réadresser à l’hôpital"
    return steps


def test_words_changed_after_the_signature_go_back_to_the_director(draft: Draft) -> None:
    page = draft()
    editor, director = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR)
    editor.post(edit_address(page), vignette_posted(small_case(), SUBMIT))
    director.post(edit_address(page), vignette_posted(small_case()) | APPROVE)
    editor.post(edit_address(page), vignette_posted(changed_case()) | APPROVE)
    assert not VignettePage.objects.get().live
    director.post(edit_address(page), vignette_posted(changed_case()) | APPROVE)
    published = VignettePage.objects.get()
    assert (published.live, SignOff.objects.count()) == (True, 2)


def test_slug_changed_after_the_signature_needs_no_other(draft: Draft) -> None:
    page = draft()
    editor, director = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR)
    editor.post(edit_address(page), vignette_posted(small_case(), SUBMIT))
    director.post(edit_address(page), vignette_posted(small_case()) | APPROVE)
    editor.post(edit_address(page), vignette_posted(small_case(), slug="mme-d-53") | APPROVE)
    assert VignettePage.objects.get(slug="mme-d-53").live


def test_publishing_what_nobody_signed_is_refused_and_the_text_kept(draft: Draft) -> None:
    page = draft()
    answer = enter(Role.EDITOR).post(
        edit_address(page), vignette_posted(small_case(), PUBLISH, title="Un autre titre")
    )
    assert (answer.status_code, VignettePage.objects.get().live) == (200, False)
    assert UNSIGNED in answer.content.decode()
    assert "Un autre titre" in answer.content.decode()


def test_publish_is_offered_once_signed_and_only_then(draft: Draft) -> None:
    page, editor = draft(), enter(Role.EDITOR)
    button = 'name="action-publish"'
    assert button not in editor.get(add_address(make_index())).content.decode()
    assert button not in editor.get(edit_address(page)).content.decode()
    sign(latest(page))
    assert button in editor.get(edit_address(page)).content.decode()


def without_feedback() -> list[Any]:
    steps = small_case()
    steps[1]["value"]["options"][2]["value"]["feedback"] = ""
    return steps


def led_back() -> list[Any]:
    steps = small_case()
    steps[2]["value"]["target"] = "histoire"
    return steps


FAULTY = {
    "without feedback": (without_feedback, "Cette option n’a pas d’explication"),
    "dead end": (lambda: small_case()[:-1], "s’arrête ici sans message à retenir"),
    "loop": (led_back, "déjà vue"),
    "unreachable": (lambda: [*small_case(), take_home("ailleurs")], "Aucun chemin ne mène"),
    "no decision": (lambda: [narrative("histoire"), take_home("fin")], "aucune décision"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_fault_refuses_to_submit_and_says_where(draft: Draft, name: str) -> None:
    make_steps, words = FAULTY[name]
    page = draft(make_steps())
    answer = enter(Role.EDITOR).post(edit_address(page), vignette_posted(make_steps(), SUBMIT))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Page.objects.get(pk=page.pk).current_workflow_state is None


@pytest.mark.parametrize("name", FAULTY)
def test_fault_refuses_to_publish_even_signed(name: str) -> None:
    page = make_vignette()
    page = VignettePage.objects.get(pk=page.pk)
    page.steps = FAULTY[name][0]()
    sign(page)
    with pytest.raises(PublishRefused):
        page.save_revision().publish()
    assert CaseVersion.objects.of(page.translation_key, Part.CASE).count() == 1


def test_several_pages_published_at_once_are_all_refused_with_the_reason(draft: Draft) -> None:
    page = draft()
    answer = enter(Role.EDITOR).post(
        f"/redaction/bulk/wagtailcore/page/publish/?id={page.pk}",
        {"include_descendants": ""},
        follow=True,
    )
    assert (answer.status_code, VignettePage.objects.get().live) == (200, False)
    assert UNSIGNED in answer.content.decode()


def test_publication_is_not_planned_unsigned(draft: Draft) -> None:
    page = draft()
    later = (timezone.localtime() + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M")
    answer = enter(Role.EDITOR).post(
        edit_address(page), vignette_posted(small_case(), PUBLISH, go_live_at=later)
    )
    assert UNSIGNED in answer.content.decode()
    assert not Page.objects.get(pk=page.pk).approved_schedule
    with pytest.raises(PublishRefused):
        changed = latest(page)
        changed.go_live_at = timezone.now() + timedelta(hours=2)
        changed.save_revision().publish()


def test_planned_publication_that_became_faulty_leaves_the_others_alone(draft: Draft) -> None:
    page = draft()
    changed = latest(page)
    sign(changed)
    revision = changed.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    content = dict(revision.content)
    content["title"] = "Un titre que personne n’a visé"
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    publish_scheduled_pages(timezone.now())
    revision.refresh_from_db()
    assert (VignettePage.objects.get().live, revision.approved_go_live_at) == (False, None)


def test_signed_page_goes_live_at_its_hour(draft: Draft) -> None:
    page = draft()
    changed = latest(page)
    sign(changed)
    changed.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled_pages(timezone.now())
    assert VignettePage.objects.get().live


def test_copy_of_a_live_page_begins_as_a_draft() -> None:
    page = make_vignette()
    copy = page.copy(keep_live=True, update_attrs={"slug": "copie"})
    assert (VignettePage.objects.get(pk=copy.pk).live, copy.is_signed()) == (False, False)
    alias = page.create_alias(update_slug="alias")
    page.save_revision().publish()
    assert not VignettePage.objects.get(pk=alias.pk).live


def test_editing_leaves_the_published_version_alone(draft: Draft) -> None:
    page = draft()
    sign(latest(page))
    editor = enter(Role.EDITOR)
    editor.post(edit_address(page), vignette_posted(small_case(), PUBLISH))
    editor.post(edit_address(page), vignette_posted(changed_case()))
    version = CaseVersion.objects.of(page.translation_key, Part.CASE).get()
    assert version.case.decisions[0].options[0].text == "réadresser"
    assert latest(page).steps[1].value["options"][0]["text"] == "réadresser à l’hôpital"


def test_lesson_figure_needs_words_and_a_source() -> None:
    lesson = make_module(lessons=1).get_children().get().specific
    figure = {"image": None, "alt": " ", "caption": "", "card": None}
    lesson.body = [{"type": "figure", "id": None, "value": figure}]
    assert [str(p.remark.code) for p in lesson.faults()] == ["no_source", "no_alt"]


def test_figure_of_a_case_needs_a_card_with_a_reference() -> None:
    page = make_vignette()
    bare, sourced = make_card(), make_card(identifier="10.1001/jama.2009.1568")
    found = {}
    for card in (bare, sourced):
        evidence = [{"type": "item", "id": str(page.translation_key), "value": card.pk}]
        value = {"name": "", "target": "", "image": None, "alt": "Courbe", "caption": ""}
        figure = {"type": "figure", "id": str(page.translation_key)}
        page.steps = [figure | {"value": value | {"evidence": evidence}}, *small_case()]
        found[card] = [str(p.remark.code) for p in page.faults()]
    assert found == {bare: ["no_source"], sourced: []}


def card_posted(card: EvidenceCard, *actions: str, **changes: str) -> dict[str, str]:
    names = ("claim", "figure", "population", "reference", "identifier", "grade", "published")
    fields = {name: str(getattr(card, name)) for name in (*names, "freshness", "conflicts")}
    fields |= {"review_on": "2027-06-01", "updates": ""} | changes
    return fields | dict.fromkeys(actions, "1")


def test_two_people_bring_a_card_from_to_verify_to_signed() -> None:
    card = make_card()
    assert card.state == CardState.TO_VERIFY
    edit = f"/redaction/snippets/training/evidencecard/edit/{card.pk}/"
    editor, director = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR)
    editor.post(edit, card_posted(card, SUBMIT))
    director.post(edit, card_posted(card) | APPROVE)
    card.refresh_from_db()
    assert (card.state, card.signed_on is not None) == (CardState.SIGNED, True)
    editor.post(edit, card_posted(card) | APPROVE)
    editor.post(edit, card_posted(card, PUBLISH, figure="57 %"))
    card.refresh_from_db()
    assert (card.figure, card.state, card.signed_by) == ("57 %", CardState.TO_VERIFY, None)


def test_card_signed_while_in_draft_is_signed_once_published() -> None:
    card = make_card()
    edit = f"/redaction/snippets/training/evidencecard/edit/{card.pk}/"
    editor, director = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR)
    editor.post(edit, card_posted(card, SUBMIT, figure="57 %"))
    director.post(edit, card_posted(card, figure="57 %") | APPROVE)
    card.refresh_from_db()
    assert (card.figure, card.state) == ("47 %", CardState.TO_VERIFY)
    editor.post(edit, card_posted(card, figure="57 %") | APPROVE)
    card.refresh_from_db()
    assert (card.figure, card.state) == ("57 %", CardState.SIGNED)


def test_workflow_leaves_an_option_without_verdict_wrong() -> None:
    """A new option counts for nothing until its author says so."""
    block = VignettePage.steps.field.stream_block.child_blocks["decision"]
    verdict = block.child_blocks["options"].child_block.child_blocks["verdict"]
    assert verdict.get_default() == Verdict.WRONG
    assert option("libre")["value"]["verdict"] == Verdict.WRONG


def test_review_is_attached_once_and_left_alone(site: HomePage) -> None:
    index = make_index()
    assert attach_review() is True
    index.workflowpage.delete()
    assert [attach_review(), attach_review()] == [True, True]
    assert index.get_workflow().name == "Visa scientifique, puis relecture éditoriale"
