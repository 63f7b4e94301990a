"""What « Je cherche… » finds of the public site: pages, protocols, workshops for patients, and the
needs of the regional line."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from etp.models import Workshop
from home.content import WORKSHOPS
from home.models import ProtocolIndexPage, ProtocolPage, StandardPage
from network.access import Perm as NetworkPerm
from network.models.resource import NEEDS
from portal.kit.finding import Document, findable
from training.models import TrainingIndexPage, WebinarIndexPage

INDEXES = (ProtocolIndexPage, TrainingIndexPage, WebinarIndexPage)


@findable
def pages(user: Any) -> Iterator[Document]:
    """Pages of text, and the lists that other rooms put on the site."""
    listed = Page.objects.live().public().filter(depth__gt=1, locale=Locale.get_default())
    for page in listed.type(StandardPage, *INDEXES).specific():
        if page.url:
            plain = isinstance(page, StandardPage)
            yield Document(
                title=page.title,
                url=page.url,
                kind=_("Page") if plain else capfirst(str(page._meta.verbose_name)),
                text=page.summary,
            )


@findable
def figures(user: Any) -> Iterator[Document]:
    yield Document(
        title=_("Le réseau en chiffres"),
        url=reverse("home:public_figures"),
        kind=_("Page"),
        text=_("Ce que le réseau mesure de son activité et de ses délais."),
        keywords=_("indicateurs, statistiques, rapport d’activité"),
    )


@findable
def protocols(user: Any) -> Iterator[Document]:
    for page in ProtocolPage.objects.visible_to(user):
        if page.url:
            yield Document(
                title=page.title,
                url=page.url,
                kind=_("Protocole"),
                text=page.lede,
                keywords=page.words,
            )


@findable
def workshops(user: Any) -> Iterator[Document]:
    """What a professional may tell a patient of: the public page says how one comes to it."""
    if not user.has_perm(NetworkPerm.SEE_PROFESSIONAL_CONTACTS):
        return
    page = StandardPage.objects.live().public().filter(slug=WORKSHOPS).first()
    if page and page.url:
        for each in Workshop.objects.filter(active=True):
            yield Document(
                title=each.title,
                url=page.url,
                kind=_("Atelier pour les patients"),
                text=each.summary,
                keywords=str(each.get_theme_display()),
            )


@findable
def needs(user: Any) -> Iterator[Document]:
    for need, label in NEEDS.items():
        yield Document(
            title=capfirst(str(label)), url=reverse("network:need", args=[need]), kind=_("Besoin")
        )
