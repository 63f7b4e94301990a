"""The doors of patient education for those who run it."""

from django.utils.translation import gettext_lazy as _

from etp.access import Perm
from portal.kit.navigation import Entry, register

register(
    Entry(_("Ateliers"), "etp:planning", "calendar-days", Perm.SEE_PLANNING, 25),
    Entry(_("Mes séances"), "etp:my_sessions", "calendar-check", Perm.ANIMATE, 35),
)
