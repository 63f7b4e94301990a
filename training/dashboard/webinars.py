"""What waits for those who announce the webinars."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import dashboard
from training.access import Perm
from training.models import WebinarIndexPage, WebinarPage


@dashboard.todos(Perm.EDIT_WEBINARS, order=50)
def webinars_without_date(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Webinars announced with their month alone."""
    agenda = Subquery(WebinarIndexPage.objects.values("pk")[:1])
    coming = WebinarPage.objects.live().upcoming(today).undated()
    undated = list(coming.values_list("title", agenda))
    count = len(undated)
    if undated and undated[0][1]:
        title, place = undated[0]
        yield dashboard.Todo(
            title=_("Fixer la date des webinaires annoncés"),
            href=reverse("wagtailadmin_explore", args=[place]),
            note=ngettext(
                "%(count)s webinaire annonce seulement son mois. Le prochain : %(title)s",
                "%(count)s webinaires annoncent seulement leur mois. Le prochain : %(title)s",
                count,
            )
            % {"count": count, "title": title},
            label=_("Date à venir"),
            state="info",
        )
