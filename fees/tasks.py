"""Periodic work of the fee room."""

from datetime import datetime

from fees.actions.claim_mails import remind_all, tell_all_returned
from fees.actions.waiting import redecide_waiting_of
from fees.selectors.verify import starved
from portal.kit.ticks import every


@every(hours=24)
def decide_again_what_waits(now: datetime) -> None:
    """Heal what a lost event or a new line left undecided; nothing is written otherwise."""
    for patient_id in starved():
        redecide_waiting_of(patient_id=patient_id, now=now)


@every(hours=24)
def remind_of_claims(now: datetime) -> None:
    """What is not asked for: on the first days of a month, and before its window closes."""
    remind_all(now=now)


@every(hours=1)
def tell_of_returned_acts(now: datetime) -> None:
    """Notices whose event was lost."""
    tell_all_returned(now=now)
