"""Dates and places as a choice shows them, in forms and in pages alike."""

from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from etp import wording
from etp.models import Session
from portal.kit.words import plural


def day_hour(at: datetime) -> SafeString:
    """**Jeudi 3 décembre**, 14 h 30"""
    return format_html("<strong>{}</strong>, {}", *wording.day_hour(at))


def short_place(session: Session) -> str:
    """« Maison des Lilas, Paris, ascenseur », « En vidéo, depuis chez vous »."""
    if session.site is None:
        return _("En vidéo, depuis chez vous")
    parts = (session.site.name, session.site.city, session.site.access)
    return ", ".join(filter(None, parts))


def seats(count: int) -> str:
    """4 places"""
    return plural(count, _("place"), _("places"))
