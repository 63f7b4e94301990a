"""The doors of patient education."""

from django.utils.translation import gettext_lazy as _

from etp.access import Perm
from portal.kit.navigation import Entry, register

register(
    Entry(_("Mes ateliers"), "etp:mine", "calendar-days", Perm.BOOK, 20),
    Entry(_("Ateliers"), "etp:planning", "calendar-days", Perm.SEE_PLANNING, 25),
    Entry(_("Mes séances"), "etp:my_sessions", "calendar-check", Perm.ANIMATE, 35),
)
