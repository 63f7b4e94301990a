"""The training room in the editor: its snippets, its checks, no button that would be refused."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import PublishMenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from training.access import Perm
from training.models import EvidenceCard, SignedPage
from training.views.checks import CheckerItem
from training.views.explorer import CatalogueViewSet
from training.views.snippets import TrainingGroup

TOUCHES = _("Voir ce qu’elle touche")

register_snippet(TrainingGroup)


@hooks.register("construct_page_action_menu")
def offer_no_refused_publication(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """« Publier » is there once the content in hand is signed and without fault."""
    page = context.get("page")
    if page is None:
        refused = issubclass(_created(request), SignedPage)
    else:
        refused = isinstance(page, SignedPage) and bool(page.reasons_to_refuse())
    if refused:
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem)]


def _created(request: HttpRequest) -> type:
    """The type of the page that an address of creation names."""
    match = request.resolver_match
    names = match.kwargs if match else {}
    return apps.get_model(names["content_type_app_name"], names["content_type_model_name"])


@hooks.register("construct_wagtail_userbar")
def check_remarks(request: HttpRequest, items: list[Any], page: Any) -> None:
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = CheckerItem(in_editor=item.in_editor)


@hooks.register("register_admin_viewset")
def catalogue_list() -> CatalogueViewSet:
    return CatalogueViewSet()


class TouchedByCard(ActionMenuItem):
    """In the menu of a card's edit screen: the pages, options and learners that it touches."""

    name = "action-touched"
    label = TOUCHES
    icon_name = "link"

    def is_shown(self, context: dict[str, Any]) -> bool:
        card = context.get("instance")
        return isinstance(card, EvidenceCard) and context["request"].user.has_perm(
            Perm.SEE_STATISTICS
        )

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("training:card", args=[context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def touched_in_edit_screen(model: type) -> TouchedByCard | None:
    return TouchedByCard(order=90) if model is EvidenceCard else None


@hooks.register("register_snippet_listing_buttons")
def touched_in_list(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, EvidenceCard) and user.has_perm(Perm.SEE_STATISTICS):
        yield Button(
            TOUCHES, reverse("training:card", args=[snippet.pk]), icon_name="link", priority=30
        )
