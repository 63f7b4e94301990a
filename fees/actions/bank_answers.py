"""What the bank says of a transfer: executed, rejected, returned."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fees import course
from fees.enums import Entry, LineKind, Move, Payment, State, TransferState
from fees.events import TransferExecuted
from fees.models import Act, Batch, BookEntry, Transfer, TransferLine
from network.models import User
from portal.kit.events import publish

from .books import entry, mirror, post_all
from .moves import make_all
from .payment_steps import (
    end_transfer,
    leave_payment_step,
    leave_steps,
    lock_batch,
    lock_patients_of,
    lock_transfer,
    move_transfer,
    paid_acts,
    required,
)
from .steps import Conflict


def execute(*, transfer: Transfer, by: User, now: datetime, note: str = "") -> Transfer:
    """The bank has executed a transfer: its acts are paid. Twice is once."""
    with transaction.atomic():
        locked = lock_transfer(transfer)
        if locked.state == TransferState.EXECUTED:
            return locked
        _execute(locked.batch, [locked], by=by, now=now, note=note)
    return locked


def execute_batch(*, batch: Batch, by: User, now: datetime) -> int:
    """The bank has executed all that it has not sent back; gives how many transfers that is."""
    with transaction.atomic():
        lock_patients_of(Act.objects.filter(payment_lines__transfer__batch=batch))
        locked = lock_batch(batch)
        sent = list(locked.transfers.filter(state=TransferState.SENT).order_by("pk"))
        _execute(locked, sent, by=by, now=now)
    return len(sent)


def execute_shown(*, transfers: Collection[int], by: User, now: datetime) -> int:
    """The bank shows these as debited: those still on their way are paid. Twice is once.

    Gives how many were on their way.
    """
    with transaction.atomic():
        lock_patients_of(Act.objects.filter(payment_lines__transfer__in=transfers))
        chosen = Transfer.objects.filter(pk__in=transfers)
        count = 0
        for key in sorted(set(chosen.order_by().values_list("batch", flat=True))):
            batch = lock_batch(Batch(pk=key))
            sent = chosen.filter(batch=batch, state=TransferState.SENT).order_by("pk")
            found = list(sent)
            _execute(batch, found, by=by, now=now)
            count += len(found)
    return count


def _execute(
    batch: Batch, sent: Sequence[Transfer], *, by: User, now: datetime, note: str = ""
) -> None:
    for each in sent:
        move_transfer(each, Payment.EXECUTED)
    keys = [each.pk for each in sent]
    Transfer.objects.filter(pk__in=keys).update(state=TransferState.EXECUTED)
    post_all(
        entry(
            Entry.EXECUTED,
            each.amount,
            year=batch.execute_on.year,
            by=by,
            now=now,
            transfer=each,
        )
        for each in sent
    )
    paid = TransferLine.objects.filter(transfer__in=keys, live=True, kind=LineKind.PAYS)
    acts = paid.exclude(act__state=State.REVERSED).order_by("pk").values_list("act", flat=True)
    make_all(acts, Move.PAID, by=by, now=now)
    leave_steps(batch, Payment.EXECUTED, dict.fromkeys(sent, note), by=by, now=now)
    for each in sent:
        publish(TransferExecuted(each.pk, now))


def send_back(
    *, transfer: Transfer, move: Payment, reason: str, by: User, now: datetime
) -> Transfer:
    """The bank rejected a transfer, or returned it once executed: its acts wait to be paid again.

    Every entry of the transfer gets its mirror. Twice is once. Raises Conflict without reason.
    """
    with transaction.atomic():
        locked = lock_transfer(transfer)
        if locked.state == course.TRANSFERS[move][1]:
            return locked
        note = required(reason)
        _forget_reversed(locked, by=by, now=now)
        acts = paid_acts(locked)
        end_transfer(locked, move)
        make_all(acts, Move.RETURNED, by=by, now=now, note=note)
        mirror(locked.entries.standing(), by=by, now=now, note=note)
        leave_payment_step(locked.batch, move, transfer=locked, by=by, now=now, note=note)
    return locked


def _forget_reversed(transfer: Transfer, *, by: User, now: datetime) -> None:
    """What was reversed since needs no recovery any more: its euros have come back.

    Raises Conflict when another transfer has recovered them already.
    """
    reversed_since = Act.objects.filter(
        payment_lines__transfer=transfer,
        payment_lines__kind=LineKind.PAYS,
        payment_lines__live=True,
        state=State.REVERSED,
    )
    recovered = TransferLine.objects.filter(
        act__in=reversed_since.values("pk"), kind=LineKind.RECOVERS, live=True
    ).select_related("transfer")
    for line in recovered:
        raise Conflict(
            _("Un acte extourné a été récupéré sur %(other)s\u00a0: réglez-le d’abord.")
            % {"other": line.transfer}
        )
    for act in reversed_since:
        entries = BookEntry.objects.filter(act=act, kind__in=[Entry.REVERSED, Entry.VALIDATED])
        mirror(entries.standing(), by=by, now=now)
