"""The personal link of a mail: how long it opens, for how long, and after how many tries no more.

Decisions: sixty days, so that a link outlives the weeks between two appointments; an entry
lasts half a day; five wrong birth dates close the link for good.
"""

from datetime import datetime, timedelta

LINK_LASTS = timedelta(days=60)
ENTRY_LASTS = timedelta(hours=12)
TRIES = 5
JUST_SENT = timedelta(minutes=1)
"""A second sending within that time is the same click twice."""


def opens(
    *, expires_at: datetime, revoked_at: datetime | None, failures: int, now: datetime
) -> bool:
    """Whether the link still opens a door, once the birth date is given."""
    return revoked_at is None and now < expires_at and failures < TRIES
