"""How to reach somebody. Numbers of the network come from its settings, never from a text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import FEATURES


class ContactBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titre"), max_length=80)
    text = blocks.RichTextBlock(label=_("Texte"), features=FEATURES)
    secretariat = blocks.BooleanBlock(
        label=_("Afficher le téléphone du secrétariat"), required=False, default=True
    )
    email = blocks.EmailBlock(label=_("Adresse e-mail"), required=False)
    post = blocks.CharBlock(label=_("Adresse postale"), required=False, max_length=160)

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "home/blocks/contact.html"


class EmergencyBlock(blocks.StaticBlock):
    class Meta:
        icon = "warning"
        label = _("Numéros d’urgence")
        admin_text = _("Le 15, le 112, le 114 et le 3114, avec leur usage.")
        template = "home/blocks/emergency.html"
