"""Read the facts that the rules need, as plain values. Called under the patient's lock to decide,
without it to show what would happen."""

from dataclasses import dataclass
from datetime import date

from fees import rules
from fees.enums import Kind
from fees.models import Act, GrantedSlot, PolicyVersion, TariffLine
from network.enums import LinkRole, Profession
from network.models import AldPeriod, CareLink, Patient, Professional, RcpFile


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides one act, and the rows that its copy of the rules points to."""

    claim: rules.Claim
    coverage: rules.Coverage
    usage: rules.Usage
    line: TariffLine | None
    policy: PolicyVersion

    def decide(self) -> rules.Verdict:
        tariff = self.line.as_rule() if self.line else None
        return rules.decide(self.claim, self.coverage, tariff, self.usage, self.policy.as_rule())

    def first_possible_date(self, verdict: rules.Verdict) -> date | None:
        return rules.first_possible_date(self.claim, self.coverage, verdict, self.policy.as_rule())


def gather(
    *,
    patient: Patient,
    professional: Professional,
    kind: Kind,
    done_on: date,
    today: date,
    rcp_file: RcpFile | None = None,
    msp_declared: bool = False,
) -> Facts:
    """The facts of an act on the day it was done.

    Raises PolicyVersion.DoesNotExist when no reading of the fee table is in force on that day.
    """
    policy = PolicyVersion.objects.in_force(done_on).get()
    lines = TariffLine.objects.in_force(done_on).filter(kind=kind)
    line = lines.order_by("-valid_from").first()
    claim = rules.Claim(
        kind=kind,
        done_on=done_on,
        today=today,
        professional=professional.pk,
        profession=Profession(professional.profession),
        agreement_from=professional.agreement_from,
        agreement_to=professional.agreement_to,
        is_treating_doctor=kind is Kind.RCP_MT and _treats(professional, patient, done_on),
        msp_declared=msp_declared,
        rcp=_proofs(rcp_file, patient, done_on),
    )
    coverage = rules.Coverage(
        included_on=patient.included_on,
        left_on=patient.left_on,
        under_ald=not kind.is_rcp and under_ald(patient, done_on),
    )
    return Facts(claim, coverage, _usage(patient, claim, policy.as_rule(), rcp_file), line, policy)


def facts_of(act: Act, *, today: date) -> Facts:
    """The facts of an act as it was declared; its patient, professional and file are loaded."""
    return gather(
        patient=act.patient,
        professional=act.professional,
        kind=act.kind_code,
        done_on=act.done_on,
        today=today,
        rcp_file=act.rcp_file,
        msp_declared=act.msp_declared,
    )


def under_ald(patient: Patient, on: date) -> bool:
    """Does an exempting ALD cover the day?"""
    periods = AldPeriod.objects.on(on).filter(patient=patient, kind__in=rules.EXEMPTING_ALD)
    return periods.exists()


def _treats(professional: Professional, patient: Patient, on: date) -> bool:
    links = CareLink.objects.on(on).filter(patient=patient, professional=professional)
    return links.filter(role=LinkRole.TREATING_DOCTOR).exists()


def _proofs(file: RcpFile | None, patient: Patient, on: date) -> rules.RcpFile | None:
    """The file's proofs; none when it is of another patient or of another day."""
    if file is None or file.patient_id != patient.pk or file.meeting.held_on != on:
        return None
    present = Professional.objects.filter(rcp_attendance__file=file)
    return rules.RcpFile(
        held_on=file.meeting.held_on,
        minutes_signed_on=file.minutes_signed_on,
        plan_revised_on=file.plan_revised_on,
        attendees=tuple(
            rules.Attendee(pk, Profession(profession), employee)
            for pk, profession, employee in present.values_list("pk", "profession", "employee")
        ),
    )


def _usage(
    patient: Patient, claim: rules.Claim, policy: rules.Policy, rcp_file: RcpFile | None
) -> rules.Usage:
    """What live acts already hold: slots of the cap's window, own kind, the same act twice."""
    live = Act.objects.live().filter(patient=patient)
    cap = rules.cap_of(claim.kind, policy.doctor_cap)
    if cap is None:
        twice = live.filter(professional=claim.professional, rcp_file=rcp_file)
        return rules.Usage(
            ordinals=frozenset(), own_kind=0, duplicate=rcp_file is not None and twice.exists()
        )
    window = rules.window_of(
        policy.window,
        claim.done_on,
        patient.included_on,
        policy.follow_up_months,
        patient.left_on,
    )
    if window is None:  # never included: refused whatever the count
        return rules.Usage(ordinals=frozenset(), own_kind=0)
    held = list(
        live.filter(
            kind__in=rules.kinds_of(cap), done_on__gte=window.start, done_on__lt=window.end
        ).values_list("kind", "ordinal", "professional_id", "done_on")
    )
    return rules.Usage(
        ordinals=frozenset(ordinal for _, ordinal, _, _ in held if ordinal is not None),
        own_kind=sum(kind == claim.kind for kind, *_ in held),
        granted=GrantedSlot.objects.filter(
            patient=patient, cap=cap, window_from=window.start
        ).count(),
        duplicate=(claim.kind, claim.professional, claim.done_on)
        in {(kind, professional, day) for kind, _, professional, day in held},
    )
