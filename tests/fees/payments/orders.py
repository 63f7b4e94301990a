"""Batches for tests: one that is right, and accounts with valid keys."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fees.transfers import Batch, Order
from tests.factories.fees import make_iban

TODAY = date(2026, 11, 16)
MONDAY = date(2026, 11, 23)


def make_order(number: int = 1, **fields: object) -> Order:
    order = Order(
        end_to_end=f"AR-2026-0001-{number:04d}",
        payee=str(number),
        holder=f"Cabinet Fil {number}",
        iban=make_iban(number),
        amount=Decimal("150.00"),
        remittance="ARIANE LOT 2026-0001 ACTES DE NOVEMBRE 2026",
    )
    return replace(order, **fields)  # type: ignore[arg-type]


def make_batch(count: int = 3, **fields: object) -> Batch:
    made = tuple(make_order(number) for number in range(1, count + 1))
    batch = Batch(
        message="AR-2026-0001",
        payer="Reseau Ariane",
        payer_iban=make_iban(999_999),
        execute_on=MONDAY,
        total=sum((each.amount for each in made), Decimal()),
        orders=made,
    )
    return replace(batch, **fields)  # type: ignore[arg-type]


def with_order(**fields: object) -> Batch:
    """A right batch but for its second order; its total follows."""
    first, second, third = make_batch().orders
    orders = (first, replace(second, **fields), third)  # type: ignore[arg-type]
    total = sum((each.amount for each in orders if each.amount.is_finite()), Decimal())
    return replace(make_batch(), orders=orders, total=total)
