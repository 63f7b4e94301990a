"""What a meeting costs to whom, its VAT, and what is given back to who gives up.

Amounts are in euros, all taxes included. Exempt: continuing education given by a body that holds
the tax office's attestation (CGI, article 261, 4, 4° a). Decision: given up fourteen days before
or earlier, all is given back; up to two days before, half; later, nothing. Called off: all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from training.enums import Profile, Vat

WHOLE_UNTIL = timedelta(days=14)
HALF_UNTIL = timedelta(days=2)
RATES = {Vat.EXEMPT: Decimal(0), Vat.STANDARD: Decimal(20)}
"""In percent."""
FREE = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Split:
    """An amount in cents: with its tax, the tax, and without."""

    total: int
    tax: int

    @property
    def net(self) -> int:
        return self.total - self.tax


def is_paid(prices: Mapping[Profile, Decimal]) -> bool:
    """Whether anybody at all pays this meeting."""
    return any(price > 0 for price in prices.values())


def price_of(
    prices: Mapping[Profile, Decimal], profile: Profile | None, *, employee: bool
) -> Decimal:
    """What this person pays; nothing for the network's own employees.

    Raises LookupError where the price depends on a profile that is not told.
    """
    if employee or not is_paid(prices):
        return FREE
    if profile is None:
        raise LookupError("the price depends on the profile")
    return prices[profile]


def split(cents: int, vat: Vat) -> Split:
    """The tax within an amount, to the nearest cent, half a cent up."""
    rate = RATES[vat]
    tax = (Decimal(cents) * rate / (100 + rate)).quantize(Decimal(1), ROUND_HALF_UP)
    return Split(cents, int(tax))


def refund_due(cents: int, *, starts_at: datetime | None, now: datetime, called_off: bool) -> int:
    """The cents given back to who gives up now; half a cent stays with the network.

    While the date is not fixed, all.
    """
    left = None if starts_at is None else starts_at - now
    if called_off or left is None or left >= WHOLE_UNTIL:
        return cents
    return cents // 2 if left >= HALF_UNTIL else 0
