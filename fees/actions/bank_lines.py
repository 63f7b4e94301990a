"""What accountants do with a line of the bank: accept, classify, ask, undo, note, assign.

Accepting makes the payments follow the bank: a transfer is paid, or comes back and its acts wait
for the next batch. `version` is what the person saw: a colleague's gesture since is told.
"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fees.enums import (
    SETTLED,
    BankMethod,
    BankVerdict,
    DifferenceMove,
    DifferenceState,
    FileState,
    Payment,
    TransferState,
)
from fees.models import BankLine, BankMatch, BankStep, Batch, Transfer
from fees.reconcile.bank import AT_BANK
from fees.reconcile.bank_words import reason_words
from network.actions.journal import record
from network.models import User
from portal.kit.money import of_cents
from portal.kit.words import plain_day
from training.models import Payout

from .bank_answers import execute_shown, send_back
from .bank_files import lock_bank_file, settle_unseen
from .differences import TARGETS, Overtaken
from .payment_steps import required
from .steps import Conflict

ACCEPTABLE = frozenset(
    {BankVerdict.PAID, BankVerdict.GROUPED, BankVerdict.RETURNED, BankVerdict.CARD_PAYOUT}
)


def decide_line(
    *,
    match: BankMatch,
    move: DifferenceMove,
    version: int,
    by: User,
    now: datetime,
    note: str = "",
    chosen: Transfer | Batch | Payout | None = None,
) -> BankMatch:
    """Accept, classify with a reason, or ask the bank; the same gesture twice is once.

    `chosen`: the transfer, batch or payout that a person says the line to be. Raises Overtaken, and
    Conflict when the gesture does not fit the line or the payments.
    """
    with transaction.atomic():
        locked = _lock(match)
        last = locked.steps.last()
        if last and last.move == move and last.by_id == by.pk and locked.version == version + 1:
            return locked
        _check(locked, version)
        if locked.state not in (DifferenceState.OPEN, DifferenceState.ASKED):
            raise Conflict(_("Cette ligne est déjà décidée\u00a0: annulez d’abord."))
        if move == DifferenceMove.REFUSED:
            note = required(note)
        elif move == DifferenceMove.ACCEPTED:
            if chosen is not None:
                _choose(locked, chosen)
            _accept(locked, by=by, now=now)
        locked.state = TARGETS[move]
        _save(locked, move, by=by, now=now, note=note)
        if move == DifferenceMove.ACCEPTED:
            settle_unseen([locked])
    return locked


def _choose(match: BankMatch, chosen: Transfer | Batch | Payout) -> None:
    """Raises Conflict unless the amounts are the same, to the cent."""
    if match.line is None or match.verdict in ACCEPTABLE:
        raise Conflict(_("Cette ligne a déjà sa réponse."))
    match.payout = None
    if isinstance(chosen, Batch):
        at_bank = chosen.transfers.filter(state__in=AT_BANK)
        held = sum((each.amount for each in at_bank), Decimal(0))
        match.batch, match.transfer, match.verdict = chosen, None, BankVerdict.GROUPED
    elif isinstance(chosen, Payout):
        held = of_cents(chosen.amount)
        match.batch, match.transfer = None, None
        match.payout, match.verdict = chosen, BankVerdict.CARD_PAYOUT
    else:
        held = chosen.amount
        debit = match.amount < 0
        match.transfer, match.batch = chosen, None
        match.verdict = BankVerdict.PAID if debit else BankVerdict.RETURNED
    expected = match.amount if match.payout else abs(match.amount)  # a payout may be a debit
    if held != expected or (match.batch and match.amount > 0):
        raise Conflict(_("Les deux montants ne sont pas les mêmes."))
    match.held, match.method = held, BankMethod.PERSON
    match.explanation = _("Choisi par une personne.")


def _accept(match: BankMatch, *, by: User, now: datetime) -> None:
    """Make the payments follow the line."""
    if match.verdict not in ACCEPTABLE:
        raise Conflict(_("Rien à accepter ici\u00a0: classez la ligne, ou posez la question."))
    if match.payout is not None:
        _refuse_arrived(match)
        return
    if match.batch is not None:
        transfers = list(match.batch.transfers.filter(state__in=AT_BANK))
    else:
        transfers = [match.transfer] if match.transfer else []
    if not transfers or any(each.state not in AT_BANK for each in transfers):
        raise Conflict(_("Ce virement n’est pas à la banque\u00a0: voyez sa page."))
    _refuse_settled(match, transfers)
    keys = [each.pk for each in transfers]
    match.moved = execute_shown(transfers=keys, by=by, now=now) > 0
    if match.verdict == BankVerdict.RETURNED:
        (transfer,) = transfers
        if transfer.state != TransferState.RETURNED:
            transfer.refresh_from_db(fields=["state"])
            why = _why(match.line)
            send_back(transfer=transfer, move=Payment.RETURNED, reason=why, by=by, now=now)
            match.moved = True


def _why(line: BankLine | None) -> str:
    """The bank's reason, as it stands on the transfer's page."""
    if line is None:
        return ""
    return _("Revenu le %(day)s\u00a0: %(why)s") % {
        "day": plain_day(line.booked_on),
        "why": reason_words(line.reason) or _("sans motif de la banque"),
    }


def _refuse_settled(match: BankMatch, transfers: list[Transfer]) -> None:
    """Raises Conflict when another line answers for one of these already."""
    others = BankMatch.objects.filter(state__in=SETTLED).exclude(pk=match.pk)
    if match.verdict == BankVerdict.RETURNED:
        taken = others.filter(transfer__in=transfers, verdict=BankVerdict.RETURNED)
    else:
        batches = {each.batch_id for each in transfers}
        taken = others.filter(transfer__in=transfers, verdict=BankVerdict.PAID)
        taken |= others.filter(batch__in=batches, verdict=BankVerdict.GROUPED)
    if taken.exists():
        raise Conflict(_("Une autre ligne de la banque règle déjà ce virement."))


def _refuse_arrived(match: BankMatch) -> None:
    """Raises Conflict when another line is this payout already."""
    others = BankMatch.objects.filter(state__in=SETTLED, verdict=BankVerdict.CARD_PAYOUT)
    if others.filter(payout=match.payout).exclude(pk=match.pk).exists():
        raise Conflict(_("Ce versement est déjà arrivé par une autre ligne."))


def undo_line(*, match: BankMatch, version: int, by: User, now: datetime) -> BankMatch:
    """Put a decided line back to decide. Raises Conflict once the payments have followed it."""
    with transaction.atomic():
        locked = _lock(match)
        if locked.state == DifferenceState.OPEN:
            return locked
        _check(locked, version)
        if locked.moved:
            raise Conflict(
                _("Le virement a suivi la banque\u00a0: ce qui change encore se note sur sa page.")
            )
        if locked.state == DifferenceState.AGREED:
            raise Conflict(_("Cette ligne concorde d’elle-même."))
        if locked.method == BankMethod.PERSON:
            locked.transfer, locked.batch, locked.method = None, None, ""
            debit = locked.amount < 0
            if locked.payout is not None:
                locked.payout, locked.verdict = None, BankVerdict.CARD_UNKNOWN
            else:
                locked.verdict = BankVerdict.UNKNOWN_DEBIT if debit else BankVerdict.UNKNOWN_CREDIT
            locked.held, locked.explanation = Decimal(0), ""
        locked.state = DifferenceState.OPEN
        _save(locked, DifferenceMove.UNDONE, by=by, now=now)
    return locked


def note_line(*, match: BankMatch, note: str, by: User, now: datetime) -> BankMatch:
    """Leave a word for whoever decides. Raises Conflict when it is empty."""
    with transaction.atomic():
        locked = _lock(match)
        _save(locked, DifferenceMove.NOTED, by=by, now=now, note=required(note))
    return locked


def assign_line(*, match: BankMatch, to: User, by: User, now: datetime) -> BankMatch:
    """Hand a line to a colleague. Twice is once."""
    with transaction.atomic():
        locked = _lock(match)
        if locked.assigned_to_id != to.pk:
            locked.assigned_to = to
            _save(locked, DifferenceMove.ASSIGNED, by=by, now=now, note=str(to))
    return locked


def _lock(match: BankMatch) -> BankMatch:
    file = lock_bank_file(match.file)
    if file.state != FileState.OPEN:
        raise Conflict(_("Ce relevé n’est plus à rapprocher."))
    found = BankMatch.objects.select_related("line", "transfer", "batch", "payout").defer(
        "batch__file"
    )
    locked = found.get(pk=match.pk)
    locked.file = file
    return locked


def _check(found: BankMatch, version: int) -> None:
    if found.version == version:
        return
    last = found.steps.select_related("by").last()
    raise Overtaken(
        _("%(who)s a changé cette ligne entre-temps\u00a0: elle est « %(state)s ».")
        % {"who": last.by if last else _("Quelqu’un"), "state": found.get_state_display()}
    )


def _save(
    found: BankMatch, move: DifferenceMove, *, by: User, now: datetime, note: str = ""
) -> None:
    found.version += 1
    found.save()
    BankStep.objects.create(
        match=found, move=move, state=found.state, at=now, by=by, note=note[:500]
    )
    record(verb=f"bank_line.{move}", by=by, at=now, subject=f"ligne de banque {found.pk}")
