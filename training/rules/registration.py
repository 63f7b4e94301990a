"""Who may register for a meeting, and when: the same rule for the page and for the action.

Plain values in, a refusal or None out. The window of registration is counted in days of Paris,
both inside; it closes at the beginning of the meeting at the latest.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from training.enums import Audience, Mode, NoSeat, SeatState

PARIS = ZoneInfo("Europe/Paris")
LIVE = frozenset({SeatState.WAITING, SeatState.PAYING, SeatState.BOOKED})
"""The states of somebody who counts on coming."""
SEATED = frozenset({SeatState.PAYING, SeatState.BOOKED})
"""The states that hold a seat."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a meeting offers: `seats` by way of attending, none for one that is not offered."""

    starts_at: datetime | None
    seats: dict[Mode, int]
    audience: Audience = Audience.PROFESSIONALS
    opens_on: date | None = None
    closes_on: date | None = None
    called_off: bool = False


def refusal(terms: Terms, mode: Mode, *, doctor: bool, now: datetime) -> NoSeat | None:
    """Why this person may not register in this way now; None when yes.

    A full meeting refuses nobody: one waits for a seat.
    """
    today = now.astimezone(PARIS).date()
    against = {
        NoSeat.CALLED_OFF: terms.called_off,
        NoSeat.UNDATED: terms.starts_at is None,
        NoSeat.BEGUN: terms.starts_at is not None and terms.starts_at <= now,
        NoSeat.NOT_OFFERED: not terms.seats.get(mode),
        NoSeat.NOT_OPEN: terms.opens_on is not None and today < terms.opens_on,
        NoSeat.CLOSED: terms.closes_on is not None and today > terms.closes_on,
        NoSeat.DOCTORS_ONLY: terms.audience == Audience.DOCTORS and not doctor,
    }
    return next((reason for reason, holds in against.items() if holds), None)


def may_cancel(terms: Terms, now: datetime) -> bool:
    """Whether a registration may still be given up: until the beginning, date known or not."""
    return not terms.called_off and (terms.starts_at is None or now < terms.starts_at)
