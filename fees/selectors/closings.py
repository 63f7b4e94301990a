"""The books of a period: its figures, what remains to be settled, whose turn it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Expression,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    Q,
    StringAgg,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Round

from fees import closing
from fees.closing import Figures, Obstacle, Remaining, Span, Turnover
from fees.enums import Account, BatchState, Entry, TransferState
from fees.ledger import Moved
from fees.models import Batch, BookEntry, Closing, Transfer
from fees.models.books import BookEntryQuerySet
from portal.kit.money import ZERO

AT_ONCE = 20_000
"""Entries read by one statement: a journal is hashed, and sent, in constant memory."""


def entries_of(span: Span) -> BookEntryQuerySet:
    return BookEntry.objects.filter(on__gte=span.since, on__lte=span.until)


def figures_of(span: Span, opening: Mapping[Account, Decimal]) -> Figures:
    """Turnover of every account and of every kind, summed by the database."""
    sums = (
        entries_of(span)
        .order_by()
        .values_list(
            "kind",
            Case(When(mirrors=None, then=Value(0)), default=Value(1), output_field=IntegerField()),
        )
        .annotate(total=Sum("amount"), count=Count("pk"))
    )
    return closing.add_up(
        (
            closing.Sum(Moved(Entry(kind), total, bool(mirrors)), count)
            for kind, mirrors, total, count in sums
        ),
        opening,
    )


class Line(Func):
    """Columns as one text, a tab between them, nothing for NULL: written alike by any database."""

    function = "FORMAT"
    output_field = TextField()

    def __init__(self, *cells: Expression | F) -> None:
        super().__init__(Value("\t".join(["%s"] * len(cells))), *cells)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="PRINTF", **context)


def journal_texts(span: Span) -> Iterator[str]:
    """The entries of a period as their fingerprint reads them, by number: lines of a page each.

    Composed and joined by the database: of a million entries only fifty texts are read.
    """
    line = Line(*map(_cell, closing.COLUMNS))
    for page in by_number(span, BookEntry.objects.all()):
        ordered = page.annotate(line=line).values("line")[
            :AT_ONCE
        ]  # the limit keeps the order under the aggregate
        text = ordered.aggregate(text=StringAgg("line", Value("\n")))["text"]
        if text:
            yield text


def _cell(name: str) -> Expression | F:
    """A column; euros as whole cents, which any database writes alike."""
    return Cast(Round(F(name) * 100), BigIntegerField()) if name == "amount" else F(name)


def by_number(span: Span, entries: BookEntryQuerySet) -> Iterator[BookEntryQuerySet]:
    """The entries of a period in the order of their numbers, by pages of `AT_ONCE` numbers.

    Each is a short statement that follows the primary key: whoever reads slowly holds neither a
    cursor nor a transaction. Days are compared as text, for which no index would be chosen
    instead. What is written meanwhile has a higher number: the table only grows.
    """
    ends = entries_of(span).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return
    rows = entries.annotate(day=Cast("on", TextField())).filter(
        day__gte=f"{span.since}", day__lte=f"{span.until}", pk__lte=ends["last"]
    )
    for first in range(ends["first"], ends["last"] + 1, AT_ONCE):
        yield rows.filter(pk__gte=first, pk__lt=first + AT_ONCE).order_by("pk")


def last_number(span: Span) -> int:
    found: int | None = entries_of(span).aggregate(last=Max("pk"))["last"]
    return found or 0


def opening_of(span: Span) -> dict[Account, Decimal]:
    """What accounts hold when a period begins: the balances of the closing before it.

    Before the first closing there is no entry: it begins with the books.
    """
    before = Closing.objects.filter(
        year=span.preceding.year, month=span.preceding.month
    ).prefetch_related("accounts")
    return frozen(before[0]).balances if before else dict.fromkeys(Account, ZERO)


def frozen(row: Closing) -> Figures:
    """The figures that a closing keeps."""
    return Figures(
        tuple(
            Turnover(Account(each.account), each.opening, each.given, each.taken)
            for each in row.accounts.all()
        ),
        tuple(
            closing.KindTotal(
                Entry(each.kind), each.entries, each.amount, each.mirrors, each.undone
            )
            for each in row.kinds.all()
        ),
    )


def months_closed(year: int) -> list[Closing]:
    """The closed months of a year, in their order, with their figures."""
    rows = Closing.objects.filter(year=year, month__gt=0).order_by("month")
    return list(rows.prefetch_related("accounts", "kinds"))


def closed_to() -> date | None:
    """The last day that gets no entry any more."""
    found: date | None = Closing.objects.aggregate(last=Max("until"))["last"]
    return found


def remaining(span: Span) -> Remaining:
    """Transfers that the bank has not answered: signed up to the end of a month, or for a year
    those that were to be executed in it."""
    sent = Transfer.objects.filter(state=TransferState.SENT, batch__state=BatchState.SIGNED)
    if span.month:
        to_settle = Q(batch__signed_at__date__lte=span.until)
    else:
        to_settle = Q(batch__execute_on__lte=span.until)
    found = sent.filter(to_settle).aggregate(count=Count("pk"), total=Sum("amount"))
    waiting = Batch.objects.filter(pk__in=sent.filter(to_settle).values("batch"))
    return Remaining(
        transfers=found["count"],
        amount=found["total"] or ZERO,
        batches=tuple(each.code for each in waiting.defer("file").order_by("number")),
    )


def next_month() -> Span | None:
    """The month whose turn it is: after the last closed one, else that of the first entry."""
    last = Closing.objects.filter(month__gt=0).order_by("-until").first()
    if last is not None:
        return last.span.following
    first: date | None = BookEntry.objects.aggregate(first=Min("on"))["first"]
    return closing.month_of(first) if first else None


def next_year() -> Span | None:
    """The year whose turn it is: after the last closed one, else that of the first closed month."""
    last = Closing.objects.filter(month=0).order_by("-year").first()
    if last is not None:
        return last.span.following
    first = Closing.objects.filter(month__gt=0).order_by("until").first()
    return Span(first.year) if first else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A period whose turn it is: its figures to this day, what remains, why it waits."""

    span: Span
    figures: Figures | None
    remaining: Remaining
    obstacle: Obstacle | None


def candidates(today: date) -> list[Candidate]:
    """The next month and the next year, once there is an entry."""
    to_close = closed_to()
    return [
        _candidate(span, to_close, today)
        for span in (next_month(), next_year())
        if span is not None
    ]


def _candidate(span: Span, to_close: date | None, today: date) -> Candidate:
    left = remaining(span)
    why = closing.obstacle(span, following=span, closed_to=to_close, remaining=left, today=today)
    figures: Figures | None = None
    if span.month:
        figures = figures_of(span, opening_of(span))
    elif why not in {Obstacle.IN_PROGRESS, Obstacle.MONTHS_OPEN}:
        figures = closing.year_of(map(frozen, months_closed(span.year)))
    return Candidate(span, figures, left, why)
