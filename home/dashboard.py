"""What waits for those who write the public pages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from home.access import Perm
from home.selectors.reviews import protocols_to_review, resources_to_review
from network.access import Perm as NetworkPerm
from portal.kit import dashboard


@dashboard.main_action(Perm.EDIT_PAGES, order=50)
def open_pages(user: Any, today: date) -> dashboard.Action:
    return dashboard.Action(_("Ouvrir la rédaction"), reverse("wagtailadmin_home"), "pen-line")


@dashboard.todos(Perm.EDIT_PAGES, order=60)
def drafts(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Pages whose last words are not published yet."""
    yield dashboard.Counted(_drafts, Page.objects.filter(has_unpublished_changes=True))


@dashboard.todos(Perm.KEEP_UP, order=75)
def to_review(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Resources and protocols whose day of reading has passed."""
    yield dashboard.Counted(_to_review, resources_to_review(today), protocols_to_review(today))


def _to_review(resources: int, protocols: int) -> Iterator[dashboard.Todo]:
    count = resources + protocols
    yield dashboard.Todo(
        title=_("Relire ce qui a vieilli"),
        href=reverse("home:upkeep"),
        note=ngettext(
            "%(count)s ressource ou protocole à relire.",
            "%(count)s ressources ou protocoles à relire.",
            count,
        )
        % {"count": count},
        label=_("À relire"),
    )


def _drafts(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Publier ou planifier les pages en attente"),
        href=reverse("wagtailadmin_explore_root"),
        note=ngettext(
            "%(count)s page a un brouillon plus récent que sa version publiée.",
            "%(count)s pages ont un brouillon plus récent que leur version publiée.",
            count,
        )
        % {"count": count},
        label=_("Brouillon"),
    )


@dashboard.card(NetworkPerm.SEE_PROFESSIONAL_CONTACTS, order=60)
def find(user: Any, today: date) -> dashboard.Card:
    """Whom to call, in ten seconds: the box of « Je cherche… »."""
    return dashboard.Card("home/cards/find.html", {})
