"""The entries of a year as lines of a general journal: two each, balanced, numbered without gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from fees.chart import LINES, Ledger
from fees.closing import Span
from fees.enums import Entry
from fees.models import BookEntry
from fees.selectors.closings import by_number


@dataclass(frozen=True, slots=True)
class Payee:
    """The auxiliary account of a professional."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One side of an entry, in euros: debit or credit, the other is zero.

    `number` counts the entries of the year; `piece` names the act, the transfer or the decision.
    """

    number: int
    kind: Entry
    on: date
    account: Ledger
    payee: Payee | None
    piece: str
    piece_on: date
    mirrors: bool
    debit: Decimal
    credit: Decimal


COLUMNS = (
    "kind",
    "amount",
    "on",
    "mirrors",
    "act",
    "act__done_on",
    "transfer__end_to_end",
    "transfer__batch__execute_on",
    "note",
    "professional",
    "professional__rpps",
    "professional__last_name",
    "professional__first_name",
)


def journal(year: int) -> Iterator[JournalLine]:
    """The journal of a civil year by accounting day, in the order of the books' own numbers.

    Read as it is asked for, in short statements: a year of a million acts is never held at once,
    and no time-out of the database depends on how fast the file is taken.
    """
    zero = Decimal("0.00")
    pages = by_number(Span(year), BookEntry.objects.filter(kind__in=list(LINES)))
    rows = chain.from_iterable(page.values_list(*COLUMNS) for page in pages)
    for number, row in enumerate(rows, start=1):
        kind, amount, on, mirrors, act, done_on, end_to_end, execute_on, note, *who = row
        debited, credited = LINES[Entry(kind)]
        if mirrors:
            debited, credited = credited, debited
        payee = _payee(*who) if who[0] else None
        piece = end_to_end or (f"ACTE-{act}" if act else note)
        piece_on = done_on if end_to_end is None and done_on else on
        if kind == Entry.EXECUTED and not mirrors:
            piece_on = execute_on
        for account, debit, credit in ((debited, amount, zero), (credited, zero, amount)):
            yield JournalLine(
                number=number,
                kind=Entry(kind),
                on=on,
                account=account,
                payee=payee if account.by_payee else None,
                piece=piece,
                piece_on=piece_on,
                mirrors=bool(mirrors),
                debit=debit,
                credit=credit,
            )


def _payee(pk: int, rpps: str | None, last_name: str, first_name: str) -> Payee:
    return Payee(rpps or f"P{pk}", f"{last_name} {first_name}")
