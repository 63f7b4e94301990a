"""Close a month, then a year: figures are frozen, and what is closed gets no entry any more."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from fees import closing, wording
from fees.closing import Figures, Remaining, Span
from fees.models import BookEntry, ClosedAccount, ClosedKind, Closing
from fees.selectors import closings as books
from network.actions.journal import record
from network.models import User

from .steps import Conflict


def close_month(*, span: Span, by: User, now: datetime, accept: bool = False) -> Closing:
    """Close a month whose turn it is. Twice is once.

    `accept`: its author has seen what remains to be settled; it is written on the closing. Raises
    Conflict for a month in progress, out of its order, or when what remains is not accepted.
    """
    with transaction.atomic():
        _hold_the_books()
        if closed := Closing.objects.filter(year=span.year, month=span.month).first():
            return closed
        left = books.remaining(span)
        _check(span, books.next_month(), left, now=now)
        if left.transfers and not accept:
            raise Conflict(wording.remaining_words(left))
        return _freeze(
            span,
            books.figures_of(span, books.opening_of(span)),
            closing.fingerprint(books.journal_texts(span)),
            left=wording.remaining_words(left) if left.transfers else "",
            by=by,
            now=now,
        )


def close_year(*, year: int, by: User, now: datetime) -> Closing:
    """Close a year once its months are, those of the books' first year from their first entry.

    Twice is once. Raises Conflict out of its order, or while a transfer of the year is not settled.
    """
    span = Span(year)
    with transaction.atomic():
        _hold_the_books()
        if closed := Closing.objects.filter(year=year, month=0).first():
            return closed
        _check(span, books.next_year(), books.remaining(span), now=now)
        months = books.months_closed(year)
        return _freeze(
            span,
            closing.year_of(map(books.frozen, months)),
            closing.fingerprint_of_year(each.sha256 for each in months),
            by=by,
            now=now,
        )


def _hold_the_books() -> None:
    """Let nobody write an entry until the closing is committed, nor close at the same time.

    SQLite has one writer; PostgreSQL waits for those who are writing, and readers go on.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {BookEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _check(span: Span, following: Span | None, left: Remaining, *, now: datetime) -> None:
    found = closing.obstacle(
        span,
        following=following,
        closed_to=books.closed_to(),
        remaining=left,
        today=timezone.localdate(now),
    )
    if found:
        raise Conflict(wording.obstacle_words(found, span))


def _freeze(
    span: Span, figures: Figures, sha256: str, *, by: User, now: datetime, left: str = ""
) -> Closing:
    made = Closing.objects.create(
        year=span.year,
        month=span.month,
        since=span.since,
        until=span.until,
        at=now,
        by=by,
        entries=figures.entries,
        last_entry=books.last_number(span),
        sha256=sha256,
        unsettled=left,
    )
    _keep(made, figures)
    record(verb="books.closed", by=by, at=now, subject=str(made), reason=left)
    return made


def _keep(made: Closing, figures: Figures) -> None:
    accounts: Iterable[ClosedAccount] = (
        ClosedAccount(
            closing=made,
            account=each.account,
            opening=each.opening,
            given=each.given,
            taken=each.taken,
        )
        for each in figures.accounts
    )
    ClosedAccount.objects.bulk_create(accounts)
    ClosedKind.objects.bulk_create(
        ClosedKind(
            closing=made,
            kind=each.kind,
            entries=each.entries,
            amount=each.amount,
            mirrors=each.mirrors,
            undone=each.undone,
        )
        for each in figures.kinds
    )
