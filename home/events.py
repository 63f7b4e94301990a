"""What the house tells once it is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """A computation of the indicators waits for a worker."""

    computation_id: int
