"""Payment batches: prepared, signed by somebody else, executed by the bank.

Locks: the patients of the acts in the order of their keys, as every gesture on an act; then the
batch. Each gesture is one transaction, so a batch is signed whole, with its file, or not at all.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fees import transfers
from fees.enums import BatchState, Entry, LineKind, Move, Payment, TransferState
from fees.models import Act, ActStep, Batch, Transfer, TransferLine
from fees.selectors.payments import (
    accounts_of,
    changes_to_call,
    payable_acts,
    recoverable_acts,
)
from network.models import User
from portal.kit import sepa
from portal.kit.money import ZERO

from .books import AT_ONCE, entry, post_all
from .moves import make_all
from .payment_steps import (
    check_to_sign,
    end_transfer,
    leave_payment_step,
    leave_steps,
    lock_batch,
    lock_patients_of,
    lock_transfer,
    move_transfer,
    required,
)
from .steps import Conflict

OWED = ("patient", "professional", "amount")
"""What is read of an act to be paid."""


class Refused(Conflict):
    """The batch cannot become a bank file; `found` says why, and where."""

    def __init__(self, found: Sequence[transfers.Found]) -> None:
        super().__init__(_("Ce lot ne peut pas être signé."))
        self.found = tuple(found)


class Uncalled(Conflict):
    """An account changed lately, and nobody noted to have called its holder back."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What one professional gets: acts to pay, and reversed ones to recover from them."""

    professional: int
    pays: tuple[Act, ...]
    recovers: tuple[Act, ...]

    @property
    def amount(self) -> Decimal:
        paid, taken = (
            sum((each.amount for each in acts), ZERO) for acts in (self.pays, self.recovers)
        )
        return paid - taken


def _sum(acts: Iterable[Act]) -> Decimal:
    return sum((each.amount for each in acts), ZERO)


def net(pays: Iterable[Act], recovers: Iterable[Act]) -> list[Owed]:
    """One sum for each professional, the oldest reversed acts first, as long as something is left.

    What cannot be recovered from these acts waits for the next batch.
    """
    by_payee: dict[int, list[Act]] = defaultdict(list)
    for act in pays:
        by_payee[act.professional_id].append(act)
    taken: dict[int, list[Act]] = defaultdict(list)
    left = {pk: _sum(acts) for pk, acts in by_payee.items()}
    for act in recovers:
        if act.amount < left.get(act.professional_id, ZERO):
            left[act.professional_id] -= act.amount
            taken[act.professional_id].append(act)
    return [Owed(pk, tuple(acts), tuple(taken[pk])) for pk, acts in sorted(by_payee.items())]


def prepare_batch(*, execute_on: date, by: User, now: datetime) -> Batch:
    """Propose every validated act for payment: one batch, a transfer each professional.

    The acts stay validated until the signature, but are cancelled only once taken out.

    Raises Conflict when nothing is to be paid, when another batch waits to be signed, or for a
    day on which no transfer is executed.
    """
    if not transfers.is_bank_day(execute_on) or execute_on <= timezone.localdate(now):
        raise Conflict(_("Choisissez un jour ouvré des banques, à partir de demain."))
    with transaction.atomic():
        locked = lock_patients_of(payable_acts(), recoverable_acts())
        if Batch.objects.filter(state=BatchState.DRAFT).exists():
            raise Conflict(_("Un lot attend déjà d’être signé\u00a0: terminez-le d’abord."))
        # what was validated since is under no lock of ours: it is for another batch
        acts, reversed_acts = (
            [each for each in some.only(*OWED) if each.patient_id in locked]
            for some in (payable_acts(), recoverable_acts())
        )
        owed = net(acts, reversed_acts)
        if not owed:
            raise Conflict(_("Il n’y a rien à payer\u00a0: aucun acte validé n’attend."))
        last = Batch.objects.aggregate(last=Max("number"))["last"] or 0
        batch = Batch.objects.create(
            number=last + 1,
            prepared_at=now,
            prepared_by=by,
            execute_on=execute_on,
            total=sum((each.amount for each in owed), ZERO),
        )
        _add_transfers(batch, owed)
        leave_payment_step(batch, Payment.PREPARED, by=by, now=now)
    return batch


def _add_transfers(batch: Batch, owed: Sequence[Owed]) -> None:
    made = Transfer.objects.bulk_create(
        (
            Transfer(
                batch=batch,
                professional_id=each.professional,
                end_to_end=f"{batch.code}-{rank:04d}",
                amount=each.amount,
            )
            for rank, each in enumerate(owed, start=1)
        ),
        batch_size=AT_ONCE,
    )
    TransferLine.objects.bulk_create(
        (
            TransferLine(transfer=transfer, act=act, kind=kind, amount=act.amount)
            for transfer, each in zip(made, owed, strict=True)
            for kind, acts in ((LineKind.PAYS, each.pays), (LineKind.RECOVERS, each.recovers))
            for act in acts
        ),
        batch_size=AT_ONCE,
    )


def drop_batch(*, batch: Batch, reason: str, by: User, now: datetime) -> Batch:
    """Give up a batch that is not signed: its acts are validated again. Twice is once."""
    with transaction.atomic():
        locked = lock_batch(batch)
        if locked.state == BatchState.DROPPED:
            return locked
        check_to_sign(locked)
        TransferLine.objects.filter(transfer__batch=locked, live=True).update(live=False)
        prepared = locked.transfers.filter(state=TransferState.PREPARED)
        prepared.update(state=TransferState.DROPPED)
        locked.state = BatchState.DROPPED
        locked.save(update_fields=["state"])
        leave_payment_step(locked, Payment.DROPPED, by=by, now=now, note=reason)
    return locked


def take_out(*, transfer: Transfer, reason: str, by: User, now: datetime) -> Transfer:
    """Take one professional out of a batch that is not signed; the rest goes on. Twice is once.

    Raises Conflict without reason, and for the last one left: the batch is then given up.
    """
    with transaction.atomic():
        transfer = lock_transfer(transfer)
        batch = transfer.batch
        if transfer.state == TransferState.DROPPED:
            return transfer
        check_to_sign(batch)
        left = batch.transfers.filter(state=TransferState.PREPARED).exclude(pk=transfer.pk)
        if not left.exists():
            raise Conflict(_("C’est le dernier virement du lot\u00a0: abandonnez plutôt le lot."))
        note = required(reason)
        end_transfer(transfer, Payment.TAKEN_OUT)
        leave_payment_step(batch, Payment.TAKEN_OUT, transfer=transfer, by=by, now=now, note=note)
        batch.total = sum((each.amount for each in left), ZERO)
        batch.save(update_fields=["total"])
    return transfer


def sign_batch(
    *,
    batch: Batch,
    gateway: transfers.PayoutGateway,
    by: User,
    now: datetime,
    calls: Mapping[int, str] = MappingProxyType({}),
) -> Batch:
    """Sign and freeze a batch: accounts are read now, the bank file is written and kept.

    `calls`: for each change of account that asks for it (`changes_to_call`), by its key, who was
    called back and when. Twice by the same person is once. Raises Conflict for who prepared it or
    validated one of its acts, Uncalled when a call is missing, and Refused with every fault of the
    batch.

    The file is written before anything is locked (thousands of transfers take seconds), and kept
    only if the batch read again under the locks is the same: else Conflict.
    """
    read = order_of(batch, prepared_transfers(batch))
    written = _written(gateway, read, now=now)
    with transaction.atomic():
        lock_patients_of(Act.objects.filter(payment_lines__transfer__batch=batch))
        locked = lock_batch(batch)
        if locked.state == BatchState.SIGNED and locked.signed_by_id == by.pk:
            return locked
        check_to_sign(locked)
        if by.pk in who_may_not_sign(locked):
            raise Conflict(
                _("Vous avez préparé ce lot ou validé un de ses actes\u00a0: un autre signe.")
            )
        prepared = prepared_transfers(locked)
        order = _checked(locked, prepared, now=now)
        # after the accounts: whatever changes from here on is not in the file
        _note_calls(locked, prepared, calls, by=by, now=now)
        if written is None or order != read:
            raise Conflict(_("Ce lot vient de changer\u00a0: relisez-le avant de le signer."))
        _send(locked, prepared, by=by, now=now)
        locked.state, locked.signed_by, locked.signed_at = BatchState.SIGNED, by, now
        locked.file_name, locked.file = written.name, written.content.decode()
        locked.sha256 = hashlib.sha256(written.content).hexdigest()
        locked.save()
        leave_payment_step(locked, Payment.SIGNED, by=by, now=now)
    return locked


def _written(
    gateway: transfers.PayoutGateway, order: transfers.Batch, *, now: datetime
) -> transfers.Written | None:
    """The bank file; None for what has a fault, which the signature tells."""
    if transfers.faults(order, today=timezone.localdate(now)):
        return None
    try:
        return gateway.write(order, at=now)
    except transfers.NotWritten as error:
        raise Conflict(
            _("Le fichier ne suit pas le format des banques\u00a0: rien n’est signé.")
        ) from error


def prepared_transfers(batch: Batch) -> list[Transfer]:
    """What a signature would send, in the order of the payees' names."""
    prepared = batch.transfers.filter(state=TransferState.PREPARED)
    return list(prepared.select_related("professional"))


def _note_calls(
    batch: Batch,
    prepared: Sequence[Transfer],
    calls: Mapping[int, str],
    *,
    by: User,
    now: datetime,
) -> None:
    changes = changes_to_call((each.professional_id for each in prepared), now=now)
    noted = {pk: calls.get(each.pk, "").strip() for pk, each in changes.items()}
    if not all(noted.values()):
        raise Uncalled(_("Un compte a changé\u00a0: notez d’abord le rappel de chacun."))
    called = {
        each: noted[each.professional_id] for each in prepared if each.professional_id in noted
    }
    leave_steps(batch, Payment.CALLED, called, by=by, now=now)


def who_may_not_sign(batch: Batch) -> set[int | None]:
    """The accounts of those who prepared the batch or validated one of its acts."""
    acts = TransferLine.objects.filter(transfer__batch=batch, live=True).values("act")
    validators = ActStep.objects.filter(act__in=acts, move=Move.VALIDATED).order_by()
    return {batch.prepared_by_id, *validators.values_list("by", flat=True).distinct()}


def order_of(batch: Batch, prepared: Sequence[Transfer]) -> transfers.Batch:
    """The batch as the bank would get it now, with the accounts in force; nothing is checked."""
    accounts = accounts_of(each.professional_id for each in prepared)
    words = f"ARIANE LOT {batch.code}"
    orders = []
    for each in prepared:
        account = accounts.get(each.professional_id)
        orders.append(
            transfers.Order(
                end_to_end=each.end_to_end,
                payee=str(each.professional_id),
                holder=account.holder if account else "",
                iban=account.iban if account else "",
                amount=each.amount,
                remittance=words,
            )
        )
    lines = TransferLine.objects.filter(transfer__batch=batch, live=True)
    total = ZERO
    for kind, amount in lines.values_list("kind", "amount"):
        total += amount if kind == LineKind.PAYS else -amount
    return transfers.Batch(
        message=batch.code,
        payer=sepa.text(settings.PAYER_NAME),
        payer_iban=settings.PAYER_IBAN,
        execute_on=batch.execute_on,
        total=total,
        orders=tuple(orders),
    )


def _checked(batch: Batch, prepared: Sequence[Transfer], *, now: datetime) -> transfers.Batch:
    order = order_of(batch, prepared)
    if order.total != batch.total:
        raise Refused([transfers.Found(transfers.Fault.TOTAL)])
    used = set(
        Transfer.objects.exclude(batch=batch)
        .filter(end_to_end__in=[each.end_to_end for each in order.orders])
        .values_list("end_to_end", flat=True)
    )
    if found := transfers.faults(order, today=timezone.localdate(now), used=used):
        raise Refused(found)
    accounts = {each.end_to_end: each for each in order.orders}
    for each in prepared:
        each.holder = accounts[each.end_to_end].holder
        each.last4 = accounts[each.end_to_end].iban[-4:]
    return order


def _send(batch: Batch, prepared: Sequence[Transfer], *, by: User, now: datetime) -> None:
    for transfer in prepared:
        move_transfer(transfer, Payment.SIGNED)
    # each row of a statement is compared with all of them: short ones
    Transfer.objects.bulk_update(prepared, ["state", "holder", "last4"], batch_size=250)
    lines = list(
        TransferLine.objects.filter(transfer__batch=batch, live=True)
        .select_related("act", "transfer")
        .order_by("pk")
    )
    paid = (line.act_id for line in lines if line.kind == LineKind.PAYS)
    make_all(paid, Move.BATCHED, by=by, now=now)
    kinds = {
        LineKind.PAYS: (Entry.SIGNED,),
        LineKind.RECOVERS: (Entry.SETTLED, Entry.RECOVERED),
    }
    post_all(
        entry(
            kind,
            line.amount,
            year=line.act.done_on.year,
            by=by,
            now=now,
            act=line.act,
            transfer=line.transfer,
        )
        for line in lines
        for kind in kinds[LineKind(line.kind)]
    )


def note_download(*, batch: Batch, by: User, now: datetime) -> str:
    """The bank file of a signed batch; each time it is taken is noted."""
    with transaction.atomic():
        locked = lock_batch(batch)
        if locked.state != BatchState.SIGNED:
            raise Conflict(_("Ce lot n’est pas signé\u00a0: il n’a pas de fichier."))
        leave_payment_step(locked, Payment.DOWNLOADED, by=by, now=now)
    return locked.file
