"""What a professional may claim, and where claims stand."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from fees.enums import CLAIMED, Decision, State
from fees.models import Act, ClaimLine
from fees.models.act import ActQuerySet
from network.models import Professional
from portal.kit.dates import add_months


def claimable_acts(professional: Professional, month: date | None = None) -> ActQuerySet:
    """Accepted acts whose payment was never asked for.

    One that was returned is not among them: it is corrected, cancelled, or asked for again by
    itself with a word to the accountant. `month`: any day of the month in which they were done;
    None for every month.
    """
    asked = ClaimLine.objects.filter(act=OuterRef("pk"))
    acts = Act.objects.filter(
        ~Exists(asked),
        professional=professional,
        state=State.SUBMITTED,
        decision=Decision.ACCEPTED,
    )
    if month:
        first = month.replace(day=1)
        acts = acts.done_in(first, add_months(first, 1))
    return acts.order_by("done_on", "pk")


def claimed(act: Act) -> bool:
    """Did its professional ask for its payment, and does this still stand?"""
    return act.claim_lines.filter(state__in=CLAIMED).exists()


def first_asked(acts: Iterable[int]) -> dict[int, date]:
    """The day on which each act was asked for, the first time: a return does not make it late."""
    lines = ClaimLine.objects.filter(act__in=list(acts)).order_by().values_list("act")
    rows = lines.annotate(first=Min("claim__sent_at")).values_list("act", "first")
    return {act: timezone.localdate(at) for act, at in rows}
