"""Webinars for tests, in an agenda of their own."""

from datetime import date, time
from itertools import count
from typing import Any

from training.models import WebinarIndexPage, WebinarPage

_number = count(1)


def make_webinar(
    *, agenda: WebinarIndexPage | None = None, live: bool = True, **fields: Any
) -> WebinarPage:
    """A webinar of one evening; give `agenda`, or the only one is used."""
    parent = agenda or WebinarIndexPage.objects.get()
    number = next(_number)
    defaults = {
        "title": f"Webinaire {number}",
        "slug": f"webinaire-{number}",
        "theme": "Un thème",
        "held_on": date(2026, 12, 9),
        "starts_at": time(20, 30),
        "introduction": "Ce que l'on verra ensemble.",
        "live": live,
    }
    parent.refresh_from_db()
    page: WebinarPage = parent.add_child(instance=WebinarPage(**(defaults | fields)))
    return page
