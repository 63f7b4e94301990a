"""Reads of the agenda."""

from datetime import date

from training.models import WebinarPage


def next_webinars(today: date, count: int) -> list[WebinarPage]:
    """The next published events, the nearest first."""
    return list(WebinarPage.objects.live().public().upcoming(today)[:count])
