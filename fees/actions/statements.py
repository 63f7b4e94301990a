"""Statements: received, read once their columns are confirmed, sent by their author, closed.

Locks: the professional's row, then the file's. What was understood of the bytes is given by the
caller.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fees.enums import DifferenceState, FileState
from fees.events import ColumnsConfirmed
from fees.models import (
    Act,
    ColumnMemory,
    Difference,
    StatementFile,
    StatementLine,
)
from fees.reconcile.decisions import is_settled_by_itself, stake, worth
from fees.reconcile.engine import reconcile
from fees.reconcile.lines import Line, Understood
from fees.selectors.statement_log import log_of, settled_elsewhere
from fees.selectors.statements import mark_of
from network.actions.journal import record
from network.models import Professional, User
from portal.kit.events import publish
from portal.kit.money import of_cents

from .steps import Conflict

NAME_LENGTH = 120


def receive_statement(
    *,
    professional: Professional,
    month: date,
    name: str,
    content: bytes,
    by: User,
    now: datetime,
) -> StatementFile:
    """Keep a file as it came; the same bytes again give the file of the first time."""
    month = month.replace(day=1)
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        Professional.objects.select_for_update(no_key=True).get(pk=professional.pk)
        kept = StatementFile.objects.exclude(state=FileState.DROPPED)
        if earlier := kept.filter(professional=professional, sha256=digest).first():
            return earlier
        file = StatementFile.objects.create(
            professional=professional,
            month=month,
            name=name[-NAME_LENGTH:],
            content=content,
            size=len(content),
            sha256=digest,
            received_at=now,
            received_by=by,
        )
        record(verb="statement.received", by=by, at=now, subject=f"relevé {file.pk}")
    return file


def confirm_columns(
    *, file: StatementFile, told: dict[str, dict[str, str]], signature: str, by: User, now: datetime
) -> StatementFile:
    """Take these columns as right, and remember them for the sender's next files. Twice is once."""
    with transaction.atomic():
        locked = lock_file(file)
        if locked.state != FileState.RECEIVED:
            return locked
        ColumnMemory.objects.update_or_create(
            professional=locked.professional,
            signature=sha256(signature.encode()).hexdigest(),
            defaults={"told": told, "confirmed_at": now, "confirmed_by": by},
        )
        locked.told, locked.state = told, FileState.MATCHING
        locked.save(update_fields=["told", "state"])
        publish(ColumnsConfirmed(locked.pk))
    return locked


def lock_file(file: StatementFile) -> StatementFile:
    """Hold a file, under its professional: two files of one sender do not settle the same act."""
    Professional.objects.select_for_update(no_key=True).get(pk=file.professional_id)
    found = StatementFile.objects.select_for_update(no_key=True, of=("self",))
    return found.select_related("professional").get(pk=file.pk)


def match_statement(*, file: StatementFile, understood: Understood, now: datetime) -> StatementFile:
    """Write every line and every difference, or nothing. Twice is once."""
    with transaction.atomic():
        locked = lock_file(file)
        if locked.state != FileState.MATCHING:
            return locked
        lines = StatementLine.objects.bulk_create(
            [_line(locked, each, rank) for rank, each in enumerate(understood.lines)], 1000
        )
        Difference.objects.bulk_create(_differences(locked, lines, understood), 1000)
        locked.form = understood.form[:80]
        locked.remarks = understood.remarks[:50]
        locked.state = FileState.CHECKED if locked.is_own else FileState.OPEN
        locked.save(update_fields=["form", "remarks", "state"])
        record(verb="statement.read", by=locked.received_by, at=now, subject=f"relevé {locked.pk}")
    return locked


def _line(file: StatementFile, line: Line, rank: int) -> StatementLine:
    euros = None if line.cents is None else of_cents(line.cents)
    return StatementLine(
        file=file,
        key=line.key[:80],
        rank=rank,
        sheet=line.sheet[:60],
        row=line.row,
        done_on=line.done_on[:60],
        kind=line.kind[:80],
        amount=line.amount[:40],
        euros=euros,
        patient_name=line.patient_name[:200],
        patient_code=line.patient_code[:40],
        birth_date=line.birth_date[:40],
        professional_code=line.professional[:40],
        professional_name=line.professional_name[:120],
        remarks=list(line.remarks),
        mark=mark_of(line),
    )


def _differences(
    file: StatementFile, lines: Iterable[StatementLine], understood: Understood
) -> list[Difference]:
    result = reconcile(log_of(file), understood.frame())
    by_key = {line.key: line for line in lines}
    pairs = result.pairs.to_dict("records")
    alone = result.left[result.left["source"] == "acts"]["id"].tolist()
    acts = Act.objects.in_bulk([int(each) for each in [*(p["act"] for p in pairs), *alone]])
    settled = settled_elsewhere(file)
    found = []
    for pair in pairs:
        act = acts[int(pair["act"])]
        line = by_key[str(pair["line"])[:80]]
        said = str(pair["explanation"])
        if act.pk in settled:
            said = _("Un autre relevé règle déjà cet acte.")
        found.append(_difference(file, pair, said, line=line, act=act))
    for left in result.left.to_dict("records"):
        if left["source"] == "statement":
            line = by_key[str(left["id"])[:80]]
            found.append(_difference(file, left, str(left["explanation"]), line=line))
        else:
            act = acts[int(left["id"])]
            unclaimed = act.is_live and act.pk not in settled
            if unclaimed and act.done_on.replace(day=1) == file.month:
                found.append(_difference(file, left, str(left["explanation"]), act=act))
    return found


def _difference(
    file: StatementFile,
    found: dict[Any, Any],
    said: str,
    *,
    line: StatementLine | None = None,
    act: Act | None = None,
) -> Difference:
    verdict = str(found["verdict"])
    confidence = Decimal(str(found.get("confidence", 0)))
    claimed = (line.euros if line else None) or Decimal(0)
    held = act.amount if act else Decimal(0)
    agreed = is_settled_by_itself(verdict, confidence)
    return Difference(
        file=file,
        line=line,
        act=act,
        verdict=verdict,
        method=str(found.get("method", "")),
        confidence=confidence,
        explanation=said[:500],
        claimed=claimed,
        held=held,
        stake=stake(verdict, claimed, held),
        payable=worth(verdict, held) if agreed else Decimal(0),
        state=DifferenceState.AGREED if agreed else DifferenceState.OPEN,
    )


def send_statement(*, file: StatementFile, by: User, now: datetime) -> StatementFile:
    """The author hands over what was checked. Twice is once."""
    with transaction.atomic():
        locked = lock_file(file)
        if locked.state in (FileState.OPEN, FileState.CLOSED):
            return locked
        if locked.state != FileState.CHECKED:
            raise Conflict(_("Ce relevé n’est pas encore vérifié."))
        locked.state, locked.sent_at = FileState.OPEN, now
        locked.save(update_fields=["state", "sent_at"])
        record(verb="statement.sent", by=by, at=now, subject=f"relevé {locked.pk}")
    return locked


def drop_statement(*, file: StatementFile, by: User, now: datetime) -> StatementFile:
    """Set a file aside before it is matched, or before its author sends it. Twice is once.

    Its lines and differences are kept with it; they settle nothing.
    """
    with transaction.atomic():
        locked = lock_file(file)
        if locked.state == FileState.DROPPED:
            return locked
        if locked.state not in (FileState.RECEIVED, FileState.CHECKED):
            raise Conflict(_("Ce relevé est déjà rapproché\u00a0: il ne s’écarte plus."))
        locked.state = FileState.DROPPED
        locked.save(update_fields=["state"])
        settled = locked.differences.filter(state=DifferenceState.AGREED)
        settled.update(state=DifferenceState.REFUSED, payable=0)
        record(verb="statement.dropped", by=by, at=now, subject=f"relevé {locked.pk}")
    return locked


def close_statement(*, file: StatementFile, by: User, now: datetime) -> StatementFile:
    """End the reconciliation of a file in which nothing waits. Twice is once."""
    with transaction.atomic():
        locked = lock_file(file)
        if locked.state == FileState.CLOSED:
            return locked
        if locked.state != FileState.OPEN:
            raise Conflict(_("Ce relevé n’est pas à rapprocher."))
        left = locked.differences.filter(state=DifferenceState.OPEN).count()
        if left:
            raise Conflict(
                _("Il reste %(left)s différences à décider.") % {"left": left}
                if left > 1
                else _("Il reste une différence à décider.")
            )
        locked.state, locked.closed_at, locked.closed_by = FileState.CLOSED, now, by
        locked.save(update_fields=["state", "closed_at", "closed_by"])
        record(verb="statement.closed", by=by, at=now, subject=f"relevé {locked.pk}")
    return locked
