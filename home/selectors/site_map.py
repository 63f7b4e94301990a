"""All pages that anybody may read."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from home.models import ProtocolPage
from network.models import Structure
from network.models.resource import NEEDS
from network.rules.directory import Audience

PUBLIC = ("home:find", "home:public_figures", "network:directory", "network:phone_lines")


def public_pages(request: HttpRequest) -> "PageQuerySet[Page]":
    """Published pages of this site, in the order of the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    root = site.root_page
    kept = ProtocolPage.objects.filter(audience=Audience.PROFESSIONALS).values("pk")
    listed = root.get_descendants(inclusive=True).live().public().exclude(pk__in=kept)
    return listed.order_by("path")


def public_addresses() -> list[str]:
    """What is public and no editor's page: searches, figures, lines, needs, sheets."""
    sheets = Structure.objects.order_by("pk").values_list("pk", flat=True)
    return [
        *(reverse(name) for name in PUBLIC),
        *(reverse("network:need", args=[need]) for need in NEEDS),
        *(reverse("network:structure", args=[pk]) for pk in sheets),
    ]
