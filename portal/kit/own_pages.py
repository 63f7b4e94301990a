"""A patient's own pages, room by room: where a person who has entered goes first, and what else.

A room registers in its `AppConfig.ready` (through a module it imports there):

    @own_page(order=50)
    def workshops(user: Any, patient: Any) -> OwnPage | None:
        return OwnPage(_("Mes ateliers"), reverse("etp:mine"))

`user` is None for whoever came by a personal link to an address without account. The first page
that `waits` for the person opens first, else the first of all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One door: its name and its address. `waits`: something is to be done there."""

    label: str | Promise
    href: str
    waits: bool = False


Provide = Callable[[Any, Any], OwnPage | None]
_PROVIDERS: list[tuple[int, Provide]] = []


def own_page(*, order: int) -> Callable[[Provide], Provide]:
    """Register the page of a room; it answers None when it holds nothing for this patient."""

    def register(provide: Provide) -> Provide:
        _PROVIDERS.append((order, provide))
        _PROVIDERS.sort(key=lambda each: each[0])
        return provide

    return register


def pages_of(user: Any, patient: Any) -> list[OwnPage]:
    """The pages that hold something for this patient, in their order."""
    return [page for _order, provide in _PROVIDERS if (page := provide(user, patient))]


def first_of(user: Any, patient: Any) -> str:
    """The address where this person goes first; the public home when no room holds anything."""
    pages = pages_of(user, patient)
    waiting = [page for page in pages if page.waits]
    return next((page.href for page in [*waiting, *pages]), "/")
