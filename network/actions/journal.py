"""Write in the journal of accesses and changes."""

from datetime import datetime

from network.models import JournalEntry, Patient, User
from portal.kit.prepared import insert_row


def record(
    *,
    verb: str,
    by: User | None,
    at: datetime,
    patient: Patient | None = None,
    subject: str = "",
    reason: str = "",
) -> None:
    """Add one line. `verb` is `thing.past_tense` (`patient.read`); `subject`: no health data."""
    insert_row(
        JournalEntry(verb=verb, actor=by, at=at, patient=patient, subject=subject, reason=reason)
    )
