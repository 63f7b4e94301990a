"""Where the payment of acts stands, read from the facts: a few queries, whatever the number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from fees import why, wording
from fees.enums import (
    ClaimMove,
    LineKind,
    LineState,
    Move,
    Payment,
    State,
    Stop,
    TransferState,
)
from fees.models import Act, ActStep, ClaimLine, ClaimStep, PaymentStep, Transfer, TransferLine
from fees.models.act import ActQuerySet
from fees.rules import days_of
from network.enums import BankState
from network.models import BankDetails
from network.selectors.patients import load_former
from portal.kit.dates import Period

from .held import ranks_in

AGAIN = (ClaimMove.REOPENED, ClaimMove.RECALLED)
"""Moves that bring a line back to its control."""
UNPAID = (State.DRAFT, State.SUBMITTED, State.REFUSED, State.VALIDATED, State.IN_BATCH)


@dataclass(frozen=True, slots=True)
class Situation:
    """An act and what stands of its payment; `claim` and `transfer` where one is to be seen."""

    act: Act
    cause: why.Cause
    claim: int | None = None
    transfer: Transfer | None = None
    replaced_by: int | None = None

    @property
    def stop(self) -> Stop:
        return self.cause.stop

    @property
    def title(self) -> str:
        return why.title(self.cause.stop)

    @property
    def sentence(self) -> str:
        return why.sentence(self.cause)

    @property
    def decider(self) -> str:
        return why.decider(self.cause)


def with_grounds(acts: ActQuerySet) -> ActQuerySet:
    """The rows that explaining an act reads."""
    return acts.select_related(
        "patient", "professional", "policy", "tariff", "rcp_file__meeting", "replaced_by"
    )


def situations(acts: Sequence[Act]) -> list[Situation]:
    """What stands of each, in the same order; the acts come from `with_grounds`."""
    grounds = _Grounds(acts)
    return [grounds.situation(act) for act in acts]


class _Grounds:
    """Everything that was done to some acts, their claims and their transfers."""

    def __init__(self, acts: Sequence[Act]) -> None:
        load_former((act.patient, act.done_on) for act in acts)
        self.steps = _grouped(ActStep.objects.filter(act__in=acts).select_related("by"), "act_id")
        self.lines: dict[int, ClaimLine] = {
            line.act_id: line
            for line in ClaimLine.objects.filter(act__in=acts)
            .select_related("claim")
            .order_by("pk")  # the last one stands
        }
        self.claim_steps = _grouped(
            ClaimStep.objects.filter(line__in=self.lines.values()).select_related("by"), "line_id"
        )
        pays = TransferLine.objects.filter(act__in=acts, kind=LineKind.PAYS).exclude(
            transfer__state=TransferState.DROPPED
        )
        self.transfers: dict[int, Transfer] = {
            line.act_id: line.transfer
            for line in pays.select_related(
                "transfer__batch__signed_by", "transfer__batch__prepared_by"
            ).order_by("pk")
        }
        self.payment_steps = _grouped(
            PaymentStep.objects.filter(transfer__in=self.transfers.values()).select_related("by"),
            "transfer_id",
        )
        self.accounts = _accounts({act.professional_id for act in acts})
        self.ranks: Mapping[int, int] = {}
        held = [line for line in self.lines.values() if line.state == LineState.HELD]
        if held:
            years = {act.done_on.year for act in acts}
            self.ranks = ranks_in(years)

    def situation(self, act: Act) -> Situation:
        transfer = self.transfers.get(act.pk)
        if act.state in (State.DRAFT, State.REFUSED, State.CANCELLED):
            return self._decided(act)
        if act.awaits_arbitration:
            return Situation(act, self._cause(act, Stop.TO_ARBITRATE, Move.LOGGED))
        if act.state == State.SUBMITTED:
            return self._claimed(act)
        if act.state == State.VALIDATED:
            return self._validated(act, transfer)
        if act.state == State.IN_BATCH and transfer:
            batch = transfer.batch
            cause = why.Cause(
                Stop.SENT_TO_BANK,
                on=_day(batch.signed_at),
                by=str(batch.signed_by or ""),
                document=transfer.end_to_end,
                executed_on=batch.execute_on,
            )
            return Situation(act, cause, transfer=transfer)
        document = transfer.end_to_end if transfer else ""
        stop, move = (
            (Stop.REVERSED, Move.REVERSED)
            if act.state == State.REVERSED
            else (Stop.PAID, Move.PAID)
        )
        return Situation(act, self._cause(act, stop, move, document=document), transfer=transfer)

    def _decided(self, act: Act) -> Situation:
        if act.state == State.DRAFT:
            return Situation(act, self._cause(act, Stop.DRAFT, Move.DRAFTED))
        if act.state == State.CANCELLED:
            after = getattr(act, "replaced_by", None)
            stop = Stop.REPLACED if after else Stop.CANCELLED
            cause = self._cause(act, stop, Move.CANCELLED)
            return Situation(act, cause, replaced_by=after.pk if after else None)
        if act.decided_by_person:
            return Situation(act, self._cause(act, Stop.REFUSED_BY_PERSON, Move.ARBITRATED))
        steps = self.steps[act.pk]
        cause = why.Cause(
            Stop.REFUSED,
            on=_day(steps[-1].at) if steps else None,
            document=act.policy.decision if act.policy else "",
            reasons=act.reason_codes,
            figures=figures_of(act),
        )
        return Situation(act, cause)

    def _claimed(self, act: Act) -> Situation:
        line = self.lines.get(act.pk)
        if line is None:
            last = self.steps[act.pk][-1:]
            on = _day(last[0].at) if last else None
            return Situation(act, why.Cause(Stop.NOT_CLAIMED, on=on))
        steps = self.claim_steps[line.pk]
        last_step = steps[-1] if steps else None
        stop = {LineState.RETURNED: Stop.RETURNED, LineState.HELD: Stop.HELD}.get(
            LineState(line.state), Stop.TO_CONTROL
        )
        if stop is Stop.TO_CONTROL and last_step and last_step.move in AGAIN:
            stop = Stop.REOPENED
        cause = why.Cause(
            stop,
            on=_day(last_step.at) if last_step else None,
            by=str(last_step.by or "") if last_step else "",
            note=last_step.note if last_step else "",
            year=act.done_on.year,
            rank=self.ranks.get(act.pk),
        )
        return Situation(act, cause, claim=line.claim_id)

    def _validated(self, act: Act, transfer: Transfer | None) -> Situation:
        if transfer and transfer.state == TransferState.PREPARED:
            batch = transfer.batch
            cause = why.Cause(
                Stop.TO_SIGN,
                on=_day(batch.prepared_at),
                by=str(batch.prepared_by),
                document=batch.code,
            )
            return Situation(act, cause, transfer=transfer)
        gone = {TransferState.REJECTED: Payment.REJECTED, TransferState.RETURNED: Payment.RETURNED}
        if transfer and transfer.state in gone:
            move = gone[TransferState(transfer.state)]
            steps = [each for each in self.payment_steps[transfer.pk] if each.move == move]
            cause = why.Cause(
                Stop.REJECTED if move is Payment.REJECTED else Stop.SENT_BACK,
                on=_day(steps[-1].at) if steps else None,
                by=str(steps[-1].by) if steps else "",
                note=steps[-1].note if steps else "",
                document=transfer.end_to_end,
            )
            return Situation(act, cause, transfer=transfer)
        states = self.accounts[act.professional_id]
        stop = Stop.TO_BATCH
        if BankState.CONFIRMED not in states:
            proposed = BankState.PROPOSED in states
            stop = Stop.ACCOUNT_TO_CONFIRM if proposed else Stop.NO_ACCOUNT
        return Situation(act, self._cause(act, stop, Move.VALIDATED))

    def _cause(self, act: Act, stop: Stop, move: Move, *, document: str = "") -> why.Cause:
        """From the last step of that move."""
        steps = [step for step in self.steps[act.pk] if step.move == move]
        if not steps:
            return why.Cause(stop, document=document)
        last = steps[-1]
        by = "" if move is Move.LOGGED else str(last.by or "")
        return why.Cause(stop, on=_day(last.at), by=by, note=last.note, document=document)


def figures_of(act: Act) -> wording.Figures | None:
    """What a sentence about the act needs, as its decision was stored; None without decision."""
    policy = act.policy
    if policy is None:
        return None
    patient, professional = act.patient, act.professional
    follow_up = patient.follow_up_on(act.done_on)
    period = days_of(follow_up, policy.follow_up_months)
    window = Period(act.window_from, act.window_to) if act.window_from else None
    return wording.Figures(
        kind=act.kind_code,
        done_on=act.done_on,
        limit=act.limit,
        window=window,
        included_on=follow_up.included_on,
        follow_up_end=period.end if period else None,
        agreement_from=professional.agreement_from,
        agreement_to=professional.agreement_to,
        claim_days=policy.claim_days,
        plan_days=policy.plan_days,
        min_professionals=policy.min_professionals,
    )


def _accounts(professionals: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = BankDetails.objects.filter(professional__in=professionals)
    for professional, state in rows.values_list("professional", "state"):
        found[professional].add(state)
    return found


def _grouped[Row](rows: QuerySet[Row], key: str) -> dict[int, list[Row]]:  # type: ignore[type-var]
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[getattr(row, key)].append(row)
    return found


def _day(at: object) -> date | None:
    return timezone.localdate(at) if at else None  # type: ignore[arg-type]
