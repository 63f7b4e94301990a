"""Random but plausible lives of a few patients, written through the real actions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from fees.actions.log import log_act
from fees.enums import Kind
from fees.models import Act
from fees.rules import PAYEES
from network.enums import AldKind, LinkRole, Profession
from network.models import AldPeriod, Patient, Professional, RcpFile
from tests.factories.fees import account, at, declare, make_rcp_file
from tests.factories.network import make_link, make_patient, make_professional

FIRST = date(2026, 1, 1)
DAYS = 480


@dataclass
class Town:
    """A few patients and two professionals of each profession that is paid."""

    patients: list[Patient]
    professionals: list[Professional]
    files: list[RcpFile]


def make_town(random: Random) -> Town:
    """With an ALD, a renewal, a treating doctor who changes, an end of agreement, meetings."""
    professions = (
        Profession.DOCTOR,
        Profession.PHYSIO,
        Profession.PSYCHOLOGIST,
        Profession.NURSE,
    )
    people = [make_professional(profession=each) for each in professions for _ in range(2)]
    people[1].agreement_to = date(2026, 9, 30)
    people[1].save()
    patients = [
        make_patient(renewed_to=date(2027, 4, 20)),
        make_patient(included_on=date(2025, 11, 1), left_on=date(2026, 12, 15)),
        _included_again(random),
    ]
    AldPeriod.objects.create(
        patient=patients[0],
        kind=random.choice(list(AldKind)),
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 8, 31),
    )
    role, change = LinkRole.TREATING_DOCTOR, date(2026, 7, 1)
    before = {"role": role, "ends_on": change - timedelta(days=1)}
    make_link(patient=patients[0], professional=people[0], **before)
    make_link(patient=patients[0], professional=people[1], role=role, starts_on=change)
    return Town(patients, people, [_file(patient, people, random) for patient in patients * 4])


def _included_again(random: Random) -> Patient:
    """A patient followed twice or three times, with or without days between."""
    ends = sorted(random.sample(range(30, DAYS - 60), random.randint(1, 2)))
    starts = [random.randint(0, 20), *(end + random.choice([0, 1, 40]) for end in ends)]
    patient = make_patient(included_on=FIRST + timedelta(starts[-1]))
    for start, end in zip(starts, ends, strict=False):
        if start < end:
            patient.former_follow_ups.create(
                included_on=FIRST + timedelta(start),
                left_on=FIRST + timedelta(end),
                renewed_to=random.choice([None, FIRST + timedelta(end)]),
            )
    return patient


def _file(patient: Patient, people: list[Professional], random: Random) -> RcpFile:
    held_on = some_day(random)
    return make_rcp_file(
        patient,
        held_on=held_on,
        minutes=held_on if random.random() < 0.8 else None,
        plan=held_on + timedelta(random.choice([-1, 0, 30, 31])),
        attendees=tuple(random.sample(people, random.randint(1, 5))),
    )


def some_day(random: Random) -> date:
    return FIRST + timedelta(random.randrange(DAYS))


def entry(town: Town, random: Random) -> dict[str, Any]:
    """A declaration: mostly right, sometimes by the wrong profession, twice, late or too soon."""
    person = random.choice(town.professionals)
    theirs = [kind for kind in Kind if person.profession in PAYEES[kind]]
    kind = random.choice(theirs if random.random() < 0.9 else list(Kind))
    file = random.choice(town.files) if kind.is_rcp else None
    patient = random.choice(town.patients)
    if file and random.random() < 0.9:
        patient = file.patient
    done_on = file.meeting.held_on if file else some_day(random)
    return declare(
        patient,
        person,
        kind,
        done_on,
        rcp_file=file,
        msp_declared=random.random() < 0.8,
    )


def live_through(town: Town, random: Random, entries: int) -> list[Act]:
    """Note acts in the order of their entry, each within its 90 days or a little outside."""
    requests = [entry(town, random) for _ in range(entries)]
    moments = sorted(
        ((_entered(each["declared"].done_on, random), each) for each in requests),
        key=lambda pair: pair[0],
    )
    return [
        log_act(**request, by=account(request["declared"].professional), now=now)
        for now, request in moments
    ]


def _entered(done_on: date, random: Random) -> datetime:
    return at(done_on + timedelta(random.choice([0, 0, 0, 1, 7, 30, 90, 91, -1])))
