"""Reads of the agenda."""

from datetime import date

from django.utils.translation import get_language
from wagtail.models import Locale

from training.models import WebinarPage


def next_webinars(today: date, count: int) -> list[WebinarPage]:
    """The next published events in the language of the page, the nearest first."""
    coming = WebinarPage.objects.live().public().upcoming(today)
    return list(coming.filter(locale__language_code=get_language())[:count])


def coming_dated(today: date) -> list[WebinarPage]:
    """Every published event to come that has a date and an hour, in French."""
    coming = WebinarPage.objects.live().public().upcoming(today)
    return list(coming.filter(starts_at__isnull=False, locale=Locale.get_default()))
