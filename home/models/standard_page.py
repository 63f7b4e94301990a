"""A page of text: a title, an opening paragraph, and blocks."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import BODY


class StandardPage(Page):
    menu_label = models.CharField(
        _("nom dans le menu"), max_length=20, blank=True, help_text=_("Un ou deux mots.")
    )
    lede = models.TextField(_("chapeau"), max_length=400)
    body = StreamField(BODY, verbose_name=_("contenu"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]
    promote_panels: ClassVar = [*Page.promote_panels, FieldPanel("menu_label")]
    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("page de texte")
        verbose_name_plural = _("pages de texte")

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.lede
