"""The doors of patient education."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from etp.access import Perm
from portal.kit.navigation import Entry, register
from portal.kit.own_pages import OwnPage, own_page

register(
    Entry(_("Mes ateliers"), "etp:mine", "calendar-days", Perm.BOOK, 20),
    Entry(_("Ateliers"), "etp:planning", "calendar-days", Perm.SEE_PLANNING, 25),
    Entry(_("Mes séances"), "etp:my_sessions", "calendar-check", Perm.ANIMATE, 35),
)


@own_page(order=50)
def workshops(user: Any, patient: Any) -> OwnPage:
    return OwnPage(_("Mes ateliers"), reverse("etp:mine"))
