"""The doors of the training room."""

from django.utils.translation import gettext_lazy as _

from portal.kit.navigation import Entry, register
from training.access import Perm

register(
    Entry(_("Se former"), "training:home", "graduation-cap", Perm.LEARN, 40),
    Entry(_("Heures"), "training:hours", "hourglass", Perm.SEE_HOURS, 65),
    Entry(_("Organisme"), "training:body", "stamp", Perm.EDIT_BODY, 70),
    Entry(_("Questions"), "training:questions", "chart-column", Perm.SEE_STATISTICS, 55),
)
