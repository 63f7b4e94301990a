"""What the public pages of the training room ask of its selectors."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from training.forms.catalogue import CatalogueFilter
from training.models import ModulePage, TrainingIndexPage, VignettePage
from training.selectors.catalogue import Entry, Kind, Sheet, entries, is_learner, sheet

register = template.Library()
PER_PAGE = 24
type TrainingPage = TrainingIndexPage | ModulePage | VignettePage


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The list as asked. `chips`: everything, cases, modules."""

    page: Page[Entry]
    filters: CatalogueFilter
    chips: list[dict[str, Any]]
    learner: bool
    filtered: bool


@register.simple_tag(takes_context=True)
def catalogue(context: template.Context) -> Catalogue:
    """`{% catalogue as found %}` on the index page."""
    request, index, reader = context["request"], context["page"], context["reader"]
    learner = is_learner(reader)
    filters = CatalogueFilter(request.GET, learner=learner)
    wanted = filters.wanted()
    found = entries(index, reader, wanted)
    return Catalogue(
        page=Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        filters=filters,
        chips=_chips(request.GET, wanted.kind),
        learner=learner,
        filtered=any(filters.cleaned_data.values()),
    )


@register.simple_tag(takes_context=True)
def vignette_sheet(context: template.Context, page: VignettePage) -> Sheet:
    """`{% vignette_sheet page as sheet %}`: what may be said of a case before it begins."""
    return sheet(page, context["reader"])


@register.simple_tag(takes_context=True)
def learns(context: template.Context) -> bool:
    """`{% learns as learner %}`: whether the reader may go through cases."""
    return is_learner(context["reader"])


@register.inclusion_tag("training/parts/languages.html")
def other_languages(page: TrainingPage) -> dict[str, Any]:
    """`{% other_languages page %}`: the same page in the other languages where it is published."""
    names = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    others = page.get_translations().live().public().select_related("locale").order_by("pk")
    codes = {each: each.locale.language_code for each in others if page.pk}
    return {"items": [(each.url, code, names[code]) for each, code in codes.items()]}


def _chips(asked: QueryDict, current: str) -> list[dict[str, Any]]:
    kept = asked.copy()
    kept.pop("page", None)
    chips = []
    for value, label in (
        ("", _("Tout")),
        (Kind.VIGNETTE, _("Cas cliniques")),
        (Kind.MODULE, _("Modules")),
    ):
        kept["kind"] = str(value)
        if not value:
            kept.pop("kind")
        chips.append({"href": f"?{kept.urlencode()}", "label": label, "current": value == current})
    return chips
