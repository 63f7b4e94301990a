"""Recount the bank's statements: lines make the balances, and payments follow accepted lines."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from fees.enums import SETTLED, BankVerdict, TransferState
from fees.models import BankLine, BankMatch, BankStatement
from portal.kit.verify import Breach, recount

MOST = 20
"""Breaches told of one kind."""


@recount("Relevés de banque")
def recount_bank(tally: Counter[str]) -> Iterator[Breach]:
    """Each statement's lines add up to what it moved; each line has its answer; what was accepted
    as paid or as come back stands so in the payments."""
    tally["lignes de banque"] += BankLine.objects.count()
    summed = BankStatement.objects.annotate(added=Coalesce(Sum("lines__amount"), Decimal(0)))
    for each in summed.exclude(added=F("moved")).order_by("pk")[:MOST]:
        yield Breach(f"relevé de banque {each.pk}", each.added, each.moved)
    for line in BankLine.objects.filter(match=None).order_by("pk")[:MOST]:
        yield Breach(f"ligne de banque {line.pk}", "une réponse", "aucune")
    settled = BankMatch.objects.filter(state__in=SETTLED, transfer__isnull=False)
    expected = {
        BankVerdict.PAID: (TransferState.EXECUTED, TransferState.RETURNED),
        BankVerdict.RETURNED: (TransferState.RETURNED,),
    }
    for verdict, states in expected.items():
        wrong = settled.filter(verdict=verdict).exclude(transfer__state__in=states)
        for match in wrong.select_related("transfer").order_by("pk")[:MOST]:
            state = match.transfer.get_state_display() if match.transfer else ""
            yield Breach(f"virement {match.transfer}", str(verdict), state)
