"""When those who attended are asked what it was worth, and from how many answers it is shown.

Decisions: asked once it is over, and again 60 to 90 days later (what was of use in practice is
known by then); one reminder each; a link answers for a month more; nothing is shown under five
answers, which could be told apart.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from training.enums import Survey

LEAST = 5
"""Answers under which neither a mean nor a word is shown."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days since somebody attended: asked from, asked before; and days from a call to its
    reminder."""

    first: timedelta
    before: timedelta
    reminder: timedelta


WINDOWS = {
    Survey.HOT: Window(timedelta(0), timedelta(days=30), timedelta(days=7)),
    Survey.COLD: Window(timedelta(days=60), timedelta(days=90), timedelta(days=14)),
}
GRACE = timedelta(days=30)
"""How long a link still answers after the window."""


def is_asked(moment: Survey, since: datetime, now: datetime) -> bool:
    """Whether somebody who attended at `since` is to be asked now, when they were not yet."""
    window = WINDOWS[moment]
    return window.first <= now - since < window.before


def is_reminded(moment: Survey, since: datetime, asked_at: datetime, now: datetime) -> bool:
    """Whether one who was asked and has not answered is reminded now; once, says the caller."""
    return now - asked_at >= WINDOWS[moment].reminder and is_open(moment, since, now)


def is_open(moment: Survey, since: datetime, now: datetime) -> bool:
    """Whether an answer is still taken."""
    return now - since < WINDOWS[moment].before + GRACE
