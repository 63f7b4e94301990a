"""What the chain of card payments is made of, as plain values, and the card service's prices.

Cents of euros. Names of movements: the card service's « balance transaction types ».
"""

from dataclasses import dataclass
from datetime import date

CHARGES = frozenset({"charge", "payment"})
REFUNDS = frozenset({"refund", "payment_refund"})
FAILED_REFUNDS = frozenset({"refund_failure", "payment_failure_refund"})
ADJUSTMENTS = frozenset({"adjustment"})
FEES = frozenset({"stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost"})
OUT = frozenset({"payout"})
OUT_AND_BACK = OUT | {"payout_failure", "payout_cancel"}
"""What leaves for the bank, or comes back from it: the payout itself, none of its contents."""
FIXED = 25
EUROPE = (150, 190)
"""Hundredths of a percent, ordinary and premium cards of the European area."""
ELSEWHERE = {250: "cartes britanniques", 325: "cartes hors d’Europe"}
"""The public price list in France of the card service; a contract may say otherwise."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the portal holds it. `other_kept`: another one has paid the same seat."""

    key: int
    uid: str
    cents: int
    refunded: int
    settled: bool
    kept: bool
    other_kept: bool
    dispute: str
    on: date


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund as the portal holds it. `key`: its name there; `elsewhere`: not decided here."""

    key: str
    uid: str
    payment: int
    cents: int
    done: bool
    elsewhere: bool
    on: date


@dataclass(frozen=True, slots=True)
class Move:
    """A movement of the balance. `payout`: the name of the one that carries it, or nothing yet."""

    key: str
    kind: str
    source: str
    gross: int
    fee: int
    net: int
    on: date
    payment: int | None = None
    payout: str = ""


@dataclass(frozen=True, slots=True)
class Payout:
    """A sum sent to the bank. `reference`: what the bank's line repeats of it, when known."""

    key: str
    cents: int
    state: str
    automatic: bool
    arrives_on: date
    reference: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """A line of the bank that comes from the card service, and the payout that it is.

    `decided`: identifiers or a person say so; else it only looks like it.
    """

    key: str
    cents: int
    on: date
    payout: str = ""
    decided: bool = True


def fee_at(gross: int, rate: int) -> int:
    """The fee at a rate, rounded to the cent, halves up."""
    return (gross * rate + 5000) // 10_000 + FIXED


def ordinary_fee(gross: int, fee: int) -> bool:
    return any(fee == fee_at(gross, rate) for rate in EUROPE)


def tariff_of(gross: int, fee: int) -> str:
    """Whose cards are charged so, in words; empty when no price of the list gives this fee."""
    return next((words for rate, words in ELSEWHERE.items() if fee == fee_at(gross, rate)), "")
