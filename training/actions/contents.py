"""Give a new portal its first cards, cases and modules. What editors wrote since stays.

Pages come as drafts: nobody has signed them yet. Cards come published and « à vérifier ». Each is
known by a translation key made from its slug, so that a second loading creates nothing.
"""

from typing import Any, NamedTuple
from uuid import UUID

from django.core.files.images import ImageFile
from django.db import models, transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from training import content
from training.content import Ids, block_id
from training.models import (
    ClinicalTool,
    EvidenceCard,
    Expert,
    LessonPage,
    ModulePage,
    Objective,
    TrainingIndexPage,
    VignettePage,
)

type Text = dict[str, Any]

ABSENT = frozenset({"slug", "updates", "conflicts_with", "licence", "evidence"})
"""What files say of snippets for other ends than their fields."""
MODULE = ("title", "slug", "audience", "minutes", "topic", "axis", "pass_mark", "review_on")
VIGNETTE = ("title", "slug", "audience", "minutes", "topic")


class Quoted(NamedTuple):
    """What texts name by a slug, or by a file."""

    cards: Ids
    tools: Ids
    images: Ids
    lead: Expert


@transaction.atomic
def load_contents(index: TrainingIndexPage) -> int:
    """Create what is missing under the catalogue; return how many pages were created."""
    before = Page.objects.count()
    experts = [_snippet(Expert, text) for text in content.experts()]
    tools = {text["slug"]: _snippet(ClinicalTool, text).pk for text in content.tools()}
    quoted = Quoted(cards=_cards(), tools=tools, images=_images(), lead=experts[0])
    vignettes = {text["slug"]: _vignette(index, text, quoted).pk for text in content.vignettes()}
    for text in content.modules():
        _module(index, text, quoted, vignettes)
    return Page.objects.count() - before


def key_of(model: type[models.Model], slug: str) -> UUID:
    """The translation key of what a file calls `slug`."""
    return UUID(block_id(model.__name__, slug))


def _vignette(index: Page, text: Text, quoted: Quoted) -> Page:
    steps = content.raw_steps(
        text["steps"],
        quoted.cards,
        of=text["slug"],
        tool_ids=quoted.tools,
        image_ids=quoted.images,
    )
    fields = {"steps": steps, "lede": text["summary"], **_some(text, VIGNETTE)}
    return _page(VignettePage, index, text, fields)


def _module(index: Page, text: Text, quoted: Quoted, vignettes: Ids) -> None:
    slug = text["slug"]
    fields = {
        "lede": text["summary"],
        "lead": quoted.lead,
        "vignettes": [
            {"type": "vignette", "id": block_id(slug, name), "value": vignettes[name]}
            for name in text["vignettes"]
        ],
        "pretest": content.raw_steps(text["pretest"], quoted.cards, of=f"{slug}/pretest"),
        "posttest": content.raw_steps(text["posttest"], quoted.cards, of=f"{slug}/posttest"),
        **_some(text, MODULE),
    }
    module = _page(ModulePage, index, text, fields)
    for lesson in text["lessons"]:
        place = f"{slug}/{lesson['slug']}"
        body = content.raw_lesson(lesson["body"], quoted.cards, quoted.images, of=place)
        fields = {"body": body, **_some(lesson, ("title", "slug", "minutes"))}
        _page(LessonPage, module, {"slug": place}, fields)


def _page(model: type[Page], parent: Page, text: Text, fields: Text) -> Page:
    """The page of this key, or a new draft under `parent`."""
    key = key_of(model, text["slug"])
    found: Page | None = model.objects.filter(line=key).first()
    if found:
        return found
    if "objectives" in text:
        fields = {**fields, "objectives": _objectives(text)}
    page = model(translation_key=key, live=False, has_unpublished_changes=True, **fields)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision()
    return page


def _objectives(text: Text) -> list[Text]:
    made = [_snippet(Objective, each) for each in text["objectives"]]
    return [
        {"type": "objective", "id": block_id(text["slug"], str(each.pk)), "value": each.pk}
        for each in made
    ]


def _cards() -> Ids:
    texts = content.cards()
    cards = {text["slug"]: _snippet(EvidenceCard, text) for text in texts}
    for text in texts:
        card = cards[text["slug"]]
        if "updates" in text and card.updates_id is None:
            card.updates = cards[text["updates"]]
            card.save(update_fields=["updates"])
    return {slug: card.pk for slug, card in cards.items()}


def _snippet[M: models.Model](model: type[M], text: Text) -> M:
    fields = {name: value for name, value in text.items() if name not in ABSENT}
    made, _new = model._default_manager.get_or_create(
        translation_key=key_of(model, text["slug"]), locale=Locale.get_default(), defaults=fields
    )
    return made


def _images() -> Ids:
    """The figures, by their file's name."""
    model, found = get_image_model(), {}
    for path in sorted(content.FIGURES.glob("*.png")):
        title = f"Formation : {path.stem}"
        image = model.objects.filter(title=title).first()
        if image is None:
            with path.open("rb") as file:
                image = model.objects.create(title=title, file=ImageFile(file, name=path.name))
        found[path.name] = image.pk
    return found


def _some(text: Text, names: tuple[str, ...]) -> Text:
    return {name: text[name] for name in names if name in text}
