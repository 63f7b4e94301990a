"""What is to be paid, to whom, and on which account."""

from collections.abc import Iterable

from django.db.models import QuerySet

from fees.enums import Decision, LineKind, State
from fees.models import Act, TransferLine
from network.enums import BankState
from network.models import BankDetails


def payable_acts() -> QuerySet[Act]:
    """Validated acts that no batch holds, in the order of their entry."""
    taken = TransferLine.objects.filter(live=True, kind=LineKind.PAYS).values("act")
    acts = Act.objects.filter(state=State.VALIDATED, decision=Decision.ACCEPTED)
    return acts.exclude(pk__in=taken).order_by("entered_at", "pk")


def recoverable_acts() -> QuerySet[Act]:
    """Acts reversed once paid, whose euros no transfer has recovered yet, the oldest first."""
    live = TransferLine.objects.filter(live=True)
    paid, recovered = (live.filter(kind=kind).values("act") for kind in LineKind)
    acts = Act.objects.filter(state=State.REVERSED, pk__in=paid)
    return acts.exclude(pk__in=recovered).order_by("pk")


def accounts_of(professionals: Iterable[int]) -> dict[int, BankDetails]:
    """The account in force of each: the last one that a second person confirmed."""
    confirmed = BankDetails.objects.filter(
        professional__in=list(professionals), state=BankState.CONFIRMED
    )
    return {each.professional_id: each for each in confirmed.order_by("decided_at", "pk")}
