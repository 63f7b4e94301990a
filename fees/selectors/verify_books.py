"""Recount the books: what every account holds, from the acts and the transfers alone."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Case, DecimalField, F, OuterRef, QuerySet, Subquery, Sum, When

from fees.enums import Account, BatchState, Decision, Entry, LineKind, State, TransferState
from fees.models import Act, Batch, BookEntry, Transfer, TransferLine
from fees.models.batch import GONE
from portal.kit.money import ZERO
from portal.kit.verify import Breach, recount

COMMITTED = (State.VALIDATED, State.IN_BATCH, State.PAID)


@recount("Comptes et paiements")
def recount_books(tally: Counter[str]) -> Iterator[Breach]:
    """Every account, every envelope, every transfer and every batch."""
    yield from _accounts(tally)
    yield from _envelopes(tally)
    yield from _transfers(tally)
    yield from _batches(tally)
    yield from _acts()
    yield from _lines(tally)


def _total(rows: QuerySet[Act] | QuerySet[Transfer] | QuerySet[TransferLine]) -> Decimal:
    return rows.order_by().aggregate(total=Sum("amount"))["total"] or ZERO


def _to_recover() -> QuerySet[Act]:
    """Acts reversed once paid that no signed batch has recovered; a draft has moved nothing yet."""
    live = TransferLine.objects.filter(live=True)
    paid = live.filter(kind=LineKind.PAYS).values("act")
    recovered = live.filter(kind=LineKind.RECOVERS).exclude(transfer__state=TransferState.PREPARED)
    acts = Act.objects.filter(state=State.REVERSED, pk__in=paid)
    return acts.exclude(pk__in=recovered.values("act"))


def _accounts(tally: Counter[str]) -> Iterator[Breach]:
    acts, lines = Act.objects.filter(decision=Decision.ACCEPTED), TransferLine.objects
    settled = lines.filter(kind=LineKind.RECOVERS, transfer__state=TransferState.SENT)
    expected = {
        Account.DUE: _total(acts.filter(state=State.VALIDATED)),
        Account.IN_TRANSIT: _total(Transfer.objects.filter(state=TransferState.SENT)),
        Account.PAID: _total(acts.filter(state=State.PAID)) + _total(settled),
        Account.TO_RECOVER: _total(_to_recover()),
    }
    for account, amount in expected.items():
        found = BookEntry.objects.balance(account)
        if found != amount:
            yield Breach(f"compte {account}", found, amount)
    transferred = _total(Transfer.objects.filter(state=TransferState.EXECUTED))
    left = BookEntry.objects.balance(Account.PAID) + BookEntry.objects.balance(Account.TO_RECOVER)
    if left != transferred:
        yield Breach("virements exécutés", left, transferred)
    tally["écritures"] += BookEntry.objects.count()


def _envelopes(tally: Counter[str]) -> Iterator[Breach]:
    for year in BookEntry.objects.order_by("year").values_list("year", flat=True).distinct():
        of_year = BookEntry.objects.filter(year=year)
        granted = of_year.filter(kind=Entry.GRANTED).balance(Account.ENVELOPE)
        committed = Act.objects.filter(done_on__year=year, state__in=COMMITTED)
        to_recover = _to_recover().filter(done_on__year=year)
        expected = granted - _total(committed) - _total(to_recover)
        found = of_year.balance(Account.ENVELOPE)
        tally["enveloppes"] += 1
        if found != expected:
            yield Breach(f"enveloppe {year}", found, expected)


def _transfers(tally: Counter[str]) -> Iterator[Breach]:
    signed = Case(
        When(kind=LineKind.PAYS, then=F("amount")),
        default=-F("amount"),
        output_field=DecimalField(max_digits=12, decimal_places=2),
    )
    lines = TransferLine.objects.filter(transfer=OuterRef("pk")).order_by().values("transfer")
    rows = Transfer.objects.annotate(
        lines_total=Subquery(lines.annotate(t=Sum(signed)).values("t"))
    )
    fields = ("end_to_end", "amount", "lines_total")
    for end_to_end, amount, lines_total in rows.order_by("pk").values_list(*fields).iterator():
        tally["virements"] += 1
        if lines_total != amount:
            yield Breach(f"virement {end_to_end}", amount, lines_total)
    loose = TransferLine.objects.filter(live=True, transfer__state__in=GONE)
    for line in loose:
        yield Breach(f"ligne {line}", "vivante", "libre")


def _batches(tally: Counter[str]) -> Iterator[Breach]:
    for batch in Batch.objects.exclude(state=BatchState.DROPPED).order_by("pk"):
        tally["lots"] += 1
        total = _total(batch.transfers.exclude(state=TransferState.DROPPED))
        if total != batch.total:
            yield Breach(f"lot {batch}", batch.total, total)
        if batch.state == BatchState.SIGNED:
            digest = hashlib.sha256(batch.file.encode()).hexdigest()
            if digest != batch.sha256:
                yield Breach(f"fichier {batch}", digest, batch.sha256)


def _acts() -> Iterator[Breach]:
    """An act on its way to payment is in one transfer, and nowhere else."""
    pays = TransferLine.objects.filter(act=OuterRef("pk"), kind=LineKind.PAYS, live=True)
    acts = Act.objects.annotate(where=Subquery(pays.values("transfer__state")[:1]))
    places: dict[State, set[TransferState | None]] = {
        State.VALIDATED: {None, TransferState.PREPARED},
        State.IN_BATCH: {TransferState.SENT},
        State.PAID: {TransferState.EXECUTED},
    }
    for state, expected in places.items():
        for pk, where in acts.filter(state=state).values_list("pk", "where").iterator():
            if where not in expected:
                yield Breach(f"acte {pk}", where, expected)


PAID_FROM: dict[TransferState, set[State]] = {
    TransferState.PREPARED: {State.VALIDATED},
    TransferState.SENT: {State.IN_BATCH},
    TransferState.EXECUTED: {State.PAID, State.REVERSED},
}
"""Where an act may stand that a transfer pays."""


def _lines(tally: Counter[str]) -> Iterator[Breach]:
    """The same from the other side: no transfer pays an act that is elsewhere."""
    lines = TransferLine.objects.filter(kind=LineKind.PAYS, live=True)
    tally["lignes de virement"] += lines.count()
    for transfer, states in PAID_FROM.items():
        loose = lines.filter(transfer__state=transfer).exclude(act__state__in=states)
        for line in loose.select_related("act"):
            yield Breach(f"acte {line.act_id} d’un virement {transfer}", line.act.state, "en cours")
