"""The public agenda for machines: a calendar to subscribe to, one event's file, news."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from portal.kit import clock
from portal.kit.words import typeset
from training.exports.agenda import CALENDAR, calendar_of_pages, when
from training.models import WebinarPage
from training.selectors.agenda import coming_dated

NEWS = 20


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All that is coming with a date and an hour; a calendar program asks again by itself."""
    text = calendar_of_pages(coming_dated(clock.today()), method=None)
    return HttpResponse(text, content_type=CALENDAR)


@login_not_required
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One event, to add to one's calendar."""
    live = WebinarPage.objects.live().public()
    page = live.filter(translation_key=key, locale=Locale.get_default()).first()
    if page is None or page.begins is None:
        raise Http404
    answer = HttpResponse(calendar_of_pages([page]), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return answer


class News(Feed[WebinarPage, None]):
    """What was announced last, month alone included."""

    feed_type = Rss201rev2Feed

    def title(self) -> str:
        return _("Agenda du réseau Ariane")

    def link(self) -> str:
        return reverse("training:meetings_rss")

    def description(self) -> str:
        return _("Les webinaires et les journées du réseau.")

    def items(self) -> list[WebinarPage]:
        live = WebinarPage.objects.live().public().filter(locale=Locale.get_default())
        return list(live.order_by("-first_published_at", "-pk")[:NEWS])

    def item_title(self, item: WebinarPage) -> str:
        return typeset(item.title)

    def item_description(self, item: WebinarPage) -> str:
        return f"{when(item)}. {typeset(item.introduction)}"

    def item_link(self, item: WebinarPage) -> str:
        return str(item.url)

    def item_guid(self, item: WebinarPage) -> str:
        return str(item.translation_key)

    item_guid_is_permalink = False


news = login_not_required(require_safe(News()))
