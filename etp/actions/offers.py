"""Yes or no to an offer, whatever it holds: one seat, or one in each session of a cycle."""

from datetime import datetime
from uuid import uuid4

from etp.models import Place
from network.models import User

from .cycle_line import decline_cycle
from .cycles import book_cycle
from .places import accept, decline


def take(*, place: Place, by: User | None, now: datetime) -> None:
    """Take all that the offer of this place holds. Twice is once. Raises Refused, Busy."""
    if place.of_cycle_offer and place.cycle:
        book_cycle(cycle=place.cycle, patient=place.patient, request_id=uuid4(), by=by, now=now)
    else:
        accept(place=place, by=by, now=now)


def leave(*, place: Place, by: User | None, now: datetime) -> None:
    """Leave all of it to the next in line. Twice is once. Raises Refused, Busy."""
    if place.of_cycle_offer and place.cycle:
        decline_cycle(cycle=place.cycle, patient=place.patient, by=by, now=now)
    else:
        decline(place=place, by=by, now=now)
