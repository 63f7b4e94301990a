"""A page made of parts from several rooms: the page asks this registry, and imports none of them.

A room registers in its `AppConfig.ready` (through a module it imports there):

    @panel("patient", name="caps", order=10, perm=Perm.SEE_CAPS)
    def caps(request: HttpRequest, patient: Patient) -> Filled | None:
        return Filled("fees/panels/caps.html", {"meters": …})

The page shows `shown("patient", request, patient)`, each part already rendered.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Filled:
    """A template and its context; `request` and the context processors are added."""

    template: str
    context: dict[str, Any]


Fill = Callable[[HttpRequest, Any], Filled | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a page. `fill` gives None when there is nothing to show."""

    name: str
    order: int
    perm: str
    fill: Fill


@dataclass(frozen=True, slots=True)
class Shown:
    """A part ready to be shown."""

    name: str
    html: SafeString


_PANELS: dict[str, list[Panel]] = defaultdict(list)


def panel(page: str, *, name: str, order: int, perm: str) -> Callable[[Fill], Fill]:
    """Add a part to a page, for those who hold `perm` on the page's subject."""

    def register(fill: Fill) -> Fill:
        if any(each.name == name for each in _PANELS[page]):
            raise ValueError(f"panel registered twice on {page}: {name}")
        _PANELS[page].append(Panel(name, order, str(perm), fill))
        _PANELS[page].sort(key=lambda each: (each.order, each.name))
        return fill

    return register


def shown(page: str, request: HttpRequest, subject: Any) -> list[Shown]:
    """The parts of a page that this person may see on this subject, in their order."""
    parts = []
    for each in _PANELS[page]:
        if not request.user.has_perm(each.perm, subject):
            continue
        filled = each.fill(request, subject)
        if filled is not None:
            html = render_to_string(filled.template, filled.context, request)
            parts.append(Shown(each.name, html))
    return parts
