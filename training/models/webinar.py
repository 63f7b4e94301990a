"""Webinars and days of the network: announced with a date, or with their month alone."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from portal.kit import clock
from training.blocks import RESOURCES
from training.enums import Audience, Mode

AUDIENCES = {
    Audience.PROFESSIONALS: _("ouvert à tous les soignants"),
    Audience.DOCTORS: _("réservé aux médecins"),
    Audience.EVERYBODY: _("ouvert à tous"),
}
MODES = {
    Mode.VIDEO: _("en visioconférence"),
    Mode.ON_SITE: _("sur place"),
    Mode.BOTH: _("sur place et en visioconférence"),
}
PAST_PER_PAGE = 20


class WebinarQuerySet(PageQuerySet["WebinarPage"]):
    def upcoming(self, today: date) -> Self:
        """Those that have not taken place before today, the nearest first."""
        return self.filter(held_on__gte=today).order_by("held_on", "starts_at", "pk")

    def past(self, today: date) -> Self:
        """Those of the days before today, the latest first."""
        return self.filter(held_on__lt=today).order_by("-held_on", "-starts_at", "-pk")

    def undated(self) -> Self:
        """Those whose month alone is announced."""
        return self.filter(date_known=False)


WebinarManager = PageManager.from_queryset(WebinarQuerySet)


class WebinarIndexPage(Page):
    """The agenda: what is coming, then what took place."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["training.WebinarPage"]
    max_count = 1
    template = "training/agenda.html"

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        webinars, today = WebinarPage.objects.live().child_of(self), clock.today()
        past = Paginator(webinars.past(today), PAST_PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "upcoming": list(webinars.upcoming(today)),
            "past": past.get_page(request.GET.get("page")),
        }


class WebinarPage(Page):
    """One event on one theme.

    `held_on` is its day. While the month alone is known (`date_known` false), it is the last day
    of that month: the event then stays among the coming ones, after those with a date.
    """

    theme = models.CharField(_("thème"), max_length=120, help_text=_("Une ligne, dans l’agenda."))
    held_on = models.DateField(
        _("date"),
        help_text=_(
            "Date encore inconnue ? Choisissez un jour du mois et décochez « date fixée »."
        ),
    )
    date_known = models.BooleanField(_("date fixée"), default=True)
    starts_at = models.TimeField(_("heure de début"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), default=60)
    audience = models.CharField(
        _("public"),
        max_length=14,
        choices=[(a.value, label) for a, label in AUDIENCES.items()],
        default=Audience.PROFESSIONALS.value,
    )
    mode = models.CharField(
        _("participation"),
        max_length=8,
        choices=[(m.value, label) for m, label in MODES.items()],
        default=Mode.VIDEO.value,
    )
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    introduction = models.TextField(_("résumé"), max_length=600)
    programme = RichTextField(
        _("programme"), blank=True, features=["bold", "italic", "link", "ul", "ol"]
    )
    speakers = StreamField(
        [("speaker", blocks.CharBlock(label=_("Fonction"), max_length=120))],
        verbose_name=_("intervenants"),
        blank=True,
        help_text=_("Par fonction : « un médecin du travail »."),
    )
    resources = StreamField(RESOURCES, verbose_name=_("ressources"), blank=True)
    registration = models.TextField(
        _("inscription"), max_length=400, blank=True, help_text=_("Comment participer.")
    )

    objects: ClassVar[Any] = WebinarManager()

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("theme"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("held_on"), FieldPanel("date_known")]),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("minutes")]),
            ],
            heading=_("Quand"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audience"), FieldPanel("mode")]),
                FieldPanel("place"),
                FieldPanel("speakers"),
            ],
            heading=_("Qui et où"),
        ),
        FieldPanel("introduction"),
        FieldPanel("programme"),
        FieldPanel("resources"),
        FieldPanel("registration"),
    ]
    parent_page_types: ClassVar = ["training.WebinarIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    template = "training/webinar.html"

    class Meta:
        verbose_name = _("webinaire ou journée")
        verbose_name_plural = _("webinaires et journées")
        constraints = [
            models.CheckConstraint(
                condition=Q(date_known=True) | Q(starts_at=None),
                name="webinar_without_date_has_no_hour",
                violation_error_message=_("Sans date fixée, n’annoncez pas d’heure."),
            )
        ]
        indexes = [models.Index(fields=["held_on"], name="webinar_by_day")]

    def clean(self) -> None:
        super().clean()
        if not self.date_known and self.starts_at:
            message = _("Sans date fixée, n’annoncez pas d’heure.")
            raise ValidationError({"starts_at": message})
        if self.mode == Mode.ON_SITE and not self.place:
            raise ValidationError({"place": _("Dites où se tient cette rencontre.")})
        if not self.date_known and self.held_on:
            self.held_on = self.held_on.replace(day=monthrange(*self.held_on.timetuple()[:2])[1])

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.introduction

    @property
    def is_past(self) -> bool:
        return self.held_on < clock.today()

    @property
    def begins(self) -> datetime | None:
        """The instant of the beginning, when date and hour are known."""
        if not (self.date_known and self.starts_at):
            return None
        return timezone.make_aware(datetime.combine(self.held_on, self.starts_at))

    def event(self, url: str) -> dict[str, Any] | None:
        """The event for search engines (schema.org); none while its date is not fixed."""
        if not self.date_known:
            return None
        begins = self.begins
        online = {"@type": "VirtualLocation", "url": url}
        place = {"@type": "Place", "name": self.place, "address": self.place}
        modes = {
            Mode.VIDEO: ("OnlineEventAttendanceMode", online),
            Mode.ON_SITE: ("OfflineEventAttendanceMode", place),
            Mode.BOTH: ("MixedEventAttendanceMode", [online, place] if self.place else online),
        }
        attendance, location = modes[Mode(self.mode)]
        event = {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": self.title,
            "description": self.summary,
            "startDate": (begins or self.held_on).isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": f"https://schema.org/{attendance}",
            "location": location,
            "url": url,
            "isAccessibleForFree": True,
        }
        if begins:
            event["endDate"] = (begins + timedelta(minutes=self.minutes)).isoformat()
        return event

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        url = request.build_absolute_uri(self.get_url(request) or "/")
        return super().get_context(request, *args, **kwargs) | {"event": self.event(url)}
