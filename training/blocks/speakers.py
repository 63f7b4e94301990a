"""Who speaks at a webinar: by function, or by name with the declared interests."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NamedSpeaker(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Nom"), max_length=120)
    function = blocks.CharBlock(label=_("Fonction"), max_length=120)
    interests = blocks.CharBlock(
        label=_("Liens d’intérêts"),
        max_length=300,
        help_text=_("Tels que déclarés\u202f; «\u00a0aucun\u00a0» s’il n’y en a pas."),
    )

    class Meta:
        icon = "user"
        label = _("Intervenant, avec ses liens d’intérêts")


SPEAKERS = [
    ("speaker", blocks.CharBlock(label=_("Fonction seule"), max_length=120)),
    ("person", NamedSpeaker()),
]
