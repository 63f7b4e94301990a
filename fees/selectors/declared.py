"""Totals for the yearly declaration of fees (DAS2): one for each professional, and the threshold.

Source: CGI, article 240; the threshold is to be verified with the association's accountant before
each declaration.
"""

from dataclasses import dataclass
from decimal import Decimal

from fees.selectors.paid import PaidInYear, paid_to_each


@dataclass(frozen=True, slots=True)
class Threshold:
    """From the sums of `year` on, a professional paid more than `amount` euros is declared."""

    year: int
    amount: Decimal
    source: str
    verified: bool


THRESHOLDS = (Threshold(2024, Decimal(2400), "CGI, article 240", verified=False),)
"""In the order of years; a new law adds a line."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A year's line of one professional; `above` None while no threshold is known for the year."""

    paid: PaidInYear
    above: bool | None


def threshold_of(year: int) -> Threshold | None:
    return max(
        (each for each in THRESHOLDS if each.year <= year), key=lambda each: each.year, default=None
    )


def declared(year: int) -> list[Declared]:
    """Everybody paid in a civil year, above the threshold or not: the accountant decides."""
    threshold = threshold_of(year)
    return [
        Declared(each, each.total > threshold.amount if threshold else None)
        for each in paid_to_each(year)
    ]
