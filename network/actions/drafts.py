"""Drafts that several pages may hold open: what one keeps never covers what another kept."""

from datetime import datetime, timedelta

AGAIN = timedelta(minutes=10)
"""Kept again by the same person within that time, a draft adds no line to the journal."""


class ChangedElsewhere(Exception):
    """The draft is no longer the one that the page showed: another page has kept it since."""


def stamp(kept_at: datetime | None) -> str:
    """What a page holds of the draft that it shows; empty when there is none."""
    return kept_at.isoformat() if kept_at else ""


def check_shown(kept_at: datetime | None, shown: str | None) -> None:
    """Raise ChangedElsewhere unless the draft is the one shown; None = no page showed it."""
    if shown is not None and shown != stamp(kept_at):
        raise ChangedElsewhere
