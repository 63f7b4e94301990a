"""Movements and payouts of the card service, for tests that need no card service."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.test import override_settings

from fees.reconcile.card_facts import fee_at
from network.models import User
from portal.kit import clock
from tests.factories.bank_files import Line
from tests.factories.cards import pay
from tests.factories.meetings import make_meeting
from training.actions.balance import keep_moves, keep_payout
from training.actions.registrations import register
from training.enums import Mode, Profile
from training.models import CardPayment, Payout


@dataclass(frozen=True)
class Moved:
    """A movement as the gateway tells it."""

    key: str
    kind: str
    source: str
    intent: str
    gross: int
    fee: int
    net: int
    made_at: datetime
    available_on: date


def paid_seat(person: User) -> CardPayment:
    """120 euros for a day."""
    with override_settings(STRIPE_KEY="rk_test_tests"):
        seat = register(
            meeting=make_meeting(price_liberal=Decimal(120)),
            mode=Mode.VIDEO,
            by=person,
            now=clock.now(),
            profile=Profile.LIBERAL,
        )
    return pay(seat, person)


def charge(payment: CardPayment, *, on: date, rate: int = 150) -> Moved:
    fee = fee_at(payment.amount, rate)
    return Moved(
        key=f"txn_{payment.pk}",
        kind="charge",
        source=str(payment.charge),
        intent=str(payment.intent),
        gross=payment.amount,
        fee=fee,
        net=payment.amount - fee,
        made_at=datetime.combine(on, time(12), UTC),
        available_on=on,
    )


def paid_out(moves: list[Moved], *, on: date, key: str = "po_chain1") -> Payout:
    """The automatic payout of these movements, expected at the bank that day."""
    payout = keep_payout(
        key=key,
        amount=sum(each.net for each in moves),
        state="paid",
        automatic=True,
        arrives_on=on,
        now=clock.now(),
        reference=f"STRP{key.upper().replace('_', '')}",
    )
    keep_moves(moves=moves, payout=payout)
    return payout


def arrival(payout: Payout, *, named: bool = True, **fields: object) -> Line:
    """The bank's line of a payout."""
    said = {
        "cents": payout.amount,
        "day": payout.arrives_on,
        "name": "STRIPE PAYMENTS EUROPE",
        "text": f"STRIPE {payout.reference if named else ''}".strip(),
    }
    return Line(**(said | fields))  # type: ignore[arg-type]
