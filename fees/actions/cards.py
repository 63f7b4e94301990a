"""What accountants say of a difference of the chain of card payments."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fees.models import CardExplanation
from fees.reconcile.cards import Item
from network.actions.journal import record
from network.models import User

from .payment_steps import required
from .steps import Conflict


def explain_card(*, item: Item, words: str, by: User, now: datetime) -> CardExplanation:
    """Say why a thing of the chain differs, as it stands now. The same words twice are once.

    Raises Conflict without words, for what agrees, or once somebody else has explained it.
    """
    said = required(words)[:300]
    if not item.differs:
        raise Conflict(_("Rien à expliquer ici\u00a0: tout concorde."))
    with transaction.atomic():
        made, new = CardExplanation.objects.get_or_create(
            item=item.key,
            verdict=item.verdict,
            cents=item.cents,
            ended_at=None,
            defaults={"words": said, "at": now, "by": by},
        )
        if not new and (made.by_id != by.pk or made.words != said):
            raise Conflict(_("%(who)s l’a déjà expliqué.") % {"who": made.by})
        if new:
            record(verb="card_difference.explained", by=by, at=now, subject=f"écart {made.pk}")
    return made


def take_back_explanation(
    *, explanation: CardExplanation, by: User, now: datetime
) -> CardExplanation:
    """Put a difference back among those to explain. Twice is once."""
    with transaction.atomic():
        locked = CardExplanation.objects.select_for_update(no_key=True).get(pk=explanation.pk)
        if locked.ended_at is None:
            locked.ended_at, locked.ended_by = now, by
            locked.save(update_fields=["ended_at", "ended_by"])
            record(verb="card_difference.reopened", by=by, at=now, subject=f"écart {locked.pk}")
    return locked
