"""Claims: sent by their professional, returned by the accountant, withdrawn with an act.

Locks: the patients of the acts in the order of their keys, as every gesture on an act; then the
professional, so that two sendings of a month do not cross.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fees import course
from fees.enums import CLAIMED, ClaimMove, LineState, Remark
from fees.events import ClaimSent, EnvelopeFreed, LineReturned, LinesHeld, LinesReleased
from fees.models import Act, Claim, ClaimLine, ClaimStep
from fees.selectors.claims import claimable_acts
from network.actions.journal import record
from network.models import JournalEntry, Professional, User
from portal.kit.events import publish

from .payment_steps import lock_patients_of, required
from .steps import Conflict, lock_patient

LEAVES = (ClaimMove.RETURNED, ClaimMove.WITHDRAWN)
"""Moves by which a line no longer waits for the envelope: who waits behind it may go."""

JOURNALED = (ClaimMove.HELD, ClaimMove.RECALLED)
"""Moves that no step of the act tells."""


def send_claim(
    *, professional: Professional, month: date, request_id: UUID, by: User, now: datetime
) -> Claim:
    """Ask for the payment of every accepted act of a month that is not asked for yet.

    The same `request_id` again returns the claim of the first time. Raises Conflict when nothing
    is to be asked.
    """
    month = month.replace(day=1)
    with transaction.atomic():
        acts = _locked(professional, month)
        if earlier := Claim.objects.filter(request_id=request_id).first():
            return earlier
        if not acts:
            raise Conflict(_("Tout est déjà demandé pour ce mois."))
        return _write(professional, month, acts, request_id=request_id, by=by, now=now)


def send_all(
    *, professional: Professional, request_id: UUID, by: User, now: datetime
) -> list[Claim]:
    """Send the claim of every month that waits, the oldest first; the same request twice is once.

    Raises Conflict when nothing is to be asked.
    """
    with transaction.atomic():
        acts = _locked(professional, None)
        earlier = [
            claim
            for claim in Claim.objects.filter(professional=professional).order_by("month")
            if claim.request_id == uuid5(request_id, str(claim.month))
        ]
        if earlier:
            return earlier
        if not acts:
            raise Conflict(_("Tout est déjà demandé."))
        months: dict[date, list[Act]] = {}
        for act in acts:
            months.setdefault(act.done_on.replace(day=1), []).append(act)
        return [
            _write(
                professional, month, each, request_id=uuid5(request_id, str(month)), by=by, now=now
            )
            for month, each in months.items()
        ]


def ask_again(*, line: ClaimLine, note: str, request_id: UUID, by: User, now: datetime) -> Claim:
    """Ask once more for an act that was returned as it is, with a word to the accountant.

    It is a new claim of the same month. The same request twice is once. Raises Conflict without a
    word, or when the act does not wait for its professional any more.
    """
    with transaction.atomic():
        lock_patient(line.act.patient_id)
        professional = Professional.objects.select_for_update(no_key=True).get(
            pk=line.claim.professional_id
        )
        if earlier := Claim.objects.filter(request_id=request_id).first():
            return earlier
        note = required(note)
        act = Act.objects.get(pk=line.act_id)
        lines = act.claim_lines
        if (
            not act.is_live
            or lines.filter(state__in=CLAIMED).exists()
            or not lines.filter(state=LineState.RETURNED).exists()
        ):
            raise Conflict(_("Cet acte n’est plus à corriger."))
        month = line.claim.month
        return _write(professional, month, [act], request_id=request_id, by=by, now=now, note=note)


def _locked(professional: Professional, month: date | None) -> list[Act]:
    """What is to be asked, once its patients and then the professional are locked.

    An act noted meanwhile for another patient is left for the next sending.
    """
    patients = lock_patients_of(claimable_acts(professional, month))
    Professional.objects.select_for_update(no_key=True).get(pk=professional.pk)
    return [act for act in claimable_acts(professional, month) if act.patient_id in patients]


def _write(
    professional: Professional,
    month: date,
    acts: Iterable[Act],
    *,
    request_id: UUID,
    by: User,
    now: datetime,
    note: str = "",
) -> Claim:
    sent = Claim.objects.filter(professional=professional, month=month)
    last = sent.aggregate(last=Max("rank"))["last"] or 0
    claim = Claim.objects.create(
        request_id=request_id,
        professional=professional,
        month=month,
        rank=last + 1,
        sent_at=now,
        sent_by=by,
    )
    lines = ClaimLine.objects.bulk_create(
        ClaimLine(claim=claim, act=act, amount=act.amount) for act in acts
    )
    _leave_steps(lines, ClaimMove.SENT, by=by, now=now, note=note)
    record(verb="claim.sent", by=by, at=now, subject=f"demande {claim.pk}")
    publish(ClaimSent(claim.pk))
    return claim


def return_line(*, line: ClaimLine, reason: str, by: User, now: datetime) -> ClaimLine:
    """Send an act back to its professional, who corrects it, cancels it or asks again.

    The act keeps its slot; its professional is told, once for all the lines returned at the same
    instant. Raises Conflict without reason, or once it is validated.
    """
    with transaction.atomic():
        lock_patient(line.act.patient_id)
        line = ClaimLine.objects.select_related("act").get(pk=line.pk)
        if line.state == LineState.RETURNED:
            return line
        move_lines([line], ClaimMove.RETURNED, by=by, now=now, note=required(reason))
        record(verb="claim.returned", by=by, at=now, subject=f"acte {line.act_id}")
        publish(LineReturned(line.act.professional_id, now))
    return line


def withdraw_line(act: Act, *, by: User, now: datetime) -> None:
    """Take an act that is cancelled out of the claim that holds it; its patient is locked."""
    line = ClaimLine.objects.filter(act=act, state__in=CLAIMED).first()
    if line:
        move_lines([line], ClaimMove.WITHDRAWN, by=by, now=now)


def reopen_line(act: Act, *, by: User, now: datetime, note: str) -> None:
    """Put an act whose validation is undone back in the queue, to be read; its patient is locked.

    Without a line it was validated before claims existed: it has to be asked for.
    """
    line = ClaimLine.objects.filter(act=act, state=LineState.ADMITTED).first()
    if line:
        move_lines([line], ClaimMove.REOPENED, by=by, now=now, note=note)
        ClaimLine.objects.filter(pk=line.pk).update(remarks=Remark.REOPENED, checked_at=now)


def move_lines(
    lines: Iterable[ClaimLine], move: ClaimMove, *, by: User | None, now: datetime, note: str = ""
) -> None:
    """Make one move on lines whose patients are locked. Raises Conflict when one cannot."""
    sources, target = course.CLAIMS[move]
    moved = list(lines)
    for line in moved:
        if line.state not in sources:
            raise Conflict(
                _("Cette ligne est « %(state)s »\u00a0: ce n’est plus possible.")
                % {"state": line.get_state_display()}
            )
        if line.state == LineState.HELD and move in LEAVES:
            publish(EnvelopeFreed(line.act.done_on.year))
    _tell(moved, move, now=now)
    for line in moved:
        line.state = target
    ClaimLine.objects.filter(pk__in=[line.pk for line in moved]).update(state=target)
    _leave_steps(moved, move, by=by, now=now, note=note)
    if move in JOURNALED:
        JournalEntry.objects.bulk_create(
            JournalEntry(
                verb=f"claim.{move}",
                actor=by,
                at=now,
                patient_id=line.act.patient_id,
                subject=f"acte {line.act_id}",
            )
            for line in moved
        )


def _tell(lines: Iterable[ClaimLine], move: ClaimMove, *, now: datetime) -> None:
    """Once for each professional: acts begin to wait for the envelope, or no longer do."""
    if move is ClaimMove.HELD:
        for professional in {line.act.professional_id for line in lines}:
            publish(LinesHeld(professional, now))
    if move is ClaimMove.ADMITTED:
        waited = (line for line in lines if line.state == LineState.HELD)
        for professional in {line.act.professional_id for line in waited}:
            publish(LinesReleased(professional, now))


def _leave_steps(
    lines: Iterable[ClaimLine], move: ClaimMove, *, by: User | None, now: datetime, note: str = ""
) -> None:
    ClaimStep.objects.bulk_create(
        ClaimStep(line=line, move=move, at=now, by=by, note=note) for line in lines
    )
