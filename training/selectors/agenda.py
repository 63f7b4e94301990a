"""Reads of the agenda."""

from datetime import date

from django.utils.translation import get_language

from training.models import WebinarPage


def next_webinars(today: date, count: int) -> list[WebinarPage]:
    """The next published events in the language of the page, the nearest first."""
    coming = WebinarPage.objects.live().public().upcoming(today)
    return list(coming.filter(locale__language_code=get_language())[:count])
