"""Periodic work of the fee room."""

from datetime import datetime

from fees.actions.advice import tell_payees
from fees.actions.waiting import redecide_waiting_of
from fees.selectors.verify import starved
from portal.kit.ticks import every


@every(hours=24)
def decide_again_what_waits(now: datetime) -> None:
    """Heal what a lost event or a new line left undecided; nothing is written otherwise."""
    for patient_id in starved():
        redecide_waiting_of(patient_id=patient_id, now=now)


@every(hours=24)
def tell_again_who_was_paid(now: datetime) -> None:
    """Heal the mails that a lost event left unwritten; each is written once."""
    tell_payees(now=now)
