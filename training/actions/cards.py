"""What becomes of the pages that quote a card, when the card changes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.kit import events
from training.events import CardChanged
from training.models import CardChange, EvidenceCard


def watched_values(card_id: int) -> dict[str, Any] | None:
    """What readers are shown of a card that is stored."""
    return EvidenceCard.objects.filter(pk=card_id).values(*CardChange.watched).first()


@transaction.atomic
def note_card_change(*, card: EvidenceCard, before: dict[str, Any], now: datetime) -> bool:
    """Remember that a card changed under its readers' eyes; False when nothing they see did.

    `before`: the watched values of a card that was live, read before it was saved.
    """
    after = watched_values(card.pk)
    if after is None or after == before:
        return False
    CardChange.objects.create(card=card, at=now, before=before, after=after)
    events.publish(CardChanged(card.pk))
    return True
