"""The waiting list: whose turn it is, and until when one may give up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .booking import Slot, Standing, decide


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person in line, in the order of (`since`, `key`). `session` None: for any date."""

    key: int
    person: int
    since: datetime
    session: int | None = None


def line_for(
    slot: Slot,
    waits: Iterable[Waiting],
    people: Mapping[int, Standing],
    given_up: Mapping[int, datetime],
    *,
    now: datetime,
) -> list[Waiting]:
    """Those who may be offered a seat of this session, in their order.

    `given_up`: when each person last gave up a place of this very session (cancelled, declined,
    let lapse): it is not offered to them again unless they asked to wait after that.
    """
    return [
        each
        for each in sorted(waits, key=lambda each: (each.since, each.key))
        if each.session in (None, slot.session)
        and not (each.person in given_up and given_up[each.person] >= each.since)
        and decide(slot, people[each.person], free=1, now=now) is None
    ]


def line_for_cycle(
    slots: Collection[Slot],
    waits: Iterable[Waiting],
    people: Mapping[int, Standing],
    *,
    now: datetime,
) -> list[Waiting]:
    """Those who may be offered a seat in each of these sessions at once, in their order."""
    together = [each.session for each in slots]
    return [
        each
        for each in sorted(waits, key=lambda each: (each.since, each.key))
        if all(
            decide(slot, people[each.person], free=1, now=now, cycle=together) is None
            for slot in slots
        )
    ]


def rank(wait: Waiting, line: Iterable[Waiting]) -> int:
    """The honest place in line, from 1: those before who may be offered the same seats."""
    before = {each.person for each in line if (each.since, each.key) < (wait.since, wait.key)}
    return len(before - {wait.person}) + 1


def may_still_give_up(now: datetime, starts_at: datetime, notice_hours: int) -> bool:
    """Whether a patient may cancel or move by herself: the programme asks for that notice."""
    return now <= starts_at - timedelta(hours=notice_hours)
