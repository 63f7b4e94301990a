"""The editor, kept to what its people need: pages, documents, images, the directory."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from home.views.snippets import DirectoryGroup

register_snippet(DirectoryGroup)

HIDDEN = frozenset({"help"})
"""Entries that lead to outside sites."""


@hooks.register("construct_main_menu")
def keep_menu_short(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]
