"""Reads of presence: whom the lines of a file name, and how long each was there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from training.enums import SeatState
from training.models import Meeting, Registration, Stay
from training.rules.presence import Span, is_attested, seconds_present


class Named(Protocol):
    """A line of a file: whom it names, from when to when."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def joined(self) -> datetime: ...
    @property
    def left(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Matched[L]:
    """The lines of those registered, and the names of nobody who is."""

    stays: dict[Registration, list[L]] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)


def match[L: Named](
    meeting: Meeting, lines: Iterable[L], folded: Callable[[str], str]
) -> Matched[L]:
    """Find who each line names among the seats: by address, else by a name that only one bears."""
    held = list(booked(meeting))
    by_email = {each.person.email.casefold(): each for each in held}
    named: dict[str, list[Registration]] = defaultdict(list)
    for each in held:
        named[folded(each.person.get_full_name())].append(each)
    found: Matched[L] = Matched()
    for line in lines:
        bearers = named.get(folded(line.name), [])
        who = by_email.get(line.email) or (bearers[0] if len(bearers) == 1 else None)
        if who:
            found.stays.setdefault(who, []).append(line)
        elif (name := line.name or line.email) not in found.strangers:
            found.strangers.append(name)
    return found


def booked(meeting: Meeting) -> Iterable[Registration]:
    """Those who hold a seat."""
    rows = meeting.registrations.filter(state=SeatState.BOOKED)
    return rows.select_related("person").order_by("person__last_name", "pk")


def planned(meeting: Meeting) -> Span | None:
    """When it was announced to be held; None without an hour."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return None
    return Span(meeting.starts_at, meeting.ends_at)


@dataclass(frozen=True, slots=True)
class Presence:
    """Whole minutes attended, and whether they are attested."""

    minutes: int
    attested: bool


def presence_of(spans: Iterable[Span], meeting: Meeting) -> Presence:
    span = planned(meeting)
    if span is None:
        return Presence(0, attested=False)
    seconds = seconds_present(spans, span)
    return Presence(seconds // 60, attested=is_attested(seconds, span))


def presences(meeting: Meeting) -> Mapping[int, Presence]:
    """By registration, for those of whom a stay is known."""
    spans: dict[int, list[Span]] = defaultdict(list)
    rows = Stay.objects.filter(registration__meeting=meeting)
    for pk, joined, left in rows.values_list("registration", "joined_at", "left_at"):
        spans[pk].append(Span(joined, left))
    return {pk: presence_of(own, meeting) for pk, own in spans.items()}
