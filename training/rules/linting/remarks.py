"""What a linter says, and what it must know of the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from training.enums import CardState, Flaw, Severity


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What matters here of an evidence card."""

    state: CardState
    review_on: date | None  # when it is to be read again
    has_reference: bool  # a DOI or an official id


@dataclass(frozen=True, slots=True)
class Remark:
    """A flaw, where it is (no `step_id`: the whole case), and the figures of its sentence."""

    code: Flaw
    severity: Severity
    step_id: str = ""
    option_id: str | None = None
    figures: Mapping[str, str | int] = field(default_factory=dict)
