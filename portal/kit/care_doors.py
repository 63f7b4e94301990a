"""Doors to care at the end of a clinical case: each room adds its own, the case imports none.

A room registers in its `AppConfig.ready` (through a module it imports there):

    @care_door(Perm.REFER, order=20, topics=("fibromyalgia",))
    def refer(user, topic):
        return Door(_("Adresser un patient"), reverse("…"), _("Une page, 15 jours."))

A room that is not built yet registers nothing, and shows none.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Door:
    """One real way on: what to do, verb first; where; one sentence."""

    label: str | Promise
    href: str
    note: str | Promise = ""


Provide = Callable[[Any, str], Door | None]


@dataclass(frozen=True, slots=True)
class _Registered:
    order: int
    perm: str | None
    topics: frozenset[str]
    provide: Provide


_DOORS: list[_Registered] = []


def care_door(
    perm: str | None = None, *, order: int, topics: Collection[str] = ()
) -> Callable[[Provide], Provide]:
    """Register a door for those who hold `perm` (None: everybody), on these topics (none: all).

    The function gets the user and the topic, and answers None when its door is shut.
    """

    def register(provide: Provide) -> Provide:
        _DOORS.append(_Registered(order, perm and str(perm), frozenset(topics), provide))
        _DOORS.sort(key=lambda each: each.order)
        return provide

    return register


def doors_for(user: Any, topic: str) -> list[Door]:
    """The doors open to this person at the end of a case on `topic`, in their order."""
    return [
        door
        for each in _DOORS
        if (each.perm is None or user.has_perm(each.perm))
        and (not each.topics or topic in each.topics)
        and (door := each.provide(user, topic))
    ]
