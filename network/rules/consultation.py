"""Rules of consultations: which site is near, which slot to propose, how long one waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from statistics import median

WAIT_DAYS = 91
"""Days over which the median wait is counted: about three months, the last one inside."""


class Nearness(IntEnum):
    """How near a site is, by postcodes alone; the smaller, the nearer."""

    SAME_POSTCODE = 0
    SAME_DEPARTMENT = 1
    ELSEWHERE = 2
    UNKNOWN = 3


def department(postcode: str) -> str:
    """The first digits of a postcode that tell the department; three overseas."""
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]


def nearness(home: str, site: str) -> Nearness:
    """The same postcode first, then the same department; no distance is claimed beyond.

    UNKNOWN when one of the two postcodes is missing.
    """
    if not home or not site:
        return Nearness.UNKNOWN
    if home == site:
        return Nearness.SAME_POSTCODE
    if department(home) == department(site):
        return Nearness.SAME_DEPARTMENT
    return Nearness.ELSEWHERE


@dataclass(frozen=True, slots=True)
class Free:
    """A free slot, as a choice: its key, its instant, its site's postcode."""

    slot: int
    starts_at: datetime
    postcode: str


def nearest(free: Sequence[Free], home: str) -> Free | None:
    """The soonest slot at the nearest sites; None when no site is told from another."""
    if not home:
        return None
    return min(free, key=lambda each: (nearness(home, each.postcode), each.starts_at), default=None)


def soonest(free: Iterable[Free]) -> Free | None:
    return min(free, key=lambda each: each.starts_at, default=None)


def clash(starts_at: datetime, minutes: int, others: Iterable[tuple[datetime, int]]) -> bool:
    """Whether that time shares a minute with one of the others (start, minutes)."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return any(
        starts_at < other + timedelta(minutes=length) and other < ends_at
        for other, length in others
    )


@dataclass(frozen=True, slots=True)
class Wait:
    """The wait at a site. `next_days`: to the next free slot; `median_days`: of who came.

    None: no free slot, or nobody in the last three months. `count`: how many the median counts.
    """

    next_days: int | None
    median_days: int | None
    count: int


def wait(today: date, next_free: date | None, waited: Sequence[tuple[date, date]]) -> Wait:
    """The wait at a site, from its next free day and (inclusion, consultation) pairs."""
    spans = [(held_on - included_on).days for included_on, held_on in waited]
    return Wait(
        next_days=(next_free - today).days if next_free else None,
        median_days=round(median(spans)) if spans else None,
        count=len(spans),
    )
