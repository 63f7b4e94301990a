"""Rules of requests: which reminder an incomplete one is at, who needs a representative."""

from datetime import date
from enum import StrEnum

from network.rules.identity import born_after_for_minors

REMIND_DAYS = 30
"""Days without any step after which an incomplete request is recalled: a month of holidays."""
REMIND_AGAIN_DAYS = 60
"""Days after which it is recalled once more."""
ARCHIVE_DAYS = 90
"""Days after which it is archived; it can be made again, and nothing of it is lost."""
DRAFT_DAYS = 365
"""Days without any change after which a draft is forgotten (context 2.15, proposal)."""


class Overdue(StrEnum):
    """How long an incomplete request has waited for its pieces."""

    NOT_YET = "not_yet"
    REMIND = "remind"
    REMIND_AGAIN = "remind_again"
    ARCHIVE = "archive"


def overdue(last_step_on: date, on: date) -> Overdue:
    """What is due on that day for a request whose last step was written on the other."""
    waited = (on - last_step_on).days
    if waited >= ARCHIVE_DAYS:
        return Overdue.ARCHIVE
    if waited >= REMIND_AGAIN_DAYS:
        return Overdue.REMIND_AGAIN
    return Overdue.REMIND if waited >= REMIND_DAYS else Overdue.NOT_YET


def is_minor(birth_date: date, on: date) -> bool:
    return birth_date > born_after_for_minors(on)
