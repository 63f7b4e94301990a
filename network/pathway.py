"""The pathway: every allowed move of a patient's request and follow-up, its clocks, its delays.

Pure: no database, no clock. A move that is not in the table is forbidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from network.enums import Move, PathwayState

DECISION_DAYS = 15
"""From the complete file to the decision, calendar days (AMB-4)."""
URGENT_DAYS = 3
"""Days left from which a request is shown in red."""

_UNDECIDED = frozenset({PathwayState.INCOMPLETE, PathwayState.REQUESTED})
_OVER = frozenset(
    {
        PathwayState.ENDED,
        PathwayState.REDIRECTED,
        PathwayState.REFUSED,
        PathwayState.ARCHIVED,
    }
)
_FOLLOWED = frozenset({PathwayState.FOLLOWED})


@dataclass(frozen=True, slots=True)
class Leg:
    """The states that a move leaves from (None = no file yet), and the one that it leads to."""

    sources: frozenset[PathwayState | None]
    target: PathwayState


MOVES: Mapping[Move, Leg] = {
    Move.RECEIVED: Leg(frozenset({None}), PathwayState.INCOMPLETE),
    Move.COMPLETED: Leg(frozenset({PathwayState.INCOMPLETE}), PathwayState.REQUESTED),
    Move.ASKED: Leg(_UNDECIDED, PathwayState.INCOMPLETE),
    Move.INCLUDED: Leg(_UNDECIDED, PathwayState.FOLLOWED),
    Move.REDIRECTED: Leg(_UNDECIDED, PathwayState.REDIRECTED),
    Move.REFUSED: Leg(_UNDECIDED, PathwayState.REFUSED),
    Move.ARCHIVED: Leg(frozenset({PathwayState.INCOMPLETE}), PathwayState.ARCHIVED),
    Move.JOINED: Leg(_UNDECIDED, PathwayState.JOINED),
    Move.ASKED_AGAIN: Leg(_OVER, PathwayState.INCOMPLETE),
    Move.EVALUATED: Leg(_FOLLOWED, PathwayState.FOLLOWED),
    Move.REASSESSED: Leg(_FOLLOWED, PathwayState.FOLLOWED),
    Move.RENEWED: Leg(_FOLLOWED, PathwayState.FOLLOWED),
    Move.ENDED: Leg(_FOLLOWED, PathwayState.ENDED),
    Move.CORRECTED: Leg(_FOLLOWED, PathwayState.FOLLOWED),
}


class NotAllowed(Exception):
    """This move does not start from that state."""

    def __init__(self, state: PathwayState | None, move: Move) -> None:
        super().__init__(f"{move} from {state}")
        self.state, self.move = state, move


def after(state: PathwayState | None, move: Move) -> PathwayState:
    """The state that the move leads to. Raises NotAllowed."""
    leg = MOVES[move]
    if state not in leg.sources:
        raise NotAllowed(state, move)
    return leg.target


class Urgency(StrEnum):
    """How a request waits."""

    NOT_STARTED = "not_started"
    IN_TIME = "in_time"
    URGENT = "urgent"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of a request on a day, in calendar days.

    `since_received` runs from the first receipt. `due_on` and `left` run from the complete file,
    None as long as a piece is missing; `left` is negative once it is late.
    """

    since_received: int
    due_on: date | None
    left: int | None

    @property
    def urgency(self) -> Urgency:
        if self.left is None:
            return Urgency.NOT_STARTED
        if self.left < 0:
            return Urgency.LATE
        return Urgency.URGENT if self.left <= URGENT_DAYS else Urgency.IN_TIME


def due(completed_on: date) -> date:
    """The last day on which the answer is in time."""
    return completed_on + timedelta(days=DECISION_DAYS)


def clocks(received_on: date, completed_on: date | None, on: date) -> Clocks:
    """The clocks of a request as they stand on a day (AMB-4)."""
    due_on = due(completed_on) if completed_on else None
    return Clocks(
        since_received=(on - received_on).days,
        due_on=due_on,
        left=(due_on - on).days if due_on else None,
    )


DELAY_DAYS = 90
"""Days up to today over which the delays of answers are looked at: a quarter."""


@dataclass(frozen=True, slots=True)
class Delays:
    """Answers given to complete files: how many, how many in time, the median in days."""

    decided: int
    in_time: int
    median: float | None

    @property
    def share(self) -> float | None:
        return self.in_time / self.decided if self.decided else None


def delays(counts: Mapping[int, int]) -> Delays:
    """The delays of decisions, from how many took each number of days (1.16, AMB-4).

    Days run from the complete file to the decision; a decision dated before the file was complete
    took none. In time: the fifteenth day included.
    """
    taken = sorted((max(0, days), count) for days, count in counts.items())
    decided = sum(count for _, count in taken)
    in_time = sum(count for days, count in taken if days <= DECISION_DAYS)
    if not decided:
        return Delays(0, 0, None)
    lower, upper = _ranked(taken, (decided - 1) // 2), _ranked(taken, decided // 2)
    return Delays(decided, in_time, (lower + upper) / 2)


def _ranked(taken: list[tuple[int, int]], rank: int) -> int:
    """The days of the decision at that rank, from 0, the shortest first."""
    for days, count in taken:
        if rank < count:
            return days
        rank -= count
    raise IndexError(rank)
