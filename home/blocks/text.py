"""Headings, paragraphs and lists. Rich text is limited to what a short page needs."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["bold", "italic", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Titre de partie")
        template = "home/blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Paragraphe")
        template = "home/blocks/paragraph.html"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=FEATURES, **kwargs)


class ListBlock(blocks.StructBlock):
    """Points in any order, or steps in theirs."""

    numbered = blocks.BooleanBlock(
        label=_("Étapes numérotées"), required=False, help_text=_("Quand l’ordre compte.")
    )
    items = blocks.ListBlock(
        blocks.RichTextBlock(label=_("Point"), features=FEATURES), label=_("Points"), min_num=1
    )

    class Meta:
        icon = "list-ul"
        label = _("Liste")
        template = "home/blocks/list.html"
