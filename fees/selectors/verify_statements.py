"""Recount statements: every euro of every line stands exactly once, and only acts are paid."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from fees.enums import SETTLED
from fees.models import Difference, StatementLine
from portal.kit.verify import Breach, recount

MOST = 20
"""Breaches told of one kind."""


@recount("Relevés")
def recount_statements(tally: Counter[str]) -> Iterator[Breach]:
    """The shares of each line add up to what it claims; a settled one is worth its act."""
    tally["lignes de relevé"] += StatementLine.objects.count()
    zero = Decimal(0)
    summed = StatementLine.objects.annotate(
        shared=Coalesce(Sum("shares__claimed"), zero), written=Coalesce(F("euros"), zero)
    )
    for line in summed.exclude(shared=F("written")).order_by("pk")[:MOST]:
        yield Breach(f"ligne de relevé {line.pk}", line.shared, line.written)
    wrong = Difference.objects.filter(line__isnull=False).filter(
        Q(state__in=SETTLED) & ~Q(payable=F("held"))
    )
    for each in wrong.order_by("pk")[:MOST]:
        yield Breach(f"différence {each.pk}", each.payable, each.held)
