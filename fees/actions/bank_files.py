"""Bank files: received, imported whole or not at all, closed.

One lock for all of them (the oldest file's row): two files never answer for the same transfer.
"""

from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from fees.enums import SETTLED, BankVerdict, DifferenceState, FileState, TransferState
from fees.events import BankFileConfirmed
from fees.models import BankColumns, BankFile, BankLine, BankMatch, BankStatement, Batch, Transfer
from fees.reconcile.bank import Found, is_settled_by_itself
from fees.reconcile.bank_lines import Extract, Movement
from fees.selectors.bank import Plan
from network.actions.journal import record
from network.models import User
from portal.kit.events import publish
from portal.kit.money import of_cents
from training.models import Payout

from .bank_answers import execute_shown
from .steps import Conflict

NAME_LENGTH = 120
AT_ONCE = 1000


def receive_bank_file(
    *, name: str, content: bytes, size: int, digest: str, by: User, now: datetime
) -> BankFile:
    """Keep a file as it came (`content` is packed); the same one again is that of the first time.

    `size` and `digest` (SHA-256) are those of the bytes that were sent.
    """
    with transaction.atomic():
        lock_bank()
        kept = BankFile.objects.exclude(state=FileState.DROPPED)
        if earlier := kept.filter(sha256=digest).defer("content").first():
            return earlier
        file = BankFile.objects.create(
            name=name[-NAME_LENGTH:],
            content=content,
            size=size,
            sha256=digest,
            received_at=now,
            received_by=by,
        )
        record(verb="bank.received", by=by, at=now, subject=f"banque {file.pk}")
    return file


def tell_bank_columns(
    *, file: BankFile, signature: str, told: dict[str, str], by: User, now: datetime
) -> BankColumns:
    """Take these columns as right, for this table and the next ones of the same headings.

    Twice is once. Raises Conflict once the file is imported.
    """
    with transaction.atomic():
        if lock_bank_file(file).state != FileState.RECEIVED:
            raise Conflict(_("Ce fichier est déjà importé\u00a0: ses colonnes ne changent plus."))
        kept, new = BankColumns.objects.get_or_create(
            signature=signature, defaults={"told": told, "confirmed_at": now, "confirmed_by": by}
        )
        if new or kept.told != told:
            kept.told, kept.confirmed_at, kept.confirmed_by = told, now, by
            kept.save()
            record(verb="bank.columns", by=by, at=now, subject=f"banque {file.pk}")
    return kept


def digest_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def lock_bank() -> None:
    """Hold all bank files: they are few, and so are those who handle them."""
    BankFile.objects.select_for_update(no_key=True).order_by("pk").values("pk").first()


def lock_bank_file(file: BankFile) -> BankFile:
    lock_bank()
    return BankFile.objects.defer("content").get(pk=file.pk)


def confirm_bank_file(*, file: BankFile, by: User, now: datetime) -> BankFile:
    """Take what was understood as right: the file may be imported. Twice is once."""
    with transaction.atomic():
        locked = lock_bank_file(file)
        if locked.state != FileState.RECEIVED:
            return locked
        locked.state, locked.imported_by = FileState.MATCHING, by
        locked.save(update_fields=["state", "imported_by"])
        publish(BankFileConfirmed(locked.pk))
    return locked


def import_bank_file(*, file: BankFile, form: str, plan: Plan, now: datetime) -> BankFile:
    """Write every statement, line and match, and note as paid what identifiers prove; or nothing.

    Twice is once. `plan` is made under the lock (`lock_bank`).
    """
    with transaction.atomic():
        locked = lock_bank_file(file)
        if locked.state != FileState.MATCHING:
            return locked
        by = locked.imported_by or locked.received_by
        rank = 0
        lines: list[BankLine] = []
        for extract in plan.extracts:
            statement = _statement(locked, extract)
            for each in extract.movements:
                rank += 1
                lines.append(_line(statement, each, rank, plan.marks[each.key]))
        made = BankLine.objects.bulk_create(lines, AT_ONCE)
        matches = _matches(locked, made, plan)
        BankMatch.objects.bulk_create(matches, AT_ONCE)
        settle_unseen(matches)
        paid = [each.transfer_id for each in matches if each.moved and each.transfer_id]
        whole = {each.batch_id for each in matches if each.moved and each.batch_id}
        paid += Transfer.objects.filter(batch__in=whole).values_list("pk", flat=True)
        if paid:
            execute_shown(transfers=paid, by=by, now=now)
        locked.form, locked.remarks = form[:80], plan.remarks[:50]
        locked.state = FileState.OPEN
        locked.save(update_fields=["form", "remarks", "state"])
        record(verb="bank.imported", by=by, at=now, subject=f"banque {locked.pk}")
    return locked


def refuse_bank_file(*, file: BankFile, why: str) -> None:
    """An import that could not be made: the file is as it was received, with the reason."""
    with transaction.atomic():
        locked = lock_bank_file(file)
        if locked.state == FileState.MATCHING:
            locked.state, locked.imported_by, locked.remarks = FileState.RECEIVED, None, [why]
            locked.save(update_fields=["state", "imported_by", "remarks"])


def _statement(file: BankFile, extract: Extract) -> BankStatement:
    span = extract.span
    return BankStatement.objects.create(
        file=file,
        account=extract.account,
        name=span.name,
        number=span.number,
        opened_on=span.opened_on,
        closed_on=span.closed_on,
        opening=_euros(span.opening),
        closing=_euros(span.closing),
        moved=of_cents(extract.moved),
    )


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else of_cents(cents)


def _line(statement: BankStatement, each: Movement, rank: int, mark: str) -> BankLine:
    return BankLine(
        statement=statement,
        key=each.key,
        rank=rank,
        booked_on=each.booked_on,
        amount=of_cents(each.cents),
        end_to_end=each.end_to_end,
        group=each.group,
        count=each.count,
        reference=each.reference,
        name=each.name,
        text=each.text,
        is_return=each.is_return,
        reason=each.reason,
        mark=mark,
    )


def _matches(file: BankFile, lines: list[BankLine], plan: Plan) -> list[BankMatch]:
    codes = {each.batch for each in plan.found.values() if each.batch and each.transfer is None}
    numbers = {int(code.rpartition("-")[2]) for code in codes}
    batches = {each.code: each for each in Batch.objects.filter(number__in=numbers).defer("file")}
    keys = {each.transfer for each in [*plan.found.values(), *plan.not_seen]}
    transfers = Transfer.objects.in_bulk([key for key in keys if key is not None])
    names = {each.payout for each in plan.found.values() if each.payout}
    payouts = {each.key: each for each in Payout.objects.filter(key__in=names)}
    made = []
    for line in lines:
        found = plan.found[line.key]
        match = _match(file, found, line, transfers, batches)
        match.payout = payouts.get(found.payout)
        made.append(match)
    asked = set(
        BankMatch.objects.filter(verdict=BankVerdict.NOT_SEEN).values_list("transfer", flat=True)
    )
    made += [
        _match(file, found, None, transfers, batches)
        for found in plan.not_seen
        if found.transfer not in asked
    ]
    return made


def _match(
    file: BankFile,
    found: Found,
    line: BankLine | None,
    transfers: dict[int, Transfer],
    batches: dict[str, Batch],
) -> BankMatch:
    transfer = transfers[found.transfer] if found.transfer is not None else None
    batch = batches.get(found.batch) if transfer is None else None
    settled = is_settled_by_itself(found, transfer.state if transfer else "")
    amount = line.amount if line else Decimal(0)
    on_its_way = batch is not None or (
        transfer is not None and transfer.state == TransferState.SENT
    )
    return BankMatch(
        file=file,
        line=line,
        transfer=transfer,
        batch=batch,
        verdict=found.verdict,
        method=found.method,
        confidence=found.confidence,
        explanation=found.explanation[:500],
        amount=amount,
        held=of_cents(found.cents),
        stake=Decimal(0) if settled else abs(amount) or of_cents(found.cents),
        state=DifferenceState.AGREED if settled else DifferenceState.OPEN,
        moved=settled and on_its_way,
    )


def settle_unseen(matches: list[BankMatch]) -> None:
    """What was not seen, and now is, waits no more."""
    seen = [each for each in matches if each.state in SETTLED]
    one = {each.transfer_id for each in seen if each.verdict == BankVerdict.PAID}
    whole = {each.batch_id for each in seen if each.verdict == BankVerdict.GROUPED}
    waiting = BankMatch.objects.filter(verdict=BankVerdict.NOT_SEEN, line=None).exclude(
        state=DifferenceState.AGREED
    )
    for found in (waiting.filter(transfer__in=one), waiting.filter(transfer__batch__in=whole)):
        found.update(
            state=DifferenceState.AGREED, stake=0, explanation=_("Vu depuis sur un autre relevé.")
        )


def drop_bank_file(*, file: BankFile, by: User, now: datetime) -> BankFile:
    """Set a file aside before it is imported. Twice is once."""
    with transaction.atomic():
        locked = lock_bank_file(file)
        if locked.state == FileState.DROPPED:
            return locked
        if locked.state != FileState.RECEIVED:
            raise Conflict(_("Ce fichier est déjà importé\u00a0: il ne s’écarte plus."))
        locked.state = FileState.DROPPED
        locked.save(update_fields=["state"])
        record(verb="bank.dropped", by=by, at=now, subject=f"banque {locked.pk}")
    return locked


def close_bank_file(*, file: BankFile, by: User, now: datetime) -> BankFile:
    """End the reconciliation of a file in which nothing waits. Twice is once."""
    with transaction.atomic():
        locked = lock_bank_file(file)
        if locked.state == FileState.CLOSED:
            return locked
        if locked.state != FileState.OPEN:
            raise Conflict(_("Ce relevé n’est pas à rapprocher."))
        if locked.matches.filter(state=DifferenceState.OPEN).exists():
            raise Conflict(_("Il reste des lignes à décider."))
        locked.state, locked.closed_at, locked.closed_by = FileState.CLOSED, now, by
        locked.save(update_fields=["state", "closed_at", "closed_by"])
        record(verb="bank.closed", by=by, at=now, subject=f"banque {locked.pk}")
    return locked


def note_bank_download(*, file: BankFile, by: User, now: datetime) -> bytes:
    """The packed bytes of a file; each time they are taken is noted."""
    with transaction.atomic():
        record(verb="bank.downloaded", by=by, at=now, subject=f"banque {file.pk}")
        return bytes(BankFile.objects.get(pk=file.pk).content)
