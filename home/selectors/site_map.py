"""All pages that anybody may read."""

from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from home.models import ProtocolPage
from network.rules.directory import Audience


def public_pages(request: HttpRequest) -> "PageQuerySet[Page]":
    """Published pages of this site, in the order of the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    root = site.root_page
    kept = ProtocolPage.objects.filter(audience=Audience.PROFESSIONALS).values("pk")
    listed = root.get_descendants(inclusive=True).live().public().exclude(pk__in=kept)
    return listed.order_by("path")
