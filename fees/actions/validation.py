"""Validation of claim lines, one or many: owed as far as the envelope goes, held beyond it.

Locks: the patients of the acts in the order of their keys, then the envelopes by year. What is held
is admitted in its order when euros come back (`admission`); nothing overtakes it meanwhile.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from fees.enums import CLAIMED, READABLE, ClaimMove, LineState, Move, Remark
from fees.models import Act, ClaimLine, Envelope
from fees.selectors.controls import Controlled, control, with_acts
from fees.selectors.held import held_years
from network.models import Patient, User
from portal.kit.locks import waiting

from .claims import move_lines
from .moves import make_all
from .steps import Busy, Conflict


@dataclass(slots=True)
class Outcome:
    """What became of the lines that were asked: owed, held for the envelope, or left aside.

    `left` holds the remarks that nobody has read; `gone` counts those that another gesture had
    moved already.
    """

    admitted: list[ClaimLine] = field(default_factory=list)
    held: list[ClaimLine] = field(default_factory=list)
    left: list[Controlled] = field(default_factory=list)
    gone: int = 0


def validate_lines(
    *,
    lines: Iterable[ClaimLine],
    by: User,
    now: datetime,
    read: Collection[str] = frozenset(),
) -> Outcome:
    """Validate, in the given order, the lines that every check finds clean. Twice is once.

    Each is controlled again from the facts under its patient's lock. `read`: remarks that the
    person has read and passes over, where one may. One transaction: the caller bounds its size.
    """
    asked = [line.pk for line in lines]
    outcome = Outcome()
    with transaction.atomic():
        lock_patients(ClaimLine.objects.filter(pk__in=asked).values_list("act__patient", flat=True))
        found = {line.pk: line for line in with_acts(ClaimLine.objects.filter(pk__in=asked))}
        standing = [found[pk] for pk in asked if found[pk].state == LineState.SENT]
        outcome.gone = len(asked) - len(standing)
        passed = _sort(control(standing), outcome, by=by, read=read)
        note_remarks([*outcome.left, *(each for each in passed if each.remarks)], now=now)
        _owe(passed, outcome, by=by, now=now)
    return outcome


def validate_act(*, act: Act, by: User, now: datetime) -> Act:
    """Validate one act, its unusual figures being read on its page. Twice is once.

    It may be held, when the envelope of its year is spent: it then stays submitted. Raises Conflict
    when its professional did not ask for the payment, or when a check forbids it.
    """
    with transaction.atomic():
        lock_patients([act.patient_id])
        line = ClaimLine.objects.filter(act=act.pk, state__in=CLAIMED).first()
        if line is None:
            raise Conflict(_("Le professionnel n’a pas encore demandé le paiement de cet acte."))
        if line.state == LineState.SENT:
            outcome = validate_lines(lines=[line], by=by, now=now, read=READABLE)
            for refused in outcome.left:
                raise Conflict(" ".join(refused.sentences))
        return Act.objects.select_related("patient", "professional__user").get(pk=act.pk)


def lock_patients(keys: Iterable[int]) -> None:
    """Hold patients in the order of their keys. Raises Busy when one is held for too long."""
    locked = Patient.objects.select_for_update(no_key=True).filter(pk__in=set(keys))
    with waiting(_busy):
        list(locked.order_by("pk").values_list("pk"))


def _busy() -> Busy:
    return Busy(_("Un de ces dossiers est occupé par une autre saisie\u00a0: essayez encore."))


def lock_envelopes(acts: Iterable[Act]) -> None:
    """Hold the envelopes of the years of these acts; patients are locked before."""
    years = {act.done_on.year for act in acts}
    locked = Envelope.objects.select_for_update(no_key=True).filter(year__in=years)
    list(locked.order_by("year"))


def note_remarks(found: Sequence[Controlled], *, now: datetime) -> None:
    """Keep what a control has found, for the queue to sort by."""
    for each in found:
        each.line.remarks = "|".join(code for code in each.remarks if code != Remark.OWN_CLAIM)
        each.line.checked_at = now
    ClaimLine.objects.bulk_update(
        [each.line for each in found], ["remarks", "checked_at"], batch_size=500
    )


def _sort(
    found: Iterable[Controlled], outcome: Outcome, *, by: User, read: Collection[str]
) -> list[Controlled]:
    """The lines that pass; the others are left aside with their remarks."""
    passed = []
    for each in found:
        codes = each.remarks
        if each.line.claim.professional.user_id == by.pk:
            codes = (Remark.OWN_CLAIM, *codes)
        if all(code in READABLE and code in read for code in codes):
            passed.append(each)
        else:
            outcome.left.append(replace(each, remarks=codes))
    return passed


def _owe(passed: Sequence[Controlled], outcome: Outcome, *, by: User, now: datetime) -> None:
    """As many as the envelopes allow, in order; the rest, and all behind it, is held."""
    lines = [each.line for each in passed]
    if not lines:
        return
    lock_envelopes(line.act for line in lines)
    full = held_years({line.act.done_on.year for line in lines})
    free = [line.act_id for line in lines if line.act.done_on.year not in full]
    owed = {act.pk for act in make_all(free, Move.VALIDATED, by=by, now=now)}
    outcome.admitted = [line for line in lines if line.act_id in owed]
    outcome.held = [line for line in lines if line.act_id not in owed]
    read = {each.line.pk: _read(each) for each in passed}
    for moved, move in ((outcome.admitted, ClaimMove.ADMITTED), (outcome.held, ClaimMove.HELD)):
        for note, some in groupby(moved, key=lambda line: read[line.pk]):
            move_lines(some, move, by=by, now=now, note=note)


def _read(passed: Controlled) -> str:
    """What somebody has read of a line and passed over; nothing of a clean one."""
    titles = ", ".join(passed.titles)
    return _("Lu\u00a0: %(what)s") % {"what": titles} if titles else ""


def total(lines: Iterable[ClaimLine]) -> Decimal:
    """Euros of these lines."""
    return sum((line.amount for line in lines), Decimal(0))
