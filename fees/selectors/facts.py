"""Read the facts that the rules need, as plain values. Called under the patient's lock to decide,
without it to show what would happen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from fees import rules
from fees.declaration import Declaration
from fees.enums import Kind
from fees.models import Act, PolicyVersion, TariffLine
from network.enums import AldKind, Profession
from network.models import Patient, Professional, RcpFile
from network.rules.follow_up import FollowUp
from network.rules.proofs import Attendee
from portal.kit.dates import Period

from . import prepared
from .prepared import NONE, Held


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides one act, and the rows that its copy of the rules points to."""

    claim: rules.Claim
    coverage: rules.Coverage
    usage: rules.Usage
    line: TariffLine | None
    policy: PolicyVersion

    def decide(self, *, excepted: bool = False) -> rules.Verdict:
        """The rules' verdict. `excepted`: the act was granted a slot above those that are held.

        Those may be more than its own limit: taken outside ALD, while the act falls under it.
        """
        tariff = self.line.as_rule() if self.line else None
        base = tariff.limit_for(under_ald=self.coverage.under_ald) if tariff else None
        usage = self.usage
        if excepted and base is not None:
            missing = len(usage.ordinals) + 1 - base
            usage = replace(usage, granted=max(usage.granted, missing))
        return rules.decide(self.claim, self.coverage, tariff, usage, self.policy.as_rule())

    def first_possible_date(self, verdict: rules.Verdict) -> date | None:
        return rules.first_possible_date(self.claim, self.coverage, verdict, self.policy.as_rule())


def gather(declared: Declaration, *, today: date, left_out: int = NONE) -> Facts:
    """The facts of an act on the day it was done; the act `left_out` is not counted.

    Raises PolicyVersion.DoesNotExist when no reading of the fee table is in force on that day.
    """
    patient, professional = declared.patient, declared.professional
    kind, done_on = declared.kind, declared.done_on
    policy = prepared.policies.first(day=done_on)
    if policy is None:
        raise PolicyVersion.DoesNotExist
    line = prepared.tariff_lines.first(day=done_on, kind=kind)
    claim = rules.Claim(
        kind=kind,
        done_on=done_on,
        today=today,
        professional=professional.pk,
        profession=Profession(professional.profession),
        agreement_from=professional.agreement_from,
        agreement_to=professional.agreement_to,
        is_treating_doctor=kind is Kind.RCP_MT and _treats(professional, patient, done_on),
        msp_declared=declared.msp_declared,
        rcp=_proofs(declared.rcp_file, patient, done_on),
    )
    coverage = rules.Coverage(
        follow_up=patient.follow_up_on(done_on),
        under_ald=not kind.is_rcp and under_ald(patient, done_on),
    )
    usage = _usage(declared, coverage.follow_up, policy.as_rule(), left_out)
    return Facts(claim, coverage, usage, line, policy)


def facts_of(act: Act, *, today: date) -> Facts:
    """The facts of an act as it was declared; its patient, professional and file are loaded."""
    return gather(declared_in(act), today=today)


def declared_in(act: Act) -> Declaration:
    return Declaration(
        patient=act.patient,
        professional=act.professional,
        kind=act.kind_code,
        done_on=act.done_on,
        rcp_file=act.rcp_file,
        msp_declared=act.msp_declared,
    )


def under_ald(patient: Patient, on: date) -> bool:
    """Does an exempting ALD cover the day?"""
    periods = prepared.ald_periods(patient=patient.pk)
    return rules.under_ald(((AldKind(kind), first, last) for kind, first, last in periods), on)


def _treats(professional: Professional, patient: Patient, on: date) -> bool:
    links = prepared.treating_links(patient=patient.pk, professional=professional.pk, day=on)
    return bool(links)


def _proofs(file: RcpFile | None, patient: Patient, on: date) -> rules.RcpFile | None:
    """The file's proofs as they stand now; none when it is of another patient or of another day.

    Read afresh: what the form had loaded may have been signed since.
    """
    if file is None:
        return None
    found = prepared.attendance(rcp_file=file.pk, patient=patient.pk, day=on)
    if not found:
        return None
    return rules.RcpFile(
        held_on=on,
        minutes_signed_on=found[0][0],
        plan_revised_on=found[0][1],
        attendees=tuple(
            Attendee(pk, Profession(profession), employee)
            for _, _, pk, profession, employee in found
            if pk is not None
        ),
    )


def _usage(
    declared: Declaration, follow_up: FollowUp, policy: rules.Policy, left_out: int
) -> rules.Usage:
    """What live acts already hold: slots of the cap's window, own kind, the same act twice."""
    patient, professional, kind = declared.patient, declared.professional, declared.kind
    cap = rules.cap_of(kind, policy.doctor_cap)
    if cap is None:
        file = declared.rcp_file
        known = file and prepared.live_presences(
            rcp_file=file.pk, professional=professional.pk, left_out=left_out
        )
        return rules.Usage(ordinals=(), own_kind=0, duplicate=bool(known))
    window = rules.window_of(policy.window, declared.done_on, follow_up, policy.follow_up_months)
    if window is None:  # no period, no cap: the follow-up refuses
        return rules.Usage(ordinals=(), own_kind=0)
    live = map(Held._make, prepared.live_acts(patient=patient.pk, left_out=left_out))
    granted = prepared.granted_slots(patient=patient.pk, cap=cap, window_from=window.start)
    return usage_in(declared, cap, window, live, granted=len(granted))


def usage_in(
    declared: Declaration, cap: str, window: Period, live: Iterable[Held], *, granted: int
) -> rules.Usage:
    """What a patient's live acts hold of a cap in a window.

    The window's acts by their day, and those that took one of its slots before a date or a reading
    was corrected. Two of them may bear the same number, of two windows: both count.
    """
    held = [
        act
        for act in live
        if (act.kind in rules.kinds_of(cap) and act.done_on in window)
        or (act.cap, act.window_from) == (cap, window.start)
    ]
    same = (declared.kind, declared.professional.pk, declared.done_on)
    return rules.Usage(
        ordinals=tuple(act.ordinal or 0 for act in held),
        own_kind=sum(act.kind == declared.kind for act in held),
        granted=granted,
        duplicate=same in {(act.kind, act.professional_id, act.done_on) for act in held},
    )
