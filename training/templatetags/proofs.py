"""Evidence cards in templates that hold the card itself."""

from django import template

from training.models import EvidenceCard
from training.selectors.proofs import Proof

register = template.Library()


@register.filter
def as_proof(card: EvidenceCard) -> Proof:
    """`{% with proof=card|as_proof %}`: what `components/evidence.html` shows of a card."""
    return Proof.of(card)
