"""What was transferred to professionals: defined here once, read by every paper.

A transfer counts on the day of its execution, that of its batch; what came back counts on the day
it was noted, less. So a closed year keeps its figures: nothing else of it can still move.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from fees.enums import Entry, LineKind
from fees.models import BookEntry
from fees.models.books import BookEntryQuerySet
from network.models import Professional
from portal.kit.money import ZERO

EUROS: DecimalField[Decimal, Decimal] = DecimalField(max_digits=12, decimal_places=2)


def bank_entries(year: int) -> BookEntryQuerySet:
    """The entries of a civil year by which euros reach a professional, or come back."""
    back = Q(mirrors__isnull=False, on__gte=date(year, 1, 1), on__lte=date(year, 12, 31))
    executed = BookEntry.objects.filter(kind=Entry.EXECUTED)
    return executed.filter(Q(mirrors=None, year=year) | back)


def _sum(condition: Q) -> Sum:
    return Sum(Case(When(condition, then=F("amount")), default=Value(ZERO), output_field=EUROS))


@dataclass(frozen=True, slots=True)
class Movement:
    """One transfer to a professional, or its return (then `amount` is below zero), in euros."""

    on: date
    reference: str
    last4: str
    acts: int
    gross: Decimal
    recovered: Decimal
    amount: Decimal

    @property
    def is_return(self) -> bool:
        return self.amount < 0


def movements(professional: Professional, year: int) -> list[Movement]:
    """What a professional was paid in a civil year, and what came back, in order of day."""
    pays, recovers = (Q(transfer__lines__kind=kind) for kind in LineKind)
    rows = (
        bank_entries(year)
        .filter(professional=professional)
        .select_related("transfer__batch")
        .defer("transfer__batch__file")
        .annotate(
            acts=Count("transfer__lines", filter=pays),
            gross=Coalesce(Sum("transfer__lines__amount", filter=pays), ZERO),
            recovered=Coalesce(Sum("transfer__lines__amount", filter=recovers), ZERO),
        )
    )
    found = [_movement(row) for row in rows]
    return sorted(found, key=lambda each: (each.on, each.reference, each.is_return))


def _movement(row: BookEntry) -> Movement:
    transfer = row.transfer
    assert transfer is not None  # noqa: S101 - the route of these entries
    sign = -1 if row.mirrors_id else 1
    return Movement(
        on=row.on if row.mirrors_id else transfer.batch.execute_on,
        reference=transfer.end_to_end,
        last4=transfer.last4,
        acts=row.acts,  # type: ignore[attr-defined]  # counted by the query
        gross=sign * row.gross,  # type: ignore[attr-defined]
        recovered=sign * row.recovered,  # type: ignore[attr-defined]
        amount=sign * row.amount,
    )


@dataclass(frozen=True, slots=True)
class PaidInYear:
    """What one professional received in a civil year, in euros; `recovered` is already deducted."""

    professional: Professional
    executed: Decimal
    returned: Decimal
    recovered: Decimal

    @property
    def total(self) -> Decimal:
        return self.executed - self.returned


def paid_to_each(year: int) -> list[PaidInYear]:
    """Every professional to whom something was transferred in a year, by name."""
    entries = bank_entries(year).order_by()
    sums = {
        pk: (executed, returned)
        for pk, executed, returned in entries.values_list("professional").annotate(
            executed=_sum(Q(mirrors=None)), returned=_sum(Q(mirrors__isnull=False))
        )
    }
    lines = entries.filter(transfer__lines__kind=LineKind.RECOVERS).values_list("professional")
    signed = Case(
        When(mirrors=None, then=F("transfer__lines__amount")),
        default=-F("transfer__lines__amount"),
        output_field=EUROS,
    )
    recovered = dict(lines.annotate(total=Sum(signed)))
    people = Professional.objects.in_bulk(sums)
    rows = [PaidInYear(people[pk], *both, recovered.get(pk, ZERO)) for pk, both in sums.items()]
    return sorted(rows, key=lambda each: (each.professional.last_name, each.professional.pk))


def years_paid(professional: Professional | None = None) -> list[int]:
    """The civil years in which something was transferred or came back, the latest first."""
    rows = BookEntry.objects.filter(kind=Entry.EXECUTED)
    if professional is not None:
        rows = rows.filter(professional=professional)
    executed = rows.filter(mirrors=None).order_by().values_list("year", flat=True).distinct()
    back = rows.filter(mirrors__isnull=False).order_by().annotate(y=ExtractYear("on"))
    return sorted({*executed, *back.values_list("y", flat=True).distinct()}, reverse=True)
