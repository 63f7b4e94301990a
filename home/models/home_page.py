"""The front page: one sentence, two buttons, three doors, what comes, and four figures."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import ContactBlock, DoorBlock, FigureBlock, LinkBlock
from portal.kit import clock
from training.selectors.agenda import next_webinars

WEBINARS_SHOWN = 3


class HomePage(Page):
    """The labyrinth beside the title is a template: it is drawn once in the whole portal."""

    headline = models.CharField(_("grand titre"), max_length=60)
    lede = models.TextField(_("chapeau"), max_length=300)
    buttons = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("boutons"),
        max_num=2,
        help_text=_("Le premier est plein, le second est cerné."),
    )
    doors = StreamField([("door", DoorBlock())], verbose_name=_("portes"), min_num=3, max_num=3)
    contact = StreamField([("contact", ContactBlock())], verbose_name=_("contact"), max_num=1)
    figures = StreamField(
        [("figure", FigureBlock())], verbose_name=_("chiffres"), blank=True, max_num=4
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("headline"), FieldPanel("lede"), FieldPanel("buttons")],
            heading=_("Ouverture"),
        ),
        FieldPanel("doors"),
        FieldPanel("contact"),
        FieldPanel("figures"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "home.StandardPage",
        "training.WebinarIndexPage",
        "training.TrainingIndexPage",
        "home.ProtocolIndexPage",
    ]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("page d’accueil")

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.lede

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "webinars": next_webinars(clock.today(), WEBINARS_SHOWN)
        }
