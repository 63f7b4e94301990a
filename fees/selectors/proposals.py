"""Acts proposed to a professional from facts: computed at each reading, never stored.

A signed evaluation or reassessment calls the doctor's act; a case review attended calls that of
each professional whom the fee table pays for it. Whatever was noted for it already, draft and
refusal included, ends the proposal: it is followed among the acts. The rule that prices acts says
what is missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from fees import rules, wording
from fees.enums import Kind, Reason, State
from fees.models import Act, PolicyVersion
from fees.models.schedule import KINDS
from network.enums import EvaluationKind, LinkRole, Profession
from network.models import CareLink, Evaluation, Patient, Professional, RcpAttendance, RcpFile
from network.rules.proofs import Attendee
from network.selectors.patients import load_former
from portal.kit.dates import covers

OF_EVALUATION = {
    EvaluationKind.CEO: Kind.MED_BILAN,
    EvaluationKind.REASSESSMENT: Kind.MED_REEVAL,
}
NOT_FOR_THEM = frozenset({Reason.WRONG_PROFESSION, Reason.NOT_TREATING_DOCTOR})
"""Reasons that nothing can mend: the act belongs to somebody else."""

type Key = tuple[int, str, date, int | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that facts call. `missing`: what it still lacks to be paid, in words."""

    patient: Patient
    kind: Kind
    done_on: date
    rcp_file: int | None
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(KINDS[self.kind])

    @property
    def is_ready(self) -> bool:
        return not self.missing


def address_of(proposal: Proposal) -> str:
    """The form of the act, filled in: one tap notes it."""
    asked = {
        "patient": proposal.patient.pk,
        "kind": proposal.kind.value,
        "done_on": proposal.done_on.isoformat(),
    }
    if proposal.rcp_file:
        asked["rcp_file"] = proposal.rcp_file
    return f"{reverse('fees:log_act')}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class _Desk:
    """Whose acts are proposed, on which day, under which reading of the fee table."""

    professional: Professional
    on: date
    policy: rules.Policy
    links: Mapping[int, list[CareLink]]

    @property
    def since(self) -> date:
        """The first day whose acts can still be noted."""
        return self.on - timedelta(days=self.policy.claim_days)


def proposals_for(professional: Professional, *, on: date) -> list[Proposal]:
    """What the professional may note, what is ready first, then the oldest.

    Of patients whom they follow today, within the claim window. Six queries, whatever the numbers.
    """
    policy = _policy(on)
    if policy is None:
        return []
    desk = _Desk(professional, on, policy, _links(professional))
    noted = set(_noted(desk))
    found = [
        each
        for each in (*_of_evaluations(desk), *_of_reviews(desk))
        if _key(each) not in noted and _follows(desk.links.get(each.patient.pk, ()), on)
    ]
    return sorted(found, key=lambda each: (not each.is_ready, each.done_on, each.patient.pk))


def _of_evaluations(desk: _Desk) -> Iterator[Proposal]:
    signed = Evaluation.objects.signed().filter(
        doctor=desk.professional, held_on__gte=desk.since, held_on__lte=desk.on
    )
    sheets = list(signed.select_related("patient"))
    load_former((each.patient, each.held_on) for each in sheets)
    for sheet in sheets:
        kind = OF_EVALUATION[EvaluationKind(sheet.kind)]
        claim = _claim(desk, kind, sheet.held_on)
        yield from _proposal(desk, sheet.patient, claim)


def _of_reviews(desk: _Desk) -> Iterator[Proposal]:
    attended = RcpAttendance.objects.filter(professional=desk.professional).values("file")
    held = RcpFile.objects.filter(
        pk__in=attended, meeting__held_on__gte=desk.since, meeting__held_on__lte=desk.on
    )
    files = list(held.select_related("meeting", "patient"))
    load_former((each.patient, each.held_on) for each in files)
    present = _present(files)
    doctor = desk.professional.profession == Profession.DOCTOR
    kind = Kind.RCP_MT if doctor else Kind.RCP_PARA
    for file in files:
        claim = replace(
            _claim(desk, kind, file.held_on),
            is_treating_doctor=_treats(desk.links.get(file.patient_id, ()), file.held_on),
            rcp=rules.RcpFile(
                file.held_on, file.minutes_signed_on, file.plan_revised_on, tuple(present[file.pk])
            ),
        )
        yield from _proposal(desk, file.patient, claim, file.pk)


def _claim(desk: _Desk, kind: Kind, done_on: date) -> rules.Claim:
    professional = desk.professional
    return rules.Claim(
        kind=kind,
        done_on=done_on,
        today=desk.on,
        professional=professional.pk,
        profession=Profession(professional.profession),
        agreement_from=professional.agreement_from,
        agreement_to=professional.agreement_to,
        is_treating_doctor=False,
        msp_declared=True,
        rcp=None,
    )


def _proposal(
    desk: _Desk, patient: Patient, claim: rules.Claim, file: int | None = None
) -> Iterator[Proposal]:
    """The act with what it lacks; none when it is somebody else's to note."""
    coverage = rules.Coverage(patient.follow_up_on(claim.done_on), under_ald=False)
    # the cap, the tariff and what was noted before are told by the form, from the act's own day
    reasons = set(rules.refusals(claim, coverage, None, _NOTHING, desk.policy))
    reasons.discard(Reason.NO_TARIFF)
    if reasons & NOT_FOR_THEM:
        return
    missing = tuple(wording.missing(each) for each in Reason if each in reasons)
    yield Proposal(patient, claim.kind, claim.done_on, file, missing)


_NOTHING = rules.Usage(ordinals=(), own_kind=0)


def _policy(on: date) -> rules.Policy | None:
    version = PolicyVersion.objects.in_force(on).order_by("-valid_from").first()
    return version.as_rule() if version else None


def _noted(desk: _Desk) -> Iterator[Key]:
    acts = Act.objects.filter(professional=desk.professional, done_on__gte=desk.since)
    standing = acts.exclude(state__in=[State.CANCELLED, State.REVERSED]).order_by()
    yield from standing.values_list("patient", "kind", "done_on", "rcp_file")


def _key(proposal: Proposal) -> Key:
    return proposal.patient.pk, proposal.kind, proposal.done_on, proposal.rcp_file


def _links(professional: Professional) -> dict[int, list[CareLink]]:
    links: dict[int, list[CareLink]] = defaultdict(list)
    for link in CareLink.objects.filter(professional=professional):
        links[link.patient_id].append(link)
    return links


def _follows(links: Iterable[CareLink], on: date) -> bool:
    """The form offers only patients whom one follows today."""
    return any(covers(each.starts_on, each.ends_on, on) for each in links)


def _treats(links: Iterable[CareLink], on: date) -> bool:
    treating = (each for each in links if each.role == LinkRole.TREATING_DOCTOR)
    return any(covers(each.starts_on, each.ends_on, on) for each in treating)


def _present(files: Iterable[RcpFile]) -> dict[int, list[Attendee]]:
    present: dict[int, list[Attendee]] = defaultdict(list)
    rows = RcpAttendance.objects.filter(file__in=[each.pk for each in files])
    for row in rows.select_related("professional"):
        person = row.professional
        present[row.file_id].append(
            Attendee(person.pk, Profession(person.profession), person.employee)
        )
    return present
