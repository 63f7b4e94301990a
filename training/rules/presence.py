"""How long somebody attended a meeting by video, from the stays that the platform noted.

Decisions: a person who comes back, or comes with two devices, is counted once (union of the
stays); five minutes before the announced start and after the announced end still count, since
clocks differ and meetings overrun, but nobody attends longer than was planned; 80 % of the planned
time is attested by default.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.rules.spans import union

SKEW = timedelta(minutes=5)
THRESHOLD = 80
"""Percent of the planned time."""


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant, inside, to another, outside. Raises ValueError when it ends before."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a stay ends after it begins")


def seconds_present(stays: Iterable[Span], planned: Span) -> int:
    """Whole seconds attended, never more than planned."""
    known = union(
        ((stay.start, stay.end) for stay in stays), planned.start - SKEW, planned.end + SKEW
    )
    total = sum((end - start for start, end in known), timedelta())
    return min(total, planned.end - planned.start) // timedelta(seconds=1)


def is_attested(seconds: int, planned: Span, threshold: int = THRESHOLD) -> bool:
    """Whether so many seconds reach the threshold, a percent of the planned time."""
    whole = (planned.end - planned.start) // timedelta(seconds=1)
    return seconds > 0 and seconds * 100 >= whole * threshold
