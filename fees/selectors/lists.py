"""Figures above a list of acts: counts and euros by state, totals by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from fees.enums import HOLDING, Decision, State
from fees.models import Act
from fees.models.act import LIVE, ActQuerySet

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Group:
    """Some acts: how many, and the euros of those that are accepted and live."""

    count: int = 0
    amount: Decimal = ZERO


def by_state(acts: ActQuerySet) -> dict[str, Group]:
    """One group for each state present; acts to arbitrate stand apart from those submitted."""
    # one state and one decision in a group: whether its acts are live is asked once, not by row
    rows = (
        acts.order_by()
        .values_list("state", "decision")
        .annotate(count=Count("*"), amount=Sum("amount"))
    )
    groups: dict[str, Group] = {}
    for state, decision, count, amount in rows:
        waits = state == State.SUBMITTED and decision == Decision.TO_ARBITRATE
        key = Decision.TO_ARBITRATE.value if waits else state
        known = groups.get(key, Group())
        live = state in HOLDING and decision == Decision.ACCEPTED
        groups[key] = Group(known.count + count, known.amount + (amount if live else ZERO))
    return groups


def by_month(acts: ActQuerySet) -> dict[date, Group]:
    """One group for each month of acts, the latest first."""
    rows = (
        acts.order_by()
        .annotate(month=TruncMonth("done_on"))
        .values("month")
        .annotate(count=Count("pk"), amount=Sum("amount", filter=LIVE))
        .order_by("-month")
    )
    return {row["month"]: Group(row["count"], row["amount"] or ZERO) for row in rows}


def waiting_for_arbitration() -> ActQuerySet:
    """Acts that the medical director must decide, the oldest first (an order that is indexed)."""
    waiting = Act.objects.under_way().to_arbitrate()
    return waiting.select_related("patient", "professional").order_by("done_on", "pk")
