"""All pages that anybody may read."""

from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet


def public_pages(request: HttpRequest) -> "PageQuerySet[Page]":
    """Published pages of this site, in the order of the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    root = site.root_page
    return root.get_descendants(inclusive=True).live().public().order_by("path")
