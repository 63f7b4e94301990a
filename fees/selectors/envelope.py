"""The year's envelope: granted, committed, paid, left, and how far the year should go."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from fees.enums import Account, Decision, Entry, State
from fees.models import Act, BookEntry
from fees.selectors.payments import recoverable_acts
from portal.kit.money import ZERO, euros

ALERTS = (80, 95, 100)
"""Percentages of the envelope from which accountants are told (context: funding reports)."""


@dataclass(frozen=True, slots=True)
class EnvelopeStatus:
    """Euros of a year's envelope. `waiting`: submitted acts, not yet validated."""

    year: int
    granted: Decimal
    left: Decimal
    paid: Decimal
    waiting: Decimal
    forecast: Decimal

    @property
    def committed(self) -> Decimal:
        return self.granted - self.left

    @property
    def percent(self) -> Decimal:
        """Of the envelope that is committed, to a tenth."""
        share = 100 * self.committed / self.granted if self.granted else ZERO
        return share.quantize(Decimal("0.1"))

    @property
    def alert(self) -> int | None:
        """The last threshold reached."""
        return max((each for each in ALERTS if self.percent >= each), default=None)

    @property
    def beyond(self) -> Decimal:
        """What waits and will not fit."""
        return max(ZERO, self.waiting - self.left)


def envelope_status(year: int, today: date) -> EnvelopeStatus | None:
    """The envelope of a year as its entries leave it; None when nothing was granted.

    What is paid is what is committed but for the acts under way: few, where those paid are many.

    The forecast prolongs what was committed a day since January to the end of the year.
    """
    entries = BookEntry.objects.filter(year=year)
    granted = entries.filter(kind=Entry.GRANTED).balance(Account.ENVELOPE)
    if not granted:
        return None
    left = entries.in_envelope()
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = min(max((today - first).days + 1, 1), (after - first).days)
    return EnvelopeStatus(
        year=year,
        granted=granted,
        left=left,
        paid=granted - left - _under_way(year) - _to_recover(year),
        waiting=_sum(year, State.SUBMITTED),
        forecast=euros((granted - left) / days * (after - first).days),
    )


@dataclass(frozen=True, slots=True)
class Left:
    """Euros granted for a year, and what acts may still take of them."""

    granted: Decimal
    left: Decimal


def left_in(year: int) -> Left | None:
    """What is left in the envelope of a year; None when nothing was granted. Two queries."""
    entries = BookEntry.objects.filter(year=year)
    granted = entries.filter(kind=Entry.GRANTED).balance(Account.ENVELOPE)
    return Left(granted, entries.in_envelope()) if granted else None


def _under_way(year: int) -> Decimal:
    """Committed and not paid yet."""
    return _sum(year, State.VALIDATED) + _sum(year, State.IN_BATCH)


def _to_recover(year: int) -> Decimal:
    acts = recoverable_acts().filter(done_on__year=year).order_by()
    return acts.aggregate(total=Sum("amount"))["total"] or ZERO


def _sum(year: int, state: State) -> Decimal:
    acts = Act.objects.filter(
        state=state,
        decision=Decision.ACCEPTED,
        done_on__gte=date(year, 1, 1),
        done_on__lt=date(year + 1, 1, 1),
    )
    return acts.aggregate(total=Sum("amount"))["total"] or ZERO
