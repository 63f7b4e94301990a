"""Personal links of patients."""

from datetime import datetime

from network.actions.journal import record
from network.models import Patient, User


def send_personal_link(*, patient: Patient, by: User | None, now: datetime) -> None:
    """Mail the patient's own door to the workshops."""
    record(verb="link.sent", by=by, at=now, patient=patient)
