"""Euros. The one place where an amount is rounded."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def euros(amount: Decimal | str | int) -> Decimal:
    """`amount` in euros, to the cent, half a cent away from zero.

    Raises decimal.InvalidOperation for a text that is no number. No float: 0.1 is not ten cents.
    """
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def in_cents(amount: Decimal) -> int:
    """Whole cents, for what counts in them. Raises ValueError for a fraction of a cent."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"not whole cents: {amount}")
    return int(cents)


def of_cents(cents: int) -> Decimal:
    """`cents` as euros, to the cent: what `in_cents` counted."""
    return Decimal(cents).scaleb(-2).quantize(CENT)
