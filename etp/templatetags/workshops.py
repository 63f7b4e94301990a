"""Dates and places of sessions, as patients read them."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from etp import wording
from etp.actions.letters import when_of, where_of
from etp.enums import Mode
from etp.forms import labels
from etp.models import Place, Session
from etp.models.session import MODES
from etp.tokens import place_token
from portal.kit.words import NBSP, plural

register = template.Library()
register.filter("day_hour", labels.day_hour)
register.filter("place_short", labels.short_place)
register.filter("seats", labels.seats)


@register.filter
def when(session: Session) -> str:
    """`{{ session|when }}` → jeudi 3 décembre 2026, de 14 h 30 à 16 h"""
    return when_of(session)


@register.filter
def where(session: Session) -> str:
    """The whole address, or the video."""
    return where_of(session)


@register.filter
def day_hour_inside(at: datetime) -> str:
    """`{{ session.starts_at|day_hour_inside }}` → jeudi 3 décembre, inside a sentence"""
    day, _hour = wording.day_hour(at)
    return day[:1].lower() + day[1:]


@register.filter
def duration(minutes: int) -> str:
    """`{{ workshop.minutes|duration }}` → 45 minutes, 1 heure, 1 h 30"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}{_('minutes')}"
    if not rest:
        return plural(hours, _("heure"), _("heures"))
    return f"{hours}{NBSP}h{NBSP}{rest:02d}"


@register.filter
def modes_in_words(modes: frozenset[str]) -> str:
    """« sur place ou en vidéo »"""
    return _(" ou ").join(str(MODES[mode]) for mode in Mode if mode in modes)


@register.filter
def notice_in_words(hours: int) -> str:
    """Until when one may give a place up: « jusqu’à 24 heures avant »."""
    if not hours:
        return _("jusqu’au début")
    return _("jusqu’à %(hours)s avant") % {"hours": plural(hours, _("heure"), _("heures"))}


@register.simple_tag
def booking_steps() -> list[str]:
    """The three screens of a booking."""
    return [_("Atelier"), _("Date"), _("Confirmation")]


@register.filter
def token(place: Place) -> str:
    """`{% url "etp:place" place|token %}`: the address of one place."""
    return place_token(place.uid)


@register.filter
def rank(place: int) -> SafeString:
    """`{{ line.rank|rank }}` → 3e, its letter raised"""
    return format_html("{}<sup>{}</sup>", place, "re" if place == 1 else "e")
