"""Closing the books: months in their order, then the year; what is closed gets no entry any more.

Figures are sums of entries by their accounting day. Pure: no database.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from fees.enums import Account, Entry
from fees.ledger import Moved
from portal.kit.dates import add_months
from portal.kit.money import ZERO


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A month of the books, or a whole civil year (`month` 0)."""

    year: int
    month: int = 0

    @property
    def since(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def until(self) -> date:
        """The last day, inside."""
        return add_months(self.since, 1 if self.month else 12) - timedelta(days=1)

    @property
    def following(self) -> "Span":
        after = self.until + timedelta(days=1)
        return Span(after.year, after.month if self.month else 0)

    @property
    def preceding(self) -> "Span":
        before = self.since - timedelta(days=1)
        return Span(before.year, before.month if self.month else 0)


def month_of(day: date) -> Span:
    return Span(day.year, day.month)


class Obstacle(StrEnum):
    """Why a period cannot be closed."""

    IN_PROGRESS = "in_progress"
    NOT_NEXT = "not_next"
    MONTHS_OPEN = "months_open"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Remaining:
    """Transfers that were signed up to the end of a period and that no answer has settled."""

    transfers: int
    amount: Decimal
    batches: tuple[str, ...]


def obstacle(
    span: Span,
    *,
    following: Span | None,
    closed_to: date | None,
    remaining: Remaining,
    today: date,
) -> Obstacle | None:
    """The first reason not to close, None when it may be.

    `following` is the month or the year whose turn it is, `closed_to` the last day closed. A month
    may leave transfers unsettled, which its author then accepts; a year may not: what was paid in
    it would still move.
    """
    if span.until >= today:
        return Obstacle.IN_PROGRESS
    if span != following:
        return Obstacle.NOT_NEXT
    if not span.month:
        if closed_to is None or closed_to < span.until:
            return Obstacle.MONTHS_OPEN
        if remaining.transfers:
            return Obstacle.UNSETTLED
    return None


@dataclass(frozen=True, slots=True)
class Turnover:
    """An account over a period, in euros: what it held before, got, gave, and holds after."""

    account: Account
    opening: Decimal
    given: Decimal
    taken: Decimal

    @property
    def balance(self) -> Decimal:
        return self.opening + self.given - self.taken


@dataclass(frozen=True, slots=True)
class KindTotal:
    """The entries of one kind over a period, and the mirrors among them apart, in euros."""

    kind: Entry
    entries: int
    amount: Decimal
    mirrors: int
    undone: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """Entries of one kind and one direction added up."""

    moved: Moved
    entries: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a closing freezes."""

    accounts: tuple[Turnover, ...]
    kinds: tuple[KindTotal, ...]

    @property
    def entries(self) -> int:
        return sum(each.entries + each.mirrors for each in self.kinds)

    @property
    def balances(self) -> dict[Account, Decimal]:
        return {each.account: each.balance for each in self.accounts}


def add_up(sums: Iterable[Sum], opening: Mapping[Account, Decimal]) -> Figures:
    """The figures of a period from its sums; every account and every kind, moved or not."""
    given, taken = dict.fromkeys(Account, ZERO), dict.fromkeys(Account, ZERO)
    held = {(kind, mirrors): (0, ZERO) for kind in Entry for mirrors in (False, True)}
    for each in sums:
        source, target = each.moved.route
        taken[source] += each.moved.amount
        given[target] += each.moved.amount
        count, amount = held[each.moved.kind, each.moved.mirrors]
        held[each.moved.kind, each.moved.mirrors] = (
            count + each.entries,
            amount + each.moved.amount,
        )
    return Figures(
        tuple(Turnover(a, opening.get(a, ZERO), given[a], taken[a]) for a in Account),
        tuple(KindTotal(kind, *held[kind, False], *held[kind, True]) for kind in Entry),
    )


def year_of(months: Iterable[Figures]) -> Figures:
    """The figures of a year from those of its closed months, in their order."""
    months = list(months)
    opening = {each.account: each.opening for each in months[0].accounts}
    return Figures(
        tuple(
            Turnover(
                account,
                opening[account],
                sum((each.accounts[rank].given for each in months), ZERO),
                sum((each.accounts[rank].taken for each in months), ZERO),
            )
            for rank, account in enumerate(Account)
        ),
        tuple(
            KindTotal(
                kind,
                sum(each.kinds[rank].entries for each in months),
                sum((each.kinds[rank].amount for each in months), ZERO),
                sum(each.kinds[rank].mirrors for each in months),
                sum((each.kinds[rank].undone for each in months), ZERO),
            )
            for rank, kind in enumerate(Entry)
        ),
    )


COLUMNS = (
    "pk",
    "on",
    "kind",
    "source",
    "target",
    "amount",
    "year",
    "act",
    "transfer",
    "professional",
    "mirrors",
    "by",
    "note",
)
"""What of an entry is hashed: columns of the books, in this order, euros as whole cents."""


def fingerprint(texts: Iterable[str]) -> str:
    """SHA-256 of a journal: its entries by number, a line each, their columns apart by tabs.

    `texts`: the lines, or several of them at a time with their ends between them.
    """
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def fingerprint_of_year(months: Iterable[str]) -> str:
    """SHA-256 of a year: the fingerprints of its months, a line each."""
    return fingerprint(months)
