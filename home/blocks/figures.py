"""Figures: none without the source that it comes from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class FigureBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Ce que l’on mesure"), max_length=40)
    value = blocks.CharBlock(label=_("Chiffre"), max_length=20)
    detail = blocks.CharBlock(label=_("Précision"), max_length=160)
    source = blocks.CharBlock(label=_("Source"), max_length=160)

    class Meta:
        icon = "order"
        label = _("Chiffre")


class FiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(FigureBlock(), label=_("Chiffres"), min_num=2, max_num=4)

    class Meta:
        icon = "order"
        label = _("Chiffres avec leur source")
        template = "home/blocks/figures.html"
