"""What the training room tells, once it is done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunFinished:
    run_id: int


@dataclass(frozen=True, slots=True)
class ModuleCompleted:
    enrolment_id: int


@dataclass(frozen=True, slots=True)
class CardChanged:
    card_id: int


@dataclass(frozen=True, slots=True)
class CardsToWatch:
    """Something waits to be asked of the card service, or sent to it."""
