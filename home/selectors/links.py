"""Every link inside published pages and resources, and those that lead nowhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import TextField
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import OutsideLink
from network.models import Resource

FAILS = 2
"""Failures in a row from which an outside address is told as broken: once is a bad day."""
_ANCHOR = re.compile(r"<a\s[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'(href|linktype|id)="([^"]*)"', re.IGNORECASE)
ADDRESSES = frozenset({"address", "url", "href"})
"""Keys under which blocks keep an address of their own."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link stands, the editor's door to it, and what it leads to: an `address`, or the
    number of a `page` or of a `document`."""

    title: str
    edit: str
    address: str = ""
    page: int = 0
    document: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    link: Link
    fault: str


def all_links() -> list[Link]:
    """The links of published pages, of whatever room, and of resources."""
    found = []
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator():
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for value in _contents(page):
            found += [Link(page.title, edit, **told) for told in _told(value)]
    for each in Resource.objects.exclude(link=""):
        edit = reverse("wagtailsnippets_network_resource:edit", args=[each.pk])
        found.append(Link(each.name, edit, address=each.link))
    return found


def outside(links: Iterable[Link]) -> set[str]:
    return {each.address for each in links if urlsplit(each.address).scheme in ("http", "https")}


def broken(links: Iterable[Link]) -> list[Broken]:
    """Inside, what does not exist today; outside, what did not answer twice. Four queries."""
    pages = list(Page.objects.live().filter(depth__gt=1))
    numbers = {page.pk for page in pages}
    paths = {_path(page.url) for page in pages if page.url}
    documents = set(get_document_model().objects.values_list("pk", flat=True))
    failing = OutsideLink.objects.filter(failures__gte=FAILS)
    faults = dict(failing.values_list("address", "fault"))
    found = []
    for link in links:
        if link.page and link.page not in numbers:
            found.append(Broken(link, _("Cette page n’existe plus, ou n’est plus publiée.")))
        elif link.document and link.document not in documents:
            found.append(Broken(link, _("Ce document n’existe plus.")))
        elif link.address.startswith("/") and not _answers(_path(link.address), paths):
            found.append(Broken(link, _("Rien ne répond à cette adresse du site.")))
        elif link.address in faults:
            found.append(Broken(link, faults[link.address]))
    return found


def _answers(path: str, paths: set[str]) -> bool:
    """Whether a page of the site, or a view of the portal, stands there."""
    if path in paths:
        return True
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def _path(address: str) -> str:
    return unquote(urlsplit(address).path)


def _contents(page: Page) -> Iterator[Any]:
    """What a page holds of text and blocks, as stored."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield list(getattr(page, field.name).raw_data)
        elif isinstance(field, TextField):
            yield getattr(page, field.name) or ""


def _told(value: Any) -> Iterator[dict[str, Any]]:
    """The links of a stored value, as the fields of a `Link`."""
    if isinstance(value, str):
        yield from _anchors(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in ADDRESSES and isinstance(inner, str):
                yield from [{"address": inner}] if inner else []
            elif key == "page" and isinstance(inner, int):
                yield {"page": inner}
            else:
                yield from _told(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _told(inner)


def _anchors(html: str) -> Iterator[dict[str, Any]]:
    for anchor in _ANCHOR.findall(html):
        found = {name.lower(): unescape(text) for name, text in _ATTRIBUTE.findall(anchor)}
        if found.get("linktype") in ("page", "document") and found.get("id", "").isdigit():
            yield {found["linktype"]: int(found["id"])}
        elif "href" in found:
            yield {"address": found["href"]}
