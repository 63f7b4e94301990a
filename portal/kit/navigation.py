"""The main navigation: each room registers its doors, the frame shows those one may open.

Import it inside `AppConfig.ready`: models must be loaded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One door: its words, the name of its address, its icon, who may open it, its place.

    `perm` None = everybody who is signed in. `order` goes by tens: the home is 0, daily work
    10–40, what is opened once a week 50–80. `inside` names the addresses of the doors that hold
    this one, for those who may open them too: their pages list it (`held_by`), with its `note`.
    """

    label: str | Promise
    url_name: str
    icon: str
    perm: str | None = None
    order: int = 50
    inside: str | tuple[str, ...] = ()
    note: str | Promise = ""

    @property
    def holders(self) -> frozenset[str]:
        return frozenset([self.inside] if isinstance(self.inside, str) else self.inside)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as shown to one person on one page."""

    label: str | Promise
    href: str
    icon: str
    current: bool = False
    note: str | Promise = ""


_ENTRIES: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Add doors, from `AppConfig.ready`; the name of the address is the key."""
    for entry in entries:
        _ENTRIES[entry.url_name] = entry


def links_for(user: Any, path: str) -> list[Link]:
    """The doors that this person may open, in order, the one that holds `path` marked."""
    allowed = _allowed(user)
    links = mark_current(map(_link, allowed), path)
    names = {entry.url_name for entry in allowed}
    pairs = zip(allowed, links, strict=True)
    holding = {name for entry, link in pairs if link.current for name in entry.holders}
    return [
        replace(link, current=link.current or entry.url_name in holding)
        for entry, link in zip(allowed, links, strict=True)
        if not entry.holders & names
    ]


def held_by(url_name: str, user: Any) -> list[Link]:
    """The doors inside that one which this person may open, in order."""
    return [_link(entry) for entry in _allowed(user) if url_name in entry.holders]


def holder_of(url_name: str, user: Any) -> Link | None:
    """The door that holds that one for this person: the way back from its page."""
    holders = _ENTRIES[url_name].holders
    return next((_link(entry) for entry in _allowed(user) if entry.url_name in holders), None)


def _allowed(user: Any) -> list[Entry]:
    allowed = [
        entry for entry in _ENTRIES.values() if entry.perm is None or user.has_perm(entry.perm)
    ]
    return sorted(allowed, key=lambda entry: entry.order)


def _link(entry: Entry) -> Link:
    return Link(entry.label, reverse(entry.url_name), entry.icon, note=entry.note)


def mark_current(links: Iterable[Link], path: str) -> list[Link]:
    """Mark the link whose address is the longest beginning of `path`."""
    links = list(links)
    holding = [link.href for link in links if path.startswith(link.href)]
    nearest = max(holding, key=len, default=None)
    return [replace(link, current=link.href == nearest) for link in links]
