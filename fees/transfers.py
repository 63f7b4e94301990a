"""Transfers to professionals: what a batch must be before any bank file is written from it.

Pure: no database, no clock, no file. The libraries that write and send files check little (wrong
keys, identifiers used twice and texts cut in silence go through), so every batch passes here first.
Sources: SEPA rulebook for credit transfers, pain.001.001.09; decision docs/adr/0013-payments.md.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Protocol

from dateutil.easter import easter

from portal.kit import sepa

ID_LENGTH = 35
REMITTANCE_LENGTH = 140
MOST_EUROS = Decimal("999999999.99")
MOST_TRANSFERS = 10_000
LATEST_EXECUTION = timedelta(days=30)
"""A bank keeps an order no longer than that; further away is a slip of the year."""
RECENT = timedelta(days=30)
"""A bank account changed since then is shown to the person who signs."""
_COUNTRIES = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS SE SI SK SM VA"
)
AREA = frozenset(_COUNTRIES.split(" "))
"""Countries of the SEPA area, by the first letters of an IBAN."""


class Fault(StrEnum):
    """Why a batch cannot become a bank file."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    TOTAL = "total"
    IDENTIFIER = "identifier"
    IDENTIFIER_TWICE = "identifier_twice"
    PAYER_NAME = "payer_name"
    PAYER_IBAN = "payer_iban"
    DATE_PAST = "date_past"
    DATE_FAR = "date_far"
    DATE_CLOSED = "date_closed"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    AMOUNT_CENTS = "amount_cents"
    AMOUNT_TOO_HIGH = "amount_too_high"
    NAME = "name"
    NAME_TOO_LONG = "name_too_long"
    IBAN = "iban"
    IBAN_OUTSIDE_AREA = "iban_outside_area"
    IBAN_OF_PAYER = "iban_of_payer"
    IBAN_UNCONFIRMED = "iban_unconfirmed"
    REMITTANCE = "remittance"
    PAYEE_TWICE = "payee_twice"


@dataclass(frozen=True, slots=True)
class Order:
    """One transfer. `end_to_end` identifies it for ever; `amount` in euros.

    `holder`: the legal name of the account's holder, which the payee's bank compares.
    `confirmed`: a second person has confirmed this account, by another channel.
    """

    end_to_end: str
    payee: str
    holder: str
    iban: str
    amount: Decimal
    remittance: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Batch:
    """Transfers to be executed together. `total`: the sum of the claims that they pay, in euros."""

    message: str
    payer: str
    payer_iban: str
    execute_on: date
    total: Decimal
    orders: Sequence[Order]


@dataclass(frozen=True, slots=True)
class Found:
    """A fault, and the transfer it lies in; of the whole batch when `order` is empty."""

    fault: Fault
    order: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The file of a batch: its name, which tells nothing of anybody, and its bytes."""

    name: str
    content: bytes


class NotWritten(Exception):
    """The file does not agree with the official schema: nothing may be sent."""


class PayoutGateway(Protocol):
    """Turns a batch without fault into what the bank executes.

    The same batch at the same instant gives the same bytes. Raises NotWritten.
    """

    def write(self, batch: Batch, *, at: datetime) -> Written:
        """The file to hand over to the bank."""


def faults(batch: Batch, *, today: date, used: Collection[str] = frozenset()) -> list[Found]:
    """All that is wrong with a batch, none of it when a file may be written.

    `used`: end-to-end identifiers of earlier batches, which none may take again.
    """
    found = [*_of_batch(batch, today=today)]
    payees, ends = (
        Counter(getattr(each, name) for each in batch.orders) for name in ("payee", "end_to_end")
    )
    for order in batch.orders:
        wrong = [*_of_order(order, payer_iban=batch.payer_iban)]
        if ends[order.end_to_end] > 1 or order.end_to_end in used:
            wrong.append(Fault.IDENTIFIER_TWICE)
        if payees[order.payee] > 1:
            wrong.append(Fault.PAYEE_TWICE)
        found += [Found(fault, order.end_to_end) for fault in wrong]
    return found


def _of_batch(batch: Batch, *, today: date) -> Iterator[Found]:
    wrong = {
        Fault.EMPTY: not batch.orders,
        Fault.TOO_MANY: len(batch.orders) > MOST_TRANSFERS,
        Fault.TOTAL: sum((each.amount for each in batch.orders), Decimal()) != batch.total,
        Fault.IDENTIFIER: not is_identifier(batch.message),
        Fault.PAYER_NAME: not _is_text(batch.payer, sepa.HOLDER_LENGTH),
        Fault.PAYER_IBAN: sepa.compact_iban(batch.payer_iban) != batch.payer_iban,
        Fault.DATE_PAST: batch.execute_on < today,
        Fault.DATE_FAR: batch.execute_on > today + LATEST_EXECUTION,
        Fault.DATE_CLOSED: not is_bank_day(batch.execute_on),
    }
    return (Found(fault) for fault, is_wrong in wrong.items() if is_wrong)


def _of_order(order: Order, *, payer_iban: str) -> Iterator[Fault]:
    valid = sepa.compact_iban(order.iban) == order.iban
    wrong = {
        Fault.IDENTIFIER: not is_identifier(order.end_to_end),
        Fault.AMOUNT_NOT_POSITIVE: not order.amount.is_finite() or order.amount <= 0,
        Fault.AMOUNT_CENTS: order.amount.is_finite() and _has_more_than_cents(order.amount),
        Fault.AMOUNT_TOO_HIGH: order.amount.is_finite() and order.amount > MOST_EUROS,
        Fault.NAME: not order.holder.strip() or sepa.text(order.holder) != order.holder,
        Fault.NAME_TOO_LONG: len(order.holder) > sepa.HOLDER_LENGTH,
        Fault.IBAN: not valid,
        Fault.IBAN_OUTSIDE_AREA: valid and order.iban[:2] not in AREA,
        Fault.IBAN_OF_PAYER: order.iban == payer_iban,
        Fault.IBAN_UNCONFIRMED: not order.confirmed,
        Fault.REMITTANCE: not _is_text(order.remittance, REMITTANCE_LENGTH),
    }
    return (fault for fault, is_wrong in wrong.items() if is_wrong)


def is_identifier(text: str) -> bool:
    """Letters, digits and hyphens, 35 signs at most: what every bank carries unchanged."""
    return 0 < len(text) <= ID_LENGTH and text.isascii() and text.replace("-", "").isalnum()


def _is_text(text: str, most: int) -> bool:
    return bool(text) and len(text) <= most and sepa.text(text) == text


def _has_more_than_cents(amount: Decimal) -> bool:
    return amount != amount.quantize(Decimal("0.01")) if abs(amount) < MOST_EUROS * 10 else False


# --- Days on which European transfers are executed (TARGET)


@cache
def _closed_days(year: int) -> frozenset[date]:
    sunday = easter(year)
    return frozenset(
        {
            date(year, 1, 1),
            sunday - timedelta(days=2),
            sunday + timedelta(days=1),
            date(year, 5, 1),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def is_bank_day(day: date) -> bool:
    """Is TARGET open: neither a weekend nor one of its six holidays?"""
    return day.weekday() < 5 and day not in _closed_days(day.year)


def next_bank_day(day: date) -> date:
    """The first day after `day` on which transfers are executed."""
    day += timedelta(days=1)
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day
