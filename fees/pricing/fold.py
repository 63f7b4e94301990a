"""The fold: `fees.rules.decide` over a backlog, each act seeing what was accepted before it."""

from collections.abc import Hashable
from datetime import date
from functools import cache

from fees.enums import Decision, Kind
from fees.pricing.backlog import Act, Backlog, Patient
from fees.rules import (
    Claim,
    Policy,
    Tariff,
    Usage,
    Verdict,
    cap_of,
    decide,
    kinds_of,
    tariff_in_force,
    window_of,
)


def price(backlog: Backlog, policy: Policy, as_of: date | None = None) -> list[Verdict]:
    """The verdict of each act, in the order of the file.

    Acts are decided in the order of their entry, ties in the order of the file. "Today" is `as_of`
    where given, else the day of each act's entry.
    """

    @cache
    def tariff_on(kind: Kind, day: date) -> Tariff | None:
        return tariff_in_force(backlog.tariffs, kind, day)

    ledger = Ledger(policy)
    verdicts: dict[int, Verdict] = {}
    acts = backlog.acts
    for position in sorted(range(len(acts)), key=lambda position: acts[position].entered_at):
        act = acts[position]
        verdict = decide(
            claim_of(act, as_of or act.entered_at.date()),
            act.patient.coverage_on(act.done_on),
            tariff_on(act.kind, act.done_on),
            ledger.usage_before(act),
            policy,
        )
        if verdict.decision is Decision.ACCEPTED:
            ledger.accept(act, verdict)
        verdicts[position] = verdict
    return [verdicts[position] for position in range(len(acts))]


class Ledger:
    """What has been accepted so far, as the rules want to know it."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._accepted: set[Hashable] = set()
        self._counts: dict[tuple[Patient, Kind, date], int] = {}

    def usage_before(self, act: Act) -> Usage:
        """What the window of the act's cap already holds.

        A file frees no slot, so that those held are always the first ones.
        """
        duplicate = _entitlement(act) in self._accepted
        patient, policy = act.patient, self._policy
        cap = cap_of(act.kind, policy.doctor_cap)
        window = cap and window_of(
            policy.window,
            act.done_on,
            patient.follow_up_on(act.done_on),
            policy.follow_up_months,
        )
        if not cap or not window:
            return _usage(0, 0, duplicate)
        used = own = 0
        for kind in kinds_of(cap):
            count = self._counts.get((patient, kind, window.start), 0)
            used += count
            if kind is act.kind:
                own = count
        return _usage(used, own, duplicate)

    def accept(self, act: Act, verdict: Verdict) -> None:
        """Record an accepted act: it counts in its window, and the like of it is a duplicate."""
        self._accepted.add(_entitlement(act))
        if verdict.window is not None:
            key = act.patient, act.kind, verdict.window.start
            self._counts[key] = self._counts.get(key, 0) + 1


@cache
def _usage(used: int, own: int, duplicate: bool) -> Usage:
    return Usage(ordinals=range(1, used + 1), own_kind=own, duplicate=duplicate)


def claim_of(act: Act, today: date) -> Claim:
    """The act as the rules see it."""
    professional = act.professional
    return Claim(
        kind=act.kind,
        done_on=act.done_on,
        today=today,
        professional=professional.code,
        profession=professional.profession,
        agreement_from=professional.agreement_from,
        agreement_to=professional.agreement_to,
        is_treating_doctor=act.kind is Kind.RCP_MT
        and act.patient.is_treated_by(professional, act.done_on),
        msp_declared=act.msp_declared,
        rcp=act.rcp.files.get(act.patient) if act.rcp else None,
    )


def _entitlement(act: Act) -> Hashable:
    """What can be paid once: for an RCP the file claimed, for another act its day."""
    if act.kind.is_rcp:
        file = act.rcp and act.rcp.owner_claimed_by(act.patient)
        return act.rcp, file, act.professional
    return act.patient, act.professional, act.kind, act.done_on
