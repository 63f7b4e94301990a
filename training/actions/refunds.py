"""Money that goes back: by rule at once, else asked by one person and confirmed by another.

Nothing leaves from here: what is confirmed waits to be sent (`gateways/desk.py`).
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Sum

from portal.kit.events import publish
from training.enums import RefundCause, RefundState
from training.events import CardsToWatch
from training.models import CardPayment, CardRefund, Registration

GONE = (RefundState.REFUSED, RefundState.FAILED)


def unpromised(payment: CardPayment) -> int:
    """The cents of a payment that no refund, asked or made, has taken."""
    rows = payment.refunds.exclude(state__in=GONE)
    return payment.amount - (rows.aggregate(sum=Sum("amount"))["sum"] or 0)


def give_back(
    payment: CardPayment, cents: int, *, cause: RefundCause, now: datetime
) -> CardRefund | None:
    """A refund by rule, what is left of the payment at most; the caller holds its meeting's lock.

    What people have only asked for gives way: the rule has decided.
    """
    payment.refunds.filter(state=RefundState.ASKED).delete()
    amount = min(cents, unpromised(payment))
    if amount <= 0:
        return None
    made: CardRefund = CardRefund.objects.create(
        payment=payment,
        amount=amount,
        cause=cause,
        state=RefundState.CONFIRMED,
        asked_at=now,
        decided_at=now,
    )
    publish(CardsToWatch())
    return made


def give_back_of(
    registration: Registration,
    due: Callable[[int], int],
    *,
    cause: RefundCause,
    now: datetime,
) -> int:
    """Give back what the rule `due` makes of the payment of a seat; the cents that will go.

    A checkout still open is closed too. The caller holds the lock of the meeting.
    """
    if not registration.price:
        return 0
    publish(CardsToWatch())
    paid = registration.payments.filter(kept=True).first()
    if paid is None:
        return 0
    made = give_back(paid, due(paid.left), cause=cause, now=now)
    return made.amount if made else 0
