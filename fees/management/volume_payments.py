"""The payments of a national-size set: one executed batch, one in transit, and their entries.

Written by the database itself from the acts: a million of them would take hours through the models.
"""

import hashlib
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Sum

from fees.enums import BatchState, Entry, LineKind, State, TransferState
from fees.ledger import ROUTES
from fees.models import Act, Batch, Transfer
from network.models import User

BATCHES = ((State.PAID, TransferState.EXECUTED), (State.IN_BATCH, TransferState.SENT))
EMPTY = hashlib.sha256(b"").hexdigest()
"""No account behind these professionals, so no bank file either."""


@transaction.atomic
def pay_volume(*, on: date, now: datetime) -> None:
    """Give the acts of the set the transfers and the entries that their states tell."""
    people = [
        User.objects.create_user(f"{name}@volume.example.org") for name in ("prepare", "signe")
    ]
    _entries(Entry.VALIDATED, on, now, "a.state IN ('validated', 'in_batch', 'paid')")
    for number, (state, reached) in enumerate(BATCHES, start=1):
        _pay(number, state, reached, people=people, on=on, now=now)


def _pay(
    number: int,
    state: State,
    reached: TransferState,
    *,
    people: list[User],
    on: date,
    now: datetime,
) -> None:
    sums = Act.objects.filter(state=state).order_by().values_list("professional")
    owed: list[tuple[int, Decimal]] = list(sums.annotate(total=Sum("amount")))
    if not owed:
        return
    batch = Batch.objects.create(
        number=number,
        prepared_at=now,
        prepared_by=people[0],
        execute_on=on,
        total=sum((amount for _, amount in owed), Decimal()),
    )
    Transfer.objects.bulk_create(
        (
            Transfer(
                batch=batch,
                professional_id=professional,
                end_to_end=f"{batch.code}-{rank:04d}",
                amount=amount,
                state=reached,
            )
            for rank, (professional, amount) in enumerate(owed, start=1)
        ),
        batch_size=2000,
    )
    paid = (
        "fees_act a JOIN fees_transfer t ON t.professional_id = a.professional_id"
        f" AND t.batch_id = {batch.pk} AND a.state = '{state}'"
    )
    live = connection.ops.adapt_unknown_value(True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fees_transferline (transfer_id, act_id, kind, amount, live)"
            f" SELECT t.id, a.id, '{LineKind.PAYS}', a.amount, %s FROM {paid}",
            [live],
        )
    _entries(Entry.SIGNED, on, now, "true", rows=paid, transfer="t.id")
    if reached == TransferState.EXECUTED:
        rows = f"fees_transfer a JOIN fees_batch b ON b.id = a.batch_id AND b.id = {batch.pk}"
        _entries(Entry.EXECUTED, on, now, "true", rows=rows, act="NULL", transfer="a.id")
    batch.state, batch.signed_by, batch.signed_at = BatchState.SIGNED, people[1], now
    batch.sha256 = EMPTY
    batch.save()


def _entries(
    kind: Entry,
    on: date,
    now: datetime,
    which: str,
    *,
    rows: str = "fees_act a",
    act: str = "a.id",
    transfer: str = "NULL",
) -> None:
    source, target = ROUTES[kind]
    year = _year("b.execute_on" if kind is Entry.EXECUTED else "a.done_on")
    values = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO fees_bookentry (kind, source, target, amount, "on", at, year, act_id,'
            " transfer_id, professional_id, note)"
            f" SELECT '{kind}', '{source}', '{target}', a.amount, %s, %s, {year}, {act},"
            f" {transfer}, a.professional_id, '' FROM {rows} WHERE {which}",
            [connection.ops.adapt_datefield_value(on), values],
        )


def _year(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"EXTRACT(YEAR FROM {column})::int"
    return f"CAST(strftime('%%Y', {column}) AS INTEGER)"
