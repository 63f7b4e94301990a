"""What accountants do with a difference: accept, refuse, ask, split, undo, note, assign.

Locks: the professional's row, then the file's. `version` is what the person saw: somebody else's
gesture since is told, and nothing is overwritten.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fees.enums import DifferenceMove, DifferenceState, FileState
from fees.models import Act, Closing, Difference, DifferenceStep
from fees.reconcile.decisions import PAYS, is_settled_by_itself, stake, worth
from fees.reconcile.frames import Left, Pair
from fees.selectors.statement_log import pair_of, settled_elsewhere
from network.actions.journal import record
from network.models import User
from portal.kit.dates import add_months

from .payment_steps import required
from .statements import lock_file
from .steps import Conflict

TARGETS = {
    DifferenceMove.ACCEPTED: DifferenceState.ACCEPTED,
    DifferenceMove.REFUSED: DifferenceState.REFUSED,
    DifferenceMove.ASKED: DifferenceState.ASKED,
}


class Overtaken(Conflict):
    """Somebody else decided meanwhile; the message says who and what."""


def decide(
    *,
    difference: Difference,
    move: DifferenceMove,
    version: int,
    by: User,
    now: datetime,
    note: str = "",
) -> Difference:
    """Accept, refuse or ask about a difference; the same gesture twice is once.

    An accepted line is worth its act's amount. Raises Overtaken, Conflict when the gesture does not
    fit the difference, lacks its reason, or comes too late.
    """
    target = TARGETS[move]
    with transaction.atomic():
        locked = _lock(difference)
        if _is_repeated(locked, move, by=by, version=version):
            return locked
        _check(locked, version)
        if locked.state in (DifferenceState.ACCEPTED, DifferenceState.REFUSED):
            raise Conflict(_("Cette différence est déjà décidée\u00a0: annulez d’abord."))
        _refuse_frozen(locked)
        if move == DifferenceMove.REFUSED:
            note = required(note)
        locked.payable = _worth(locked) if move == DifferenceMove.ACCEPTED else Decimal(0)
        locked.state = target
        _save(locked, move, by=by, now=now, note=note)
    return locked


def _worth(difference: Difference) -> Decimal:
    if difference.verdict == Left.MISSING_IN_STATEMENT:
        return Decimal(0)  # seen: nobody asks for it here
    if difference.act is None or difference.verdict not in PAYS:
        raise Conflict(
            _("Cette ligne n’a pas d’acte à payer\u00a0: rejetez-la, ou posez la question.")
        )
    if difference.act_id in settled_elsewhere(difference.file):
        raise Conflict(_("Un autre relevé règle déjà cet acte."))
    return worth(difference.verdict, difference.held)


def undo(*, difference: Difference, version: int, by: User, now: datetime) -> Difference:
    """Put a decided difference back to decide. Raises Overtaken, Conflict once it is frozen."""
    with transaction.atomic():
        locked = _lock(difference)
        if locked.state == DifferenceState.OPEN:
            return locked
        _check(locked, version)
        _refuse_frozen(locked)
        locked.state, locked.payable = DifferenceState.OPEN, Decimal(0)
        _save(locked, DifferenceMove.UNDONE, by=by, now=now)
    return locked


def split(
    *,
    difference: Difference,
    others: Iterable[Difference],
    version: int,
    by: User,
    now: datetime,
) -> Difference:
    """Say that a line claims further acts, which no other line claims: each gets its share.

    Euros of the line are shared at the amounts of the acts, the rest stays with the first share;
    all shares wait to be decided. Raises Conflict when the line claims less than its acts.
    """
    keys = sorted(each.pk for each in others)
    with transaction.atomic():
        locked = _lock(difference)
        _check(locked, version)
        taken = list(
            Difference.objects.filter(
                pk__in=keys, file=locked.file, line=None, state=DifferenceState.OPEN
            ).select_related("act")
        )
        if not keys or len(taken) != len(keys) or locked.line is None:
            raise Conflict(_("Choisissez des actes que rien d’autre ne réclame."))
        if locked.state != DifferenceState.OPEN:
            raise Conflict(_("Cette différence est déjà décidée\u00a0: annulez d’abord."))
        first = locked
        if locked.act is None:  # the line had no act: it takes the first one chosen
            first, taken = _attach(locked, taken[0]), taken[1:]
        left = first.claimed - sum((each.held for each in taken), Decimal(0))
        if left < 0:
            raise Conflict(_("La ligne demande moins que ces actes."))
        for each in taken:
            each.line, each.claimed = first.line, each.held
            each.verdict, each.stake = Pair.MATCHED, Decimal(0)
            each.explanation = _("Part de la ligne, réclamée avec d’autres actes.")
            _save(each, DifferenceMove.SPLIT, by=by, now=now)
        first.claimed = left
        first.verdict = Pair.MATCHED if left == first.held else Pair.AMOUNT_DIFFERS
        first.stake = abs(left - first.held)
        _save(first, DifferenceMove.SPLIT, by=by, now=now)
    return first


def _attach(difference: Difference, taken: Difference) -> Difference:
    """Give a line without act the act of another difference, which ends there."""
    act, held = taken.act, taken.held
    if taken.steps.exists():
        raise Conflict(_("Cet acte a déjà été décidé\u00a0: choisissez-en un autre."))
    taken.delete()
    difference.act, difference.held = act, held
    difference.explanation = _("Acte choisi par une personne.")
    return difference


def look_again(*, difference: Difference, version: int, by: User, now: datetime) -> Difference:
    """Look once more for the act of a line that has none: it may have been noted since.

    What then concords is settled. Raises Conflict when there is still no act, Overtaken.
    """
    with transaction.atomic():
        locked = _lock(difference)
        _check(locked, version)
        waits = locked.state in (DifferenceState.OPEN, DifferenceState.ASKED)
        if locked.line is None or locked.act is not None or not waits:
            raise Conflict(_("Cette ligne a déjà sa réponse."))
        found = pair_of(locked.file, locked.line)
        if found is None:
            raise Conflict(_("Toujours aucun acte noté pour cette ligne."))
        act = Act.objects.select_related("patient").get(pk=int(found["act"]))
        alone = locked.file.differences.filter(act=act, line=None).first()
        if alone is not None:
            if alone.steps.exists():
                raise Conflict(_("Cet acte a déjà été décidé\u00a0: choisissez-en un autre."))
            alone.delete()
        locked.act, locked.held, locked.verdict = act, act.amount, str(found["verdict"])
        locked.method = str(found["method"])
        locked.confidence = Decimal(str(found["confidence"]))
        locked.explanation = str(found["explanation"])[:500]
        locked.stake = stake(locked.verdict, locked.claimed, locked.held)
        agreed = is_settled_by_itself(locked.verdict, locked.confidence)
        locked.state = DifferenceState.AGREED if agreed else DifferenceState.OPEN
        locked.payable = worth(locked.verdict, locked.held) if agreed else Decimal(0)
        _save(locked, DifferenceMove.FOUND, by=by, now=now)
    return locked


def note_difference(*, difference: Difference, note: str, by: User, now: datetime) -> Difference:
    """Leave a word for whoever decides. Raises Conflict when it is empty."""
    with transaction.atomic():
        locked = _lock(difference)
        _save(locked, DifferenceMove.NOTED, by=by, now=now, note=required(note))
    return locked


def assign(*, difference: Difference, to: User, by: User, now: datetime) -> Difference:
    """Hand a difference to a colleague. Twice is once."""
    with transaction.atomic():
        locked = _lock(difference)
        if locked.assigned_to_id != to.pk:
            locked.assigned_to = to
            _save(locked, DifferenceMove.ASSIGNED, by=by, now=now, note=str(to))
    return locked


def _lock(difference: Difference) -> Difference:
    file = lock_file(difference.file)
    if file.state != FileState.OPEN:
        raise Conflict(_("Ce relevé n’est plus à rapprocher."))
    found = Difference.objects.select_related("line", "act__patient").get(pk=difference.pk)
    found.file = file
    return found


def _is_repeated(found: Difference, move: DifferenceMove, *, by: User, version: int) -> bool:
    last = found.steps.last()
    same = last is not None and last.move == move and last.by_id == by.pk
    return same and found.version == version + 1 and found.state == TARGETS[move]


def _check(found: Difference, version: int) -> None:
    if found.version == version:
        return
    last = found.steps.select_related("by").last()
    raise Overtaken(
        _("%(who)s a changé cette ligne entre-temps\u00a0: elle est « %(state)s ».")
        % {"who": last.by if last else _("Quelqu’un"), "state": found.get_state_display()}
    )


def _refuse_frozen(found: Difference) -> None:
    """What was confirmed before the books of its month were closed is frozen."""
    if found.state == DifferenceState.OPEN:
        return
    last = found.steps.last()
    confirmed = last.at if last else found.file.received_at
    end = add_months(found.file.month, 1) - timedelta(days=1)
    if Closing.objects.filter(until__gte=end, at__gte=confirmed).exists():
        raise Conflict(_("Ce mois est clos\u00a0: ce qui était décidé ne change plus."))


def _save(
    found: Difference, move: DifferenceMove, *, by: User, now: datetime, note: str = ""
) -> None:
    found.version += 1
    found.save()
    DifferenceStep.objects.create(
        difference=found,
        move=move,
        state=found.state,
        payable=found.payable,
        at=now,
        by=by,
        note=note[:500],
    )
    record(
        verb=f"difference.{move}",
        by=by,
        at=now,
        patient=found.act.patient if found.act else None,
        subject=f"différence {found.pk}",
    )
