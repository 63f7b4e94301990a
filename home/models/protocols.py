"""Protocols that the network shares: who wrote them, when they were read, on what they rest."""

from typing import Any, ClassVar, Self

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from home.blocks import BODY
from network.models.resource import AUDIENCES, READERS
from network.rules.directory import Audience, review_is_late
from portal.kit import clock
from portal.kit.frames import reader_of


class ProtocolQuerySet(PageQuerySet["ProtocolPage"]):
    def visible_to(self, user: Any) -> Self:
        """Published ones; those for professionals to who treats, coordinates or writes."""
        if getattr(user, "roles", frozenset()) & READERS:
            return self.live()
        return self.live().filter(audience=Audience.PUBLIC)


class ProtocolIndexPage(Page):
    """The list of protocols, each reader's own."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.ProtocolPage"]
    max_count = 1
    template = "home/protocols.html"

    class Meta:
        verbose_name = _("liste des protocoles")
        verbose_name_plural = _("listes des protocoles")

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs) | reader_of(request)
        protocols = ProtocolPage.objects.child_of(self).visible_to(context["reader"])
        return context | {"protocols": protocols.order_by("title")}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One copy for all visitors; whoever is signed in has the own list."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if reader_of(request)["reader"]:
            patch_cache_control(response, private=True)
        return response


class ProtocolPage(Page):
    """One protocol. Nobody's name stands in it: authors are told by their functions."""

    lede = models.TextField(_("chapeau"), max_length=400)
    audience = models.CharField(
        _("visible par"),
        max_length=13,
        choices=[(each.value, label) for each, label in AUDIENCES.items()],
        default=Audience.PROFESSIONALS.value,
    )
    version = models.CharField(_("version"), max_length=10, help_text=_("Exemple\u00a0: 1.2"))
    authors = models.CharField(
        _("rédigé par"),
        max_length=200,
        help_text=_("Des fonctions, aucun nom\u00a0: deux médecins de la douleur, une infirmière."),
    )
    reviewed_on = models.DateField(_("relu le"))
    review_on = models.DateField(_("à relire avant le"))
    words = models.CharField(
        _("autres mots"),
        max_length=300,
        blank=True,
        help_text=_("Les mots que l’on tape pour le trouver, séparés par des virgules."),
    )
    body = StreamField(BODY, verbose_name=_("contenu"))
    sources = StreamField(
        [("source", RichTextBlock(label=_("Source"), features=["italic", "link"]))],
        verbose_name=_("sources"),
    )

    objects: ClassVar[Any] = PageManager.from_queryset(ProtocolQuerySet)()
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lede"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audience"), FieldPanel("version")]),
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_on")]),
                FieldPanel("words"),
            ],
            heading=_("Qui l’a écrit, qui le lit, jusqu’à quand"),
        ),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    parent_page_types: ClassVar = ["home.ProtocolIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/protocol.html"

    class Meta:
        verbose_name = _("protocole")
        verbose_name_plural = _("protocoles")
        constraints = (
            models.CheckConstraint(
                condition=Q(review_on__gt=F("reviewed_on")),
                name="protocol_is_read_again_later",
                violation_error_message=_("La relecture suivante vient après celle-ci."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[each.value for each in Audience]),
                name="protocol_has_an_audience",
            ),
        )

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.lede

    @property
    def late(self) -> bool:
        return review_is_late(self.review_on, on=clock.today())

    @property
    def for_professionals(self) -> bool:
        return self.audience == Audience.PROFESSIONALS

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | reader_of(request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Strangers are sent to sign in for what is for professionals; patients are refused."""
        if self.for_professionals:
            if not request.user.is_authenticated:
                return redirect_to_login(request.path)
            if not request.user.roles & READERS:
                raise PermissionDenied
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if reader_of(request)["reader"]:
            patch_cache_control(response, private=True)
        return response
