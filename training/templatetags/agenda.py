"""Events in words, honest about what is not fixed yet."""

from collections.abc import Iterable
from typing import TypedDict

from django import template
from django.utils.translation import gettext as _

from portal.kit import words
from training.models import WebinarPage

register = template.Library()
HOUR = 60  # minutes


class Line(TypedDict):
    """One line of `components/agenda.html`."""

    day: str
    detail: str
    title: str
    href: str
    note: str


@register.filter
def agenda_lines(webinars: Iterable[WebinarPage]) -> list[Line]:
    """`{% include "components/agenda.html" with items=webinars|agenda_lines %}`"""
    return [_line(webinar) for webinar in webinars]


@register.filter
def when(webinar: WebinarPage) -> str:
    """« Mercredi 9 décembre 2026 », « Janvier 2027, date à venir »."""
    if webinar.date_known:
        return words.capitalise(words.long_day(webinar.held_on))
    return _("%(month)s, date à venir") % {"month": words.capitalise(words.month(webinar.held_on))}


@register.filter
def duration(minutes: int) -> str:
    """« 45 minutes », « 1 heure », « 1 h 30 », « 7 heures »."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return words.plural(rest, _("minute"), _("minutes"))
    if not rest:
        return words.plural(hours, _("heure"), _("heures"))
    return f"{hours}{words.NBSP}h{words.NBSP}{rest:02d}"


def _line(webinar: WebinarPage) -> Line:
    day, detail = _two_lines(webinar)
    return {
        "day": day,
        "detail": detail,
        "title": words.typeset(webinar.title),
        "href": webinar.url or "",
        "note": words.typeset(webinar.theme),
    }


def _two_lines(webinar: WebinarPage) -> tuple[str, str]:
    year = str(webinar.held_on.year)
    if not webinar.date_known:
        name = words.capitalise(words.MONTHS[webinar.held_on.month - 1])
        return name, _("%(year)s, date à venir") % {"year": year}
    day = words.short_day(webinar.held_on)
    if webinar.starts_at:
        return day, f"{year}, {words.hour(webinar.starts_at)}"
    return day, year
