"""The doors of patient education."""

from django.utils.translation import gettext_lazy as _

from etp.access import Perm
from portal.kit.navigation import Entry, register

register(
    Entry(_("Bilans éducatifs"), "etp:assessments", "clipboard-list", Perm.ASSESS, 35),
)
