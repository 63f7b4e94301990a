"""Claim lines are checked when they are received, and again whenever a fact changes.

What is kept sorts the queue; nothing is decided here.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from fees.enums import LineState
from fees.models import ClaimLine
from fees.selectors.controls import control, with_acts
from fees.selectors.practice import flags_of

AT_ONCE = 500
"""Lines checked together."""


def check_lines(lines: QuerySet[ClaimLine], *, now: datetime) -> int:
    """Check those of these lines that are to be controlled; how many were."""
    last = checked = 0
    waiting = with_acts(lines.filter(state=LineState.SENT)).order_by("pk")
    while some := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
        _check(some, now)
        last, checked = some[-1].pk, checked + len(some)
    return checked


def _check(lines: Sequence[ClaimLine], now: datetime) -> None:
    flags = flags_of(lines, timezone.localdate(now))
    for line in lines:
        line.outliers = {flag.code.value: list(flag.figures) for flag in flags[line.pk]}
    for each in control(lines):
        each.line.remarks = "|".join(each.remarks)
        each.line.checked_at = now
    ClaimLine.objects.bulk_update(lines, ["remarks", "outliers", "checked_at"])
