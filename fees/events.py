"""What happened to acts, told after the commit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ActLogged:
    act_id: int


@dataclass(frozen=True, slots=True)
class ActAccepted:
    """An act that was waiting has become payable."""

    act_id: int


@dataclass(frozen=True, slots=True)
class LineReturned:
    """An accountant sent an act back to its professional, at that instant."""

    professional_id: int
    at: datetime
