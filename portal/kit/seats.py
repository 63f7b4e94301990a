"""Numbered seats, and how long one is held for whoever waited.

Decision: an offer holds a quarter of the time left before the start, a day at most and ten
minutes at least, and never beyond the start.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

LONGEST = timedelta(hours=24)
SHORTEST = timedelta(minutes=10)


def lowest_free(taken: Collection[int], capacity: int) -> int | None:
    """The first free seat, counted from 1; None when it is full."""
    return next((seat for seat in range(1, capacity + 1) if seat not in taken), None)


def offer_until(now: datetime, starts_at: datetime) -> datetime | None:
    """When an offer made now lapses; None once it has begun."""
    left = starts_at - now
    if left <= timedelta(0):
        return None
    return min(now + max(SHORTEST, min(LONGEST, left / 4)), starts_at)
