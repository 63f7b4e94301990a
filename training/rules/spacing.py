"""When a case comes back to its learner: at fixed days after it was finished for the first time.

Fixed days rather than adaptive ones, so that all learners' measures at day 30 and day 90 compare.
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from training.enums import Return

DAYS = (7, 30, 90)
"""Days after the first finish."""
OPEN_DAYS = 30
"""Days during which a mailed return may be opened; and the last may be mailed late."""


@dataclass(frozen=True, slots=True)
class Waiting[Learner: Hashable]:
    """A return that could be mailed: to whom, of which case, from which day."""

    learner: Learner
    case: int
    day: int  # 7, 30 or 90
    due_on: date


def due_dates(finished_on: date) -> list[tuple[int, date]]:
    """The return days, each with its date; `finished_on` is the first finish (Europe/Paris)."""
    return [(day, finished_on + timedelta(days=day)) for day in DAYS]


def standing(
    day: int, *, finished_on: date, mailed_on: date | None, opened: bool, today: date
) -> Return:
    """Where the return of that day stands. Raises KeyError for another day than 7, 30 or 90.

    A mailed return expires when it was not opened within 30 days. One never mailed expires when
    the next one is due, the last 30 days late: mailed then, it would measure another moment.
    """
    if opened:
        return Return.OPENED
    if mailed_on is not None:
        last_day = mailed_on + timedelta(days=OPEN_DAYS)
        return Return.MAILED if today <= last_day else Return.EXPIRED
    due_on = finished_on + timedelta(days=day)
    if today < due_on:
        return Return.UPCOMING
    if today == due_on:
        return Return.DUE
    return Return.LATE if today < finished_on + timedelta(days=_OVERTAKEN[day]) else Return.EXPIRED


def to_mail[Learner: Hashable](
    waiting: Iterable[Waiting[Learner]], *, already: Collection[Learner]
) -> list[Waiting[Learner]]:
    """At most one return for each learner: the one due for longest.

    `waiting` are returns due or late; `already` are the learners mailed a return today.
    """
    chosen: dict[Learner, Waiting[Learner]] = {}
    for each in sorted(waiting, key=lambda one: (one.due_on, one.day, one.case)):
        if each.learner not in already:
            chosen.setdefault(each.learner, each)
    return list(chosen.values())


_OVERTAKEN = dict(pairwise((*DAYS, DAYS[-1] + OPEN_DAYS)))
"""Day after the finish from which a return that was never mailed no longer is."""
