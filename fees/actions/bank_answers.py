"""What the bank says of a transfer: executed, rejected, returned."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fees import course
from fees.enums import Entry, LineKind, Move, Payment, State, TransferState
from fees.events import TransferExecuted
from fees.models import Act, BookEntry, Transfer, TransferLine
from network.models import User
from portal.kit.events import publish

from .books import mirror, post
from .course import make
from .payment_steps import (
    end_transfer,
    leave_payment_step,
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
        move_transfer(locked, Payment.EXECUTED)
        locked.save(update_fields=["state"])
        post(
            Entry.EXECUTED,
            locked.amount,
            year=locked.batch.execute_on.year,
            by=by,
            now=now,
            transfer=locked,
        )
        for act in paid_acts(locked):
            make(act, Move.PAID, by=by, now=now)
        leave_payment_step(
            locked.batch, Payment.EXECUTED, transfer=locked, by=by, now=now, note=note
        )
        publish(TransferExecuted(locked.pk))
    return locked


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
        for act in acts:
            make(act, Move.RETURNED, by=by, now=now, note=note)
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
