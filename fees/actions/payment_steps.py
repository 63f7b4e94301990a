"""What every gesture on a batch does: lock, move a transfer, leave a step behind."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fees import course
from fees.enums import BatchState, LineKind, Payment, State
from fees.models import Act, Batch, PaymentStep, Transfer
from network.actions.journal import record
from network.models import JournalEntry, Patient, User
from portal.kit.locks import waiting

from .books import AT_ONCE
from .steps import Busy, Conflict


def lock_batch(batch: Batch) -> Batch:
    """Raises Busy when somebody else holds it for too long."""
    with waiting(_busy):
        return Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)


def lock_transfer(transfer: Transfer) -> Transfer:
    """The transfer, once the patients of its acts and its batch are locked."""
    lock_patients_of(Act.objects.filter(payment_lines__transfer=transfer))
    locked = lock_batch(transfer.batch)
    found = Transfer.objects.get(pk=transfer.pk)
    found.batch = locked
    return found


def lock_patients_of(*acts: QuerySet[Act]) -> set[int]:
    """Hold the patients of these acts, in the order of their keys; gives those keys.

    Raises Busy when somebody else holds one of them for too long.
    """
    keys = {key for some in acts for key in some.order_by().values_list("patient", flat=True)}
    locked = Patient.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    with waiting(_busy):
        return set(locked.values_list("pk", flat=True))


def _busy() -> Busy:
    return Busy(_("Quelqu’un d’autre tient ces paiements. Rien n’est perdu\u00a0: essayez encore."))


def check_to_sign(batch: Batch) -> None:
    if batch.state != BatchState.DRAFT:
        raise Conflict(
            _("Ce lot est « %(state)s » : ce n’est plus possible.")
            % {"state": batch.get_state_display()}
        )


def move_transfer(transfer: Transfer, move: Payment) -> None:
    sources, target = course.TRANSFERS[move]
    if transfer.state not in sources:
        raise Conflict(
            _("Ce virement est « %(state)s » : ce n’est plus possible.")
            % {"state": transfer.get_state_display()}
        )
    transfer.state = target


def end_transfer(transfer: Transfer, move: Payment) -> None:
    """End a transfer without payment: another one may pay its acts."""
    move_transfer(transfer, move)
    transfer.save(update_fields=["state"])
    transfer.lines.update(live=False)


def paid_acts(transfer: Transfer) -> list[int]:
    """The keys of the acts that it pays, but for those reversed since."""
    paid = transfer.lines.filter(live=True, kind=LineKind.PAYS)
    return list(paid.exclude(act__state=State.REVERSED).values_list("act_id", flat=True))


def leave_payment_step(
    batch: Batch,
    move: Payment,
    *,
    by: User,
    now: datetime,
    transfer: Transfer | None = None,
    note: str = "",
) -> None:
    PaymentStep.objects.create(batch=batch, transfer=transfer, move=move, at=now, by=by, note=note)
    record(verb=f"batch.{move}", by=by, at=now, subject=str(transfer or batch), reason=note)


def leave_steps(
    batch: Batch, move: Payment, notes: Mapping[Transfer, str], *, by: User, now: datetime
) -> None:
    """The same for many transfers of a batch at once, each with its note."""
    PaymentStep.objects.bulk_create(
        (
            PaymentStep(batch=batch, transfer=each, move=move, at=now, by=by, note=note)
            for each, note in notes.items()
        ),
        batch_size=AT_ONCE,
    )
    JournalEntry.objects.bulk_create(
        (
            JournalEntry(verb=f"batch.{move}", actor=by, at=now, subject=str(each), reason=note)
            for each, note in notes.items()
        ),
        batch_size=AT_ONCE,
    )


def required(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Conflict(_("Écrivez le motif."))
    return reason
