"""The public navigation: the sections that the page tree offers in menus, and the search."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from portal.kit.navigation import Link, mark_current

ICONS = {
    "pour-les-patients": "user",
    "pour-les-professionnels": "book",
    "reseau": "people",
    "agenda": "calendar",
}
"""Icon of a section on a phone, by the last part of its address."""


def public_links(request: HttpRequest) -> list[Link]:
    """The published sections under the home page, in the editors' order, then the search."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    sections = Page.objects.child_of(site.root_page).live().in_menu().specific()
    links = [
        Link(_short(page), page.get_url(request) or "/", ICONS.get(page.slug, "file"))
        for page in sections
    ]
    links.append(Link(_("Je cherche…"), reverse("home:find"), "search"))
    return mark_current(links, request.path)


def _short(page: Page) -> str:
    return getattr(page, "menu_label", "") or page.title
