"""What a coordinator must read before planning: who or what is taken twice, and what is unusual.

Nothing here forbids: each concern is shown, and the session may be planned all the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from etp.enums import Concern
from portal.kit.holidays import holiday


@dataclass(frozen=True, slots=True)
class Planned:
    """A session as a planning sees it. `site` None: by video, no room is taken.

    `room`: how many the room takes; `day`: its local date; `key` 0: not written yet.
    """

    key: int
    day: date
    starts_at: datetime
    ends_at: datetime
    facilitator: int
    trained: bool
    seats: int
    site: int | None = None
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A concern, and the other session that causes it when there is one."""

    concern: Concern
    other: int | None = None


def clashes(one: Planned, other: Planned) -> list[Concern]:
    """What two sessions both need at the same time; one may begin when the other ends."""
    if one.key == other.key or not (
        one.starts_at < other.ends_at and other.starts_at < one.ends_at
    ):
        return []
    found = []
    if one.facilitator == other.facilitator:
        found.append(Concern.FACILITATOR_TWICE)
    if one.site is not None and one.site == other.site:
        found.append(Concern.ROOM_TWICE)
    return found


def concerns(one: Planned, others: Iterable[Planned]) -> list[Found]:
    """All that there is to read about a session, given those that stand around it."""
    found = [Found(each, other.key) for other in others for each in clashes(one, other)]
    if holiday(one.day):
        found.append(Found(Concern.HOLIDAY))
    if not one.trained:
        found.append(Found(Concern.UNTRAINED))
    if one.room is not None and one.room < one.seats:
        found.append(Found(Concern.ROOM_SMALL))
    return found


def all_clashes(sessions: Iterable[Planned]) -> dict[int, list[Found]]:
    """The clashes among sessions, by key: each is compared with those that still run."""
    found: dict[int, list[Found]] = defaultdict(list)
    running: list[Planned] = []
    for each in sorted(sessions, key=lambda planned: (planned.starts_at, planned.key)):
        running = [other for other in running if other.ends_at > each.starts_at]
        for other in running:
            for concern in clashes(each, other):
                found[each.key].append(Found(concern, other.key))
                found[other.key].append(Found(concern, each.key))
        running.append(each)
    return dict(found)
