"""What « Je cherche… » finds of the public site: its pages, and the needs of the regional line."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import HomePage, StandardPage
from network.models.resource import NEEDS
from portal.kit.finding import Document, findable


@findable
def pages(user: Any) -> Iterator[Document]:
    for page in Page.objects.live().public().filter(depth__gt=1).specific():
        if not isinstance(page, HomePage) and page.url:
            plain = isinstance(page, StandardPage)
            yield Document(
                title=page.title,
                url=page.url,
                kind=_("Page") if plain else capfirst(str(page._meta.verbose_name)),
                text=getattr(page, "summary", ""),
            )


@findable
def needs(user: Any) -> Iterator[Document]:
    for need, label in NEEDS.items():
        yield Document(
            title=capfirst(str(label)), url=reverse("network:need", args=[need]), kind=_("Besoin")
        )
