"""Evidence cards as learners read them: the figure, and what it takes to believe it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from training.enums import CardState, Freshness, Grade
from training.models import EvidenceCard
from training.models.cards import CARD_STATES, FRESHNESS, GRADES


@dataclass(frozen=True, slots=True)
class Proof:
    """One card, with the names of `components/evidence.html`."""

    card: int
    figure: str
    claim: str
    population: str
    conflicts: str
    reference: str
    identifier: str
    link: str
    states: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, card: EvidenceCard) -> Self:
        return cls(
            card=card.pk,
            figure=card.figure,
            claim=card.claim,
            population=card.population,
            conflicts=card.conflicts,
            reference=card.reference,
            identifier=card.identifier,
            link=_link(card.identifier),
            states=tuple(_states(card)),
        )


def proofs(cards: Iterable[int]) -> list[Proof]:
    """The published cards among these, once each, in the order given. One query."""
    wanted = list(dict.fromkeys(cards))
    if not wanted:
        return []
    found = EvidenceCard.objects.filter(live=True).in_bulk(wanted)
    return [Proof.of(found[card]) for card in wanted if card in found]


def _states(card: EvidenceCard) -> Iterable[dict[str, Any]]:
    """A figure is « à vérifier » until it is signed, and says so before anything else."""
    signed = card.state == CardState.SIGNED
    yield {"state": "ok" if signed else "wait", "label": CARD_STATES[CardState(card.state)]}
    yield {"state": "info", "label": FRESHNESS[Freshness(card.freshness)]}
    if card.grade != Grade.NONE:
        yield {"state": "", "label": GRADES[Grade(card.grade)]}


def _link(identifier: str) -> str:
    """The official address of a DOI; other identifiers are said in words."""
    return f"https://doi.org/{identifier}" if identifier.startswith("10.") else ""
