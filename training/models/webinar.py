"""Webinars and days of the network: announced with a date, or with their month alone."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from portal.kit import clock
from portal.kit.frames import reader_of
from training.blocks import RESOURCES, SPEAKERS
from training.enums import Audience, Mode, Subject

from .previews import some_clinician
from .prices import PRICE_PANEL, PROFILES, Priced

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
SUBJECTS = {
    Subject.PAIN: _("Douleur"),
    Subject.LONG_COVID: _("COVID long"),
    Subject.WORK: _("Travail"),
    Subject.VIOLENCE: _("Violences"),
    Subject.SPORT: _("Sport et handicap"),
    Subject.YOUTH: _("Enfants et adolescents"),
    Subject.NETWORK: _("Vie du réseau"),
}
VISITOR, CLINICIAN, REGISTERED = "visitor", "clinician", "registered"
PREVIEWS = [
    (VISITOR, _("Visiteur, sans compte")),
    (CLINICIAN, _("Soignant connecté")),
    (REGISTERED, _("Soignant inscrit")),
]
PAST_PER_PAGE = 20


class WebinarQuerySet(PageQuerySet["WebinarPage"]):
    def upcoming(self, today: date) -> Self:
        """Those that have not taken place before today, the nearest first."""
        return self.filter(held_on__gte=today).order_by("held_on", "starts_at", "pk")

    def past(self, today: date) -> Self:
        """Those of the days before today, the latest first."""
        return self.filter(held_on__lt=today).order_by("-held_on", "-starts_at", "-pk")

    def about(self, subject: str) -> Self:
        """Those on this subject; all of them without one."""
        return self.filter(subject=subject) if subject else self

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
        today, asked = clock.today(), request.GET.get("theme", "")
        subject = asked if asked in list(Subject) else ""
        own = WebinarPage.objects.live().child_of(self)
        webinars = own.about(subject)
        past = Paginator(webinars.past(today), PAST_PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "upcoming": list(webinars.upcoming(today)),
            "past": past.get_page(request.GET.get("page")),
            "subject": subject,
            "subjects": set(own.order_by().values_list("subject", flat=True).distinct()),
            **reader_of(request),
        }


class WebinarPage(Priced, Page):
    """One event on one theme.

    `held_on` is its day. While the month alone is known (`date_known` false), it is the last day
    of that month: the event then stays among the coming ones, after those with a date.
    """

    theme = models.CharField(_("thème"), max_length=120, help_text=_("Une ligne, dans l’agenda."))
    subject = models.CharField(
        _("sujet"),
        max_length=12,
        choices=[(s.value, label) for s, label in SUBJECTS.items()],
        default=Subject.PAIN.value,
        help_text=_("Pour trier l’agenda."),
    )
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
        SPEAKERS,
        verbose_name=_("intervenants"),
        blank=True,
        help_text=_("Par fonction\u00a0: «\u00a0un médecin du travail\u00a0», ou par nom."),
    )
    resources = StreamField(RESOURCES, verbose_name=_("ressources"), blank=True)
    registration = models.TextField(
        _("comment participer"),
        max_length=400,
        blank=True,
        help_text=_("Pour ceux qui n’ont pas de compte, ou quand on ne s’inscrit pas ici."),
    )
    link = models.URLField(
        _("lien de connexion"),
        blank=True,
        help_text=_("Donné aux inscrits seuls, quinze minutes avant. Jamais sur la page publique."),
    )
    seats_on_site = models.PositiveSmallIntegerField(
        _("places sur place"), default=0, help_text=_("0\u00a0: on ne s’inscrit pas ici.")
    )
    seats_remote = models.PositiveSmallIntegerField(_("places à distance"), default=0)
    opens_on = models.DateField(
        _("inscriptions à partir du"),
        null=True,
        blank=True,
        help_text=_("Vide\u00a0: tout de suite."),
    )
    closes_on = models.DateField(
        _("jusqu’au"), null=True, blank=True, help_text=_("Vide\u00a0: jusqu’au début.")
    )

    objects: ClassVar[Any] = WebinarManager()
    previewed = ""
    """The audience whose page a preview shows."""

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("theme"), FieldPanel("subject")]),
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
                FieldRowPanel([FieldPanel("place"), FieldPanel("link")]),
                FieldPanel("speakers"),
            ],
            heading=_("Qui et où"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("seats_on_site"), FieldPanel("seats_remote")]),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldPanel("registration"),
            ],
            heading=_("Inscriptions"),
        ),
        PRICE_PANEL,
        FieldPanel("introduction"),
        FieldPanel("programme"),
        FieldPanel("resources"),
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
        self._check_registration()
        if not self.date_known and self.held_on:
            self.held_on = self.held_on.replace(day=monthrange(*self.held_on.timetuple()[:2])[1])

    def _check_registration(self) -> None:
        refused = {}
        if self.seats_on_site and self.mode == Mode.VIDEO:
            refused["seats_on_site"] = _("Cette rencontre se tient en visioconférence seulement.")
        if self.seats_remote and self.mode == Mode.ON_SITE:
            refused["seats_remote"] = _("Cette rencontre se tient sur place seulement.")
        if self.date_known and (self.seats_on_site or self.seats_remote) and not self.starts_at:
            refused["starts_at"] = _("On s’inscrit ici\u00a0: donnez l’heure.")
        if self.is_paid and self.audience == Audience.EVERYBODY:
            refused["audience"] = _(
                "Seuls les professionnels paient\u00a0: choisissez un autre public."
            )
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            refused["closes_on"] = _("Les inscriptions finissent avant de commencer.")
        if refused:
            raise ValidationError(refused)

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
            "isAccessibleForFree": not self.is_paid,
        }
        if self.is_paid:
            event["offers"] = [
                {
                    "@type": "Offer",
                    "name": str(PROFILES[profile]),
                    "price": str(price),
                    "priceCurrency": "EUR",
                    "url": url,
                }
                for profile, price in self.prices.items()
            ]
        if begins:
            event["endDate"] = (begins + timedelta(minutes=self.minutes)).isoformat()
        return event

    @property
    def ends(self) -> datetime | None:
        """The instant of the end, when date and hour are known."""
        return self.begins + timedelta(minutes=self.minutes) if self.begins else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        url = request.build_absolute_uri(self.get_url(request) or "/")
        return super().get_context(request, *args, **kwargs) | {
            "event": self.event(url),
            **reader_of(request),
        }

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return list(PREVIEWS)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as each audience finds it; nothing is read of those who registered."""
        request.user = AnonymousUser() if mode_name == VISITOR else some_clinician()
        self.previewed = mode_name
        made: HttpResponse = super().serve_preview(request, mode_name)
        return made
