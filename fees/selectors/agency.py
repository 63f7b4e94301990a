"""What an envelope paid for, as the agency reads it: by kind of act and by month, no person.

Totals are those of the envelope (`envelope_status`); rows add up to them to the cent.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import ExtractMonth

from fees.enums import Account, Entry, Kind, State
from fees.models import Act, BookEntry
from fees.selectors.envelope import EnvelopeStatus, envelope_status
from fees.selectors.paid import EUROS
from portal.kit.money import ZERO

COMMITTED = (State.VALIDATED, State.IN_BATCH, State.PAID)
FEWEST = 11
"""Patients are counted from here on: fewer could be recognised (usage of the national health data
system, to be verified with the agency)."""


@dataclass(slots=True)
class Share:
    """What one kind, or one month, took of the envelope. Euros; acts that stand."""

    acts: int = 0
    committed: Decimal = ZERO
    paid: Decimal = ZERO
    professionals: int = 0
    patients: int = 0

    @property
    def patients_shown(self) -> int | None:
        """None when there are too few to tell."""
        return self.patients if self.patients >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Decided:
    """What the agency granted, by which decision."""

    decision: str
    amount: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Activity:
    """A year's envelope. `committed` of a row holds what is still to be recovered of its acts."""

    status: EnvelopeStatus
    decisions: tuple[Decided, ...]
    by_kind: dict[Kind, Share]
    by_month: dict[int, Share]
    whole: Share
    to_recover: Decimal = field(default=ZERO)


def activity(year: int, today: date) -> Activity | None:
    """The activity paid for by a year's envelope; None when nothing was granted."""
    status = envelope_status(year, today)
    if status is None:
        return None
    kinds: dict[Kind, Share] = defaultdict(Share)
    months: dict[int, Share] = defaultdict(Share)
    whole = Share()
    for kind, month, state, count, amount in _acts(year):
        for share in (kinds[Kind(kind)], months[month], whole):
            share.acts += count
            share.committed += amount
            share.paid += amount if state == State.PAID else ZERO
    for kind, month, amount in _to_recover(year):
        for share in (kinds[Kind(kind)], months[month], whole):
            share.committed += amount
    _count_people(year, kinds, whole)
    return Activity(
        status=status,
        decisions=_decisions(year),
        by_kind={kind: kinds[kind] for kind in Kind if kind in kinds},
        by_month={month: months[month] for month in sorted(months)},
        whole=whole,
        to_recover=BookEntry.objects.filter(year=year).balance(Account.TO_RECOVER),
    )


def _of_year(year: int) -> QuerySet[Act]:
    done = Act.objects.filter(done_on__gte=date(year, 1, 1), done_on__lte=date(year, 12, 31))
    return done.filter(state__in=COMMITTED).order_by()


def _acts(year: int) -> QuerySet[Act, tuple[str, int, str, int, Decimal]]:
    rows = _of_year(year).annotate(month=ExtractMonth("done_on"))
    found = rows.values_list("kind", "month", "state")
    return found.annotate(count=Count("pk"), total=Sum("amount"))


def _to_recover(year: int) -> list[tuple[str, int, Decimal]]:
    """By kind and month, what acts reversed since still owe to the envelope."""
    moved = Case(
        When(target=Account.TO_RECOVER, then=F("amount")),
        default=-F("amount"),
        output_field=EUROS,
    )
    entries = BookEntry.objects.filter(year=year, kind__in=[Entry.REVERSED, Entry.RECOVERED])
    rows = entries.order_by().annotate(month=ExtractMonth("act__done_on"))
    sums = rows.values_list("act__kind", "month").annotate(total=Sum(moved))
    return [row for row in sums if row[2]]


def _count_people(year: int, kinds: dict[Kind, Share], whole: Share) -> None:
    payees, patients = Count("professional", distinct=True), Count("patient", distinct=True)
    rows = _of_year(year).values_list("kind").annotate(payees=payees, people=patients)
    for kind, professionals, people in rows:
        kinds[Kind(kind)].professionals, kinds[Kind(kind)].patients = professionals, people
    found = _of_year(year).aggregate(payees=payees, people=patients)
    whole.professionals, whole.patients = found["payees"], found["people"]


def _decisions(year: int) -> tuple[Decided, ...]:
    rows = BookEntry.objects.filter(Q(kind=Entry.GRANTED, year=year)).standing().order_by("pk")
    return tuple(Decided(each.note, each.amount, each.on) for each in rows)
