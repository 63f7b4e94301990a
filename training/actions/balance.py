"""What the card service owes and pays, stored as it tells it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from training.models import BalanceMove, CardPayment, Payout


class Move(Protocol):
    """A movement as read there; cents."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def intent(self) -> str: ...
    @property
    def gross(self) -> int: ...
    @property
    def fee(self) -> int: ...
    @property
    def net(self) -> int: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def available_on(self) -> date: ...


@transaction.atomic
def keep_moves(*, moves: Iterable[Move], payout: Payout | None) -> None:
    """Store movements, once each; those of a payout are told to be its own."""
    told = list(moves)
    payments = {
        each.intent: each
        for each in CardPayment.objects.filter(intent__in=[m.intent for m in told if m.intent])
    }
    rows = [
        BalanceMove(
            key=each.key,
            kind=each.kind,
            source=each.source,
            gross=each.gross,
            fee=each.fee,
            net=each.net,
            made_at=each.made_at,
            available_on=each.available_on,
            payment=payments.get(each.intent),
        )
        for each in told
    ]
    BalanceMove.objects.bulk_create(rows, ignore_conflicts=True)
    own = BalanceMove.objects.filter(key__in=[each.key for each in told])
    for each in own.filter(payment=None):  # told before its payment was known here
        intent = next(m.intent for m in told if m.key == each.key)
        if intent in payments:
            own.filter(pk=each.pk).update(payment=payments[intent])
    if payout:
        own.filter(payout=None).update(payout=payout)


@transaction.atomic
def keep_payout(
    *,
    key: str,
    amount: int,
    state: str,
    automatic: bool,
    arrives_on: date,
    now: datetime,
    reference: str = "",
) -> Payout:
    """Store a payout as it stands now; `reference` is what the bank's line repeats of it."""
    kept, _made = Payout.objects.update_or_create(
        key=key,
        defaults={
            "amount": amount,
            "state": state,
            "automatic": automatic,
            "arrives_on": arrives_on,
            "reference": reference[:255],
            "read_at": now,
        },
    )
    return kept
