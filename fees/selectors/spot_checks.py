"""Checks drawn after the payment: the list, and the figures of a year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from fees.enums import SpotResult
from fees.models import SpotCheck
from portal.kit.money import ZERO


@dataclass(frozen=True, slots=True)
class YearOfChecks:
    """Acts drawn in a civil year; `fault_amount` in euros."""

    year: int
    drawn: int
    right: int
    faults: int
    fault_amount: Decimal

    @property
    def waiting(self) -> int:
        return self.drawn - self.right - self.faults


def checks_to_read() -> QuerySet[SpotCheck]:
    """Those without result first, then the latest drawn."""
    rows = SpotCheck.objects.select_related("act__patient", "act__professional", "rate")
    return rows.order_by("result", "-drawn_at", "-pk")


def year_of_checks(today: date) -> YearOfChecks:
    fault = Q(result=SpotResult.FAULT)
    drawn = SpotCheck.objects.filter(drawn_at__year=today.year).order_by()
    found = drawn.aggregate(
        drawn=Count("pk"),
        right=Count("pk", filter=Q(result=SpotResult.RIGHT)),
        faults=Count("pk", filter=fault),
        amount=Sum("act__amount", filter=fault),
    )
    return YearOfChecks(
        today.year, found["drawn"], found["right"], found["faults"], found["amount"] or ZERO
    )
