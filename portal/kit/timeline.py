"""A pathway told on one page by several rooms: each registers the events that it knows.

A room registers in its `AppConfig.ready` (through a module it imports there):

    @events("patient", perm=Perm.SEE_CAPS)
    def acts(user, patient, today):
        yield Event(on=date(2026, 3, 31), title=_("3 actes notés"))

The page shows `gathered("patient", user, patient, today)`. A provider asks a number of queries
that does not grow with what it tells.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day, or is to come. `href`: where more is told."""

    on: date
    title: Words
    note: Words = ""
    href: str = ""


Provider = Callable[[Any, Any, date], Iterable[Event]]
_PROVIDERS: dict[str, list[tuple[str, Provider]]] = defaultdict(list)


def events(page: str, *, perm: str) -> Callable[[Provider], Provider]:
    """Register what a room tells on a page, to those who hold `perm` on its subject."""

    def register(provider: Provider) -> Provider:
        _PROVIDERS[page].append((str(perm), provider))
        return provider

    return register


def gathered(page: str, user: Any, subject: Any, today: date) -> list[Event]:
    """All that this person may be told of the subject, by day."""
    told = [
        event
        for perm, provider in _PROVIDERS[page]
        if user.has_perm(perm, subject)
        for event in provider(user, subject, today)
    ]
    return sorted(told, key=lambda event: event.on)
