"""The fold: `fees.rules.decide` over a backlog, each act seeing what was accepted before it."""

from collections.abc import Hashable
from datetime import date
from functools import cache

from fees.enums import Decision, Kind
from fees.pricing.backlog import Act, Backlog, Patient
from fees.rules import (
    Claim,
    Coverage,
    Policy,
    RcpFile,
    Tariff,
    Usage,
    Verdict,
    cap_of,
    decide,
    kinds_of,
    tariff_in_force,
    under_ald,
    window_of,
)
from portal.kit.dates import covers


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
            coverage_of(act.patient, act.done_on),
            tariff_on(act.kind, act.done_on),
            ledger.usage_before(act),
            policy,
        )
        if verdict.decision is Decision.ACCEPTED:
            ledger.accept(act)
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
        cap = cap_of(act.kind, self._policy.doctor_cap)
        start = self._window_start(act)
        if cap is None or start is None:
            return Usage(ordinals=(), own_kind=0, duplicate=duplicate)
        count = self._counts.get
        used = sum(count((act.patient, kind, start), 0) for kind in kinds_of(cap))
        own = count((act.patient, act.kind, start), 0)
        return Usage(ordinals=range(1, used + 1), own_kind=own, duplicate=duplicate)

    def accept(self, act: Act) -> None:
        """Record an accepted act: it counts in its window, and the like of it is a duplicate."""
        self._accepted.add(_entitlement(act))
        start = self._window_start(act)
        if start is not None:
            key = act.patient, act.kind, start
            self._counts[key] = self._counts.get(key, 0) + 1

    def _window_start(self, act: Act) -> date | None:
        patient, policy = act.patient, self._policy
        window = window_of(
            policy.window,
            act.done_on,
            patient.included_on,
            policy.follow_up_months,
            patient.left_on,
        )
        return window.start if window else None


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
        is_treating_doctor=any(
            doctor is professional and covers(first, last, act.done_on)
            for doctor, first, last in act.patient.treating
        ),
        msp_declared=act.msp_declared,
        rcp=_own_file(act),
    )


def coverage_of(patient: Patient, day: date) -> Coverage:
    """The patient's side on that day."""
    return Coverage(patient.included_on, patient.left_on, under_ald(patient.ald, day))


def _own_file(act: Act) -> RcpFile | None:
    return act.rcp.files.get(act.patient) if act.rcp else None


def _entitlement(act: Act) -> Hashable:
    """What can be paid once: for an RCP the file claimed, for another act its day."""
    if act.kind.is_rcp:
        file = act.rcp and act.rcp.owner_claimed_by(act.patient)
        return act.rcp, file, act.professional
    return act.patient, act.professional, act.kind, act.done_on
