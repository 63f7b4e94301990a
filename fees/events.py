"""What happened to acts, told after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActLogged:
    act_id: int


@dataclass(frozen=True, slots=True)
class ActAccepted:
    """An act that was waiting has become payable."""

    act_id: int
