"""Patients by batches, as the pure records of `fees.pricing`: for recounts and exports.

An act in the database and a line of a file are then judged by the same functions. Memory holds
one batch, whatever the volume.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from fees import rules
from fees.enums import Kind
from fees.models import Act, ActStep, GrantedSlot, PolicyVersion, TariffLine
from fees.pricing import backlog
from network.enums import AldKind, LinkRole, Profession
from network.models import (
    AldPeriod,
    CareLink,
    FormerFollowUp,
    Patient,
    Professional,
    RcpAttendance,
    RcpFile,
)
from network.rules.follow_up import FollowUp
from network.rules.proofs import Attendee
from portal.kit.dates import covers

BATCH = 100


@dataclass(slots=True)
class Dossier:
    """A patient's facts, acts (each with its record), steps by act, and slots granted."""

    pk: int
    code: str
    patient: backlog.Patient
    acts: list[tuple[Act, backlog.Act]] = field(default_factory=list)
    steps: dict[int, list[ActStep]] = field(default_factory=lambda: defaultdict(list))
    grants: Counter[tuple[str, date]] = field(default_factory=Counter)


class Schedule:
    """The fee lines and the readings, all of them, as they stand."""

    @cached_property
    def lines(self) -> dict[int, rules.Tariff]:
        return {line.pk: line.as_rule() for line in TariffLine.objects.all()}

    @cached_property
    def readings(self) -> dict[int, PolicyVersion]:
        return {reading.pk: reading for reading in PolicyVersion.objects.order_by("valid_from")}

    @cached_property
    def policies(self) -> dict[int, rules.Policy]:
        return {pk: reading.as_rule() for pk, reading in self.readings.items()}

    def line_on(self, kind: Kind, day: date) -> rules.Tariff | None:
        return rules.tariff_in_force(self.lines.values(), kind, day)

    def policy_on(self, day: date) -> rules.Policy:
        """The latest reading to start among those in force. Raises LookupError when none is."""
        for pk, reading in reversed(self.readings.items()):
            if covers(reading.valid_from, reading.valid_to, day):
                return self.policies[pk]
        raise LookupError(f"no reading of the fee table on {day}")


class Dossiers:
    """Reads dossiers; the professionals, few, are read once."""

    @cached_property
    def professionals(self) -> dict[int, backlog.Professional]:
        return {
            row.pk: backlog.Professional(
                str(row.pk),
                Profession(row.profession),
                row.agreement_from,
                row.agreement_to,
                row.employee,
            )
            for row in Professional.objects.iterator()
        }

    def all(self) -> Iterator[Dossier]:
        """Every patient with an act, in the order of their keys."""
        last = 0
        while batch := list(
            Patient.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ):
            yield from self.of(batch)
            last = batch[-1]

    def of(self, patients: list[int]) -> Iterator[Dossier]:
        """The dossiers of these patients, but those without any act."""
        dossiers = {
            pk: Dossier(pk, code, backlog.Patient(FollowUp(included_on, left_on, renewed_to)))
            for pk, code, included_on, left_on, renewed_to in Patient.objects.filter(
                pk__in=patients
            )
            .order_by("pk")
            .values_list("pk", "code", "included_on", "left_on", "renewed_to")
        }
        for former in FormerFollowUp.objects.filter(patient__in=dossiers).order_by("pk"):
            dossiers[former.patient_id].patient.former.append(former.as_rule())
        self._add_facts(dossiers)
        self._add_acts(dossiers)
        yield from (dossier for dossier in dossiers.values() if dossier.acts)

    def _add_facts(self, dossiers: dict[int, Dossier]) -> None:
        for ald in AldPeriod.objects.filter(patient__in=dossiers).order_by("pk"):
            dossiers[ald.patient_id].patient.ald.append(
                (AldKind(ald.kind), ald.starts_on, ald.ends_on)
            )
        links = CareLink.objects.filter(patient__in=dossiers, role=LinkRole.TREATING_DOCTOR)
        for link in links.order_by("pk"):
            dossiers[link.patient_id].patient.treating.append(
                (self.professionals[link.professional_id], link.starts_on, link.ends_on)
            )
        for slot in GrantedSlot.objects.filter(patient__in=dossiers):
            dossiers[slot.patient_id].grants[slot.cap, slot.window_from] += 1

    def _add_acts(self, dossiers: dict[int, Dossier]) -> None:
        acts = list(Act.objects.filter(patient__in=dossiers).order_by("pk"))
        meetings = self._meetings({act.rcp_file_id for act in acts if act.rcp_file_id}, dossiers)
        for act in acts:
            dossier = dossiers[act.patient_id]
            record = backlog.Act(
                code=str(act.pk),
                entered_at=timezone.make_naive(act.entered_at),
                patient=dossier.patient,
                professional=self.professionals[act.professional_id],
                kind=act.kind_code,
                done_on=act.done_on,
                rcp=meetings[act.rcp_file_id] if act.rcp_file_id else None,
                msp_declared=act.msp_declared,
            )
            dossier.acts.append((act, record))
        steps = ActStep.objects.filter(act__patient__in=dossiers).order_by("pk")
        patient_of = {act.pk: act.patient_id for act in acts}
        for step in steps:
            dossiers[patient_of[step.act_id]].steps[step.act_id].append(step)

    def _meetings(
        self, files: Iterable[int], dossiers: dict[int, Dossier]
    ) -> dict[int, backlog.Meeting]:
        """Each file as a meeting of its own: attendance is recorded by file."""
        present: dict[int, list[Attendee]] = defaultdict(list)
        for row in RcpAttendance.objects.filter(file__in=files).order_by("pk"):
            person = self.professionals[row.professional_id]
            present[row.file_id].append(Attendee(person.code, person.profession, person.employee))
        meetings = {}
        for file in RcpFile.objects.filter(pk__in=files).select_related("meeting"):
            owner = dossiers.get(file.patient_id)
            proofs = rules.RcpFile(
                file.meeting.held_on,
                file.minutes_signed_on,
                file.plan_revised_on,
                tuple(present[file.pk]),
            )
            another = backlog.Patient(FollowUp(None))  # whoever it is, not the act's own
            meetings[file.pk] = backlog.Meeting({owner.patient if owner else another: proofs})
        return meetings
