"""Periodic work of patient education: whatever a stopped worker left late is done late."""

from datetime import datetime

from etp.actions.cycle_line import settle_cycles
from etp.actions.reminders import remind_all
from etp.actions.settle import settle_all
from portal.kit.ticks import every


@every(seconds=30)
def offer_free_seats(now: datetime) -> None:
    """Lapse the offers whose time is over, offer what is free to who waits, cycles last."""
    settle_all(now=now)
    settle_cycles(now=now)


@every(minutes=5)
def remind_of_places(now: datetime) -> None:
    """A week before and the day before, whoever has a place."""
    remind_all(now=now)
