"""Publication: nothing without a signature, and nothing published is ever changed."""

import pytest
from django.db import DatabaseError, transaction

from home.models import HomePage
from tests.factories.training import make_card, make_vignette, option, quoting, sign, small_case
from training.enums import Part, Verdict
from training.models import CaseVersion, ItemVersion, PublishRefused, VignettePage

pytestmark = pytest.mark.django_db


def edit(page: VignettePage, steps: list[dict[str, object]]) -> VignettePage:
    """The page as its editor reads and changes it."""
    fresh = VignettePage.objects.get(pk=page.pk)
    fresh.steps = steps
    return fresh


def test_publication_unsigned_is_refused(site: HomePage) -> None:
    page = edit(make_vignette(), small_case()[:1] + small_case()[3:])
    revision = page.save_revision()
    with pytest.raises(PublishRefused):
        revision.publish()
    assert CaseVersion.objects.of(page.translation_key, Part.CASE).count() == 1


def test_version_keeps_steps_and_items(site: HomePage) -> None:
    page = make_vignette()
    version = CaseVersion.objects.of(page.translation_key, Part.CASE).get()
    assert [step.name for step in version.case.steps] == ["histoire", "choix", "vérifier", "fin"]
    assert {item.decision.name for item in version.items.all()} == {"choix", "vérifier"}


def version_block(version: CaseVersion, name: str) -> str:
    step = version.case.named(name)
    assert step is not None
    return step.id


def test_same_content_published_twice_is_one_version(site: HomePage) -> None:
    page = make_vignette()
    VignettePage.objects.get(pk=page.pk).save_revision().publish()
    assert CaseVersion.objects.of(page.translation_key, Part.CASE).count() == 1


def test_changed_option_makes_one_new_item_and_keeps_the_other(site: HomePage) -> None:
    page = make_vignette()
    steps = small_case()
    steps[1]["value"]["options"][0]["value"]["text"] = "réadresser à l’hôpital"
    changed = edit(page, steps)
    sign(changed)
    changed.save_revision().publish()
    first, second = CaseVersion.objects.of(page.translation_key, Part.CASE).order_by("number")
    assert first.case.decisions[0].options[0].text == "réadresser"
    assert second.case.decisions[0].options[0].text == "réadresser à l’hôpital"
    assert ItemVersion.objects.filter(case_key=page.translation_key).count() == 3
    assert second.item_of[version_block(second, "choix")].number == 2


def test_words_taken_back_use_the_first_item_again(site: HomePage) -> None:
    page = make_vignette()
    for text in ("réadresser à l’hôpital", "réadresser"):
        steps = small_case()
        steps[1]["value"]["options"][0]["value"]["text"] = text
        changed = edit(page, steps)
        sign(changed)
        changed.save_revision().publish()
    current = CaseVersion.objects.of(page.translation_key, Part.CASE)[0]
    assert current.number == 3
    assert current.item_of[version_block(current, "choix")].number == 1


def test_published_rows_cannot_be_changed(site: HomePage) -> None:
    page = make_vignette()
    for model in (CaseVersion, ItemVersion):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(number=9)
    assert CaseVersion.objects.of(page.translation_key, Part.CASE).get().number == 1


def test_item_knows_the_cards_that_it_quotes(site: HomePage) -> None:
    card = make_card()
    steps = small_case()
    steps[1]["value"]["options"][3] = option("chercher", Verdict.RIGHT, evidence=quoting(card))
    make_vignette(steps)
    assert [item.decision.name for item in card.items.all()] == ["choix"]
