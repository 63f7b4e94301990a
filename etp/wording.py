"""Sentences of patient education that several pages share."""

from django.utils.translation import gettext_lazy as _

from etp.enums import SheetPart

PARTS = {
    SheetPart.NEEDS: _("Besoins"),
    SheetPart.SKILLS: _("Acquis"),
    SheetPart.OBJECTIVES: _("Objectifs"),
    SheetPart.PREFERENCES: _("Préférences"),
    SheetPart.CONSENT: _("Accord"),
}
