"""What is to be paid, to whom, and on which account."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from fees.enums import Decision, LineKind, State, TransferState
from fees.models import Act, Batch, Transfer, TransferLine
from fees.transfers import RECENT, Fault, Found
from network.enums import BankState
from network.models import BankDetails
from portal.kit.money import ZERO


def payable_acts() -> QuerySet[Act]:
    """Validated acts that no batch holds, in the order of their entry."""
    acts = Act.objects.filter(state=State.VALIDATED, decision=Decision.ACCEPTED)
    return acts.filter(~_in_transfer(LineKind.PAYS)).order_by("entered_at", "pk")


def recoverable_acts() -> QuerySet[Act]:
    """Acts reversed once paid, whose euros no transfer has recovered yet, the oldest first."""
    acts = Act.objects.filter(_in_transfer(LineKind.PAYS), state=State.REVERSED)
    return acts.filter(~_in_transfer(LineKind.RECOVERS)).order_by("pk")


def _in_transfer(kind: LineKind) -> Exists:
    """Asked act by act, through an index: a list of all that was ever paid would grow for ever."""
    return Exists(TransferLine.objects.filter(act=OuterRef("pk"), kind=kind, live=True))


def accounts_of(professionals: Iterable[int]) -> dict[int, BankDetails]:
    """The account in force of each: the last one that a second person confirmed."""
    confirmed = BankDetails.objects.filter(
        professional__in=list(professionals), state=BankState.CONFIRMED
    )
    return {each.professional_id: each for each in confirmed.order_by("decided_at", "pk")}


def changes_to_call(professionals: Iterable[int], *, now: datetime) -> dict[int, BankDetails]:
    """The changes of account about which a payee is called back before a signature, by payee.

    The one that waits to be confirmed; else the account in force, when it lately replaced another.
    """
    standing = BankDetails.objects.filter(
        professional__in=list(professionals), state__in=[BankState.CONFIRMED, BankState.PROPOSED]
    )
    accounts: dict[int, list[BankDetails]] = defaultdict(list)
    # a change that waits has no instant of decision: it comes last, after the accounts in force
    for each in standing.defer("iban").order_by(F("decided_at").asc(nulls_last=True), "pk"):
        accounts[each.professional_id].append(each)
    return {
        pk: own[-1]
        for pk, own in accounts.items()
        if len(own) > 1 and (own[-1].decided_at is None or own[-1].decided_at > now - RECENT)
    }


def changes_of(batch: Batch, *, now: datetime) -> list[BankDetails]:
    """Those that the signature of a batch asks about, in the order of their payees' names."""
    prepared = batch.transfers.filter(state=TransferState.PREPARED)
    people = list(prepared.values_list("professional", flat=True))
    found = changes_to_call(people, now=now)
    return [found[pk] for pk in people if pk in found]


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer of a batch before its signature: the account, and what to look at."""

    transfer: Transfer
    acts: int
    recovered: Decimal
    account: BankDetails | None
    change: BankDetails | None
    faults: tuple[Fault, ...]

    @property
    def pending(self) -> bool:
        return self.change is not None and self.change.state == BankState.PROPOSED

    @property
    def changed(self) -> bool:
        return self.change is not None and not self.pending


def transfer_rows(batch: Batch) -> QuerySet[Transfer]:
    """The transfers of a batch, each with `acts` (how many it pays) and `recovered` (euros)."""
    pays, recovers = (Q(lines__kind=kind) for kind in LineKind)
    return (
        batch.transfers.select_related("professional")
        .annotate(
            acts=Count("lines", filter=pays),
            recovered=Coalesce(Sum("lines__amount", filter=recovers), ZERO),
        )
        .order_by("professional__last_name", "professional__first_name", "pk")
    )


def to_sign(batch: Batch, found: Iterable[Found], *, now: datetime) -> list[Line]:
    """The transfers of a batch that waits for its signature; accounts changed lately are told."""
    rows = list(transfer_rows(batch).filter(state=TransferState.PREPARED))
    people = [each.professional_id for each in rows]
    accounts = accounts_of(people)
    changes = changes_to_call(people, now=now)
    faults: dict[str, list[Fault]] = defaultdict(list)
    for each in found:
        faults[each.order].append(each.fault)
    lines = []
    for row in rows:
        account, change = accounts.get(row.professional_id), changes.get(row.professional_id)
        lines.append(
            Line(
                transfer=row,
                acts=row.acts,  # type: ignore[attr-defined]  # counted by the query
                recovered=row.recovered,  # type: ignore[attr-defined]
                account=account,
                change=change,
                faults=tuple(faults[row.end_to_end]),
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class Due:
    """What waits to be paid, in euros, and to how many professionals."""

    amount: Decimal
    acts: int
    people: int
    to_recover: Decimal


def due() -> Due:
    """Validated acts that no batch holds, and what is to be recovered from their payees."""
    found = (
        payable_acts()
        .order_by()
        .aggregate(
            amount=Sum("amount"), acts=Count("pk"), people=Count("professional", distinct=True)
        )
    )
    recover = recoverable_acts().order_by().aggregate(total=Sum("amount"))["total"]
    return Due(found["amount"] or ZERO, found["acts"], found["people"], recover or ZERO)
