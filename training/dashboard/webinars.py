"""What waits for those who announce the webinars."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import dashboard
from training.access import Perm
from training.models import WebinarIndexPage, WebinarPage


@dashboard.todos(Perm.EDIT_WEBINARS, order=50)
def webinars_without_date(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Webinars announced with their month alone."""
    titles = WebinarPage.objects.live().upcoming(today).undated().values_list("title", flat=True)
    undated = list(titles)
    agenda = WebinarIndexPage.objects.first() if undated else None
    if agenda:
        count = len(undated)
        yield dashboard.Todo(
            title=_("Fixer la date des webinaires annoncés"),
            href=reverse("wagtailadmin_explore", args=[agenda.pk]),
            note=ngettext(
                "%(count)s webinaire annonce seulement son mois. Le prochain : %(title)s",
                "%(count)s webinaires annoncent seulement leur mois. Le prochain : %(title)s",
                count,
            )
            % {"count": count, "title": undated[0]},
            label=_("Date à venir"),
            state="info",
        )
