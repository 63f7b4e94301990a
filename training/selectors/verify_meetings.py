"""The recount of seats: what the database cannot hold in one row."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from portal.kit import clock
from portal.kit.verify import Breach, recount
from training.enums import SeatState
from training.models import Meeting, Registration
from training.rules.registration import SEATED

PATIENCE = timedelta(hours=1)
"""How long the periodic work may take to end a line."""


@recount("places des rencontres")
def recount_meetings(tally: Counter[str]) -> Iterator[Breach]:
    """Nobody waits where a seat is free, and no line outlives its meeting."""
    now = clock.now()
    rows = Registration.objects.order_by().values_list("meeting", "mode", "state")
    counted = Counter(rows.iterator())
    tally["inscriptions"] += sum(counted.values())
    for meeting in Meeting.objects.order_by("pk"):
        tally["rencontres"] += 1
        over = meeting.cancelled_at or meeting.starts_at
        gone = over is not None and over <= now - PATIENCE
        for mode, seats in meeting.terms.seats.items():
            waiting = counted[meeting.pk, mode, SeatState.WAITING]
            booked = sum(counted[meeting.pk, mode, state] for state in SEATED)
            subject = f"rencontre {meeting.pk}, {mode}"
            if waiting and gone:
                yield Breach(f"{subject}, en attente après la fin", waiting, 0)
            elif waiting and booked < seats and meeting.starts_at and not over_now(meeting):
                yield Breach(f"{subject}, places libres alors qu’on attend", seats - booked, 0)


def over_now(meeting: Meeting) -> bool:
    """Whether its line has ended, or is about to."""
    now = clock.now()
    begun = meeting.starts_at is not None and meeting.starts_at <= now
    return meeting.cancelled_at is not None or begun
