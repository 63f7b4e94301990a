"""The training room in the editor: its snippets, its checks, no button that would be refused."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.action_menu import PublishMenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.snippets.models import register_snippet

from training.models import SignedPage
from training.views.checks import CheckerItem
from training.views.snippets import TrainingGroup

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
