"""What a professional may claim, and where claims stand."""

from datetime import date

from django.db.models import QuerySet

from fees.enums import CLAIMED, Decision, State
from fees.models import Act, ClaimLine
from network.models import Professional
from portal.kit.dates import add_months


def claimable_acts(professional: Professional, month: date | None = None) -> QuerySet[Act]:
    """Accepted acts whose payment is not asked for yet, or whose line was returned.

    `month`: any day of the month in which they were done; None for every month.
    """
    claimed = ClaimLine.objects.filter(state__in=CLAIMED).values("act")
    acts = Act.objects.filter(
        professional=professional, state=State.SUBMITTED, decision=Decision.ACCEPTED
    ).exclude(pk__in=claimed)
    if month:
        first = month.replace(day=1)
        acts = acts.done_in(first, add_months(first, 1))
    return acts.order_by("done_on", "pk")


def claimed(act: Act) -> bool:
    """Did its professional ask for its payment, and does this still stand?"""
    return act.claim_lines.filter(state__in=CLAIMED).exists()
