"""A notice: a state, a short title, a sentence."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import FEATURES

STATES = [
    ("info", _("information")),
    ("ok", _("bonne nouvelle")),
    ("wait", _("attention")),
    ("bad", _("danger")),
]


class NoticeBlock(blocks.StructBlock):
    state = blocks.ChoiceBlock(label=_("Ton"), choices=STATES, default="info")
    title = blocks.CharBlock(label=_("Titre"), max_length=80)
    text = blocks.RichTextBlock(label=_("Texte"), features=FEATURES)

    class Meta:
        icon = "warning"
        label = _("Encadré")
        template = "home/blocks/notice.html"
