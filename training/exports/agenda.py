"""The agenda outside its pages: a calendar file, a date in words."""

from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from portal.kit.calendar import Appointment, Method, calendar_text
from portal.kit.links import absolute
from portal.kit.words import capitalise, long_day, month, typeset
from training.models import Meeting, WebinarPage

CALENDAR = "text/calendar; charset=utf-8"


def calendar_of_pages(
    pages: Iterable[WebinarPage], *, method: Method | None = Method.PUBLISH
) -> str:
    """The events of these pages that have a date and an hour; those called off are marked so."""
    pages = list(pages)
    keys = [page.translation_key for page in pages]
    meetings = {each.key: each for each in Meeting.objects.filter(key__in=keys)}
    events = []
    for page in pages:
        meeting = meetings.get(page.translation_key)
        if page.begins is None or page.ends is None or meeting is None:
            continue
        events.append(
            Appointment(
                uid=page.translation_key,
                title=typeset(page.title),
                starts_at=page.begins,
                ends_at=page.ends,
                where=page.place or str(page.get_mode_display()),
                link=absolute(page.url or "/"),
                sequence=meeting.sequence,
                changed_at=meeting.changed_at,
                cancelled=meeting.cancelled_at is not None,
            )
        )
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return calendar_text(events, name=_("Agenda du réseau"), method=method, sender=sender)


def when(webinar: WebinarPage) -> str:
    """« Mercredi 9 décembre 2026 », « Janvier 2027, date à venir »."""
    if webinar.date_known:
        return capitalise(long_day(webinar.held_on))
    return _("%(month)s, date à venir") % {"month": capitalise(month(webinar.held_on))}
