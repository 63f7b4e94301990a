"""What waits for those who announce the webinars, and for those who sign the content."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import dashboard
from training.access import Perm
from training.models import WebinarIndexPage, WebinarPage
from training.selectors.evidence import count_to_read_again


@dashboard.todos(Perm.EDIT_WEBINARS, order=50)
def webinars_without_date(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Webinars announced with their month alone."""
    undated = WebinarPage.objects.live().upcoming(today).undated()
    count, first = undated.count(), undated.first()
    agenda = WebinarIndexPage.objects.first()
    if first and agenda:
        yield dashboard.Todo(
            title=_("Fixer la date des webinaires annoncés"),
            href=reverse("wagtailadmin_explore", args=[agenda.pk]),
            note=ngettext(
                "%(count)s webinaire annonce seulement son mois. Le prochain : %(title)s",
                "%(count)s webinaires annoncent seulement leur mois. Le prochain : %(title)s",
                count,
            )
            % {"count": count, "title": first.title},
            label=_("Date à venir"),
            state="info",
        )


@dashboard.todos(Perm.SIGN_SCIENCE, order=45)
def pages_whose_card_changed(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Published pages that quote a card changed since they were published."""
    count = count_to_read_again()
    if count:
        yield dashboard.Todo(
            title=_("Relire ce qui cite une fiche de preuve changée"),
            href=reverse("training:cards"),
            note=ngettext(
                "%(count)s page publiée cite une fiche qui a changé.",
                "%(count)s pages publiées citent une fiche qui a changé.",
                count,
            )
            % {"count": count},
            label=_("À relire"),
            state="wait",
        )
