"""When a place is reminded of: a week before, then the day before, in the morning of Paris.

The morning is early enough for the programme's notice: a session at 8:00 may still be given up
twenty-four hours before. A date learnt after a reminder was due needs none: its own mail has just
said it.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MORNING = time(7)


class Reminder(StrEnum):
    WEEK = "week"
    DAY = "day"


DAYS_BEFORE = {Reminder.WEEK: 7, Reminder.DAY: 1}
HORIZON = timedelta(days=max(DAYS_BEFORE.values()) + 1)
"""Nothing further away is due."""


def due_from(reminder: Reminder, starts_at: datetime) -> datetime:
    """The instant from which this reminder is due; never less than its days before the start."""
    days = timedelta(days=DAYS_BEFORE[reminder])
    start = starts_at.astimezone(PARIS)
    return min(datetime.combine(start.date() - days, MORNING, PARIS), start - days)


def due(*, starts_at: datetime, made_at: datetime, now: datetime) -> Reminder | None:
    """The reminder that a place made then should have had by now; the nearest replaces the other.

    None once the session has begun.
    """
    if now >= starts_at:
        return None
    for reminder in (Reminder.DAY, Reminder.WEEK):
        since = due_from(reminder, starts_at)
        if now >= since:
            return reminder if made_at < since else None
    return None
