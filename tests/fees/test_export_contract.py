"""What the portal decided, `price_acts` decides again from the exported files alone."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command

from fees.actions.course import cancel_act
from fees.actions.log import save_draft
from fees.enums import DoctorCap, Kind, WindowKind
from fees.exports.contract import export_contract
from fees.models import Act, PolicyVersion
from fees.pricing.backlog import read_backlog
from fees.pricing.fold import price
from fees.rules import Policy
from network.enums import Profession
from network.models import Patient, Professional
from tests.factories.fees import account, at, declare, log
from tests.factories.network import make_patient, make_professional
from tests.fees.histories import live_through, make_town

pytestmark = pytest.mark.django_db


def priced(directory: Path, policy: Policy) -> list[tuple[object, ...]]:
    backlog = read_backlog(directory)
    return sorted(
        (act.code, v.decision, v.amount, "|".join(v.reasons), v.ordinal, v.limit)
        for act, v in zip(backlog.acts, price(backlog, policy), strict=True)
    )


def decided() -> list[tuple[object, ...]]:
    return sorted(
        (f"A{act.pk}", act.decision, act.amount, act.reasons, act.ordinal, act.limit)
        for act in Act.objects.all()
    )


@pytest.mark.parametrize(
    ("doctor_cap", "window"),
    [
        (DoctorCap.SHARED, WindowKind.CIVIL),
        (DoctorCap.SEPARATE, WindowKind.CIVIL),
        (DoctorCap.SHARED, WindowKind.INCLUSION),
        (DoctorCap.SEPARATE, WindowKind.FOLLOW_UP),
    ],
)
def test_exported_acts_are_priced_as_the_portal_did(
    tmp_path: Path, doctor_cap: DoctorCap, window: WindowKind
) -> None:
    PolicyVersion.objects.update(doctor_cap=doctor_cap, window=window)
    random = Random(f"{doctor_cap} {window}")
    live_through(make_town(random), random, entries=200)
    assert export_contract(tmp_path) == 200
    assert priced(tmp_path, Policy(doctor_cap=doctor_cap, window=window)) == decided()
    verdicts = {act.decision for act in Act.objects.all()}
    assert verdicts == {"accepted", "refused"} | (
        {"to_arbitrate"} if doctor_cap is DoctorCap.SHARED else set()
    )


def test_only_acts_that_stand_are_exported(tmp_path: Path) -> None:
    physio, patient = make_professional(), make_patient()
    kept = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    gone = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 3))
    now = at(date(2026, 2, 4))
    cancel_act(act=gone, by=account(physio), now=now, reason="Erreur")
    request = declare(patient, physio, Kind.KINE_REMOB, date(2026, 2, 4))
    save_draft(**request, by=account(physio), now=now)
    assert export_contract(tmp_path) == 1
    assert [act.code for act in read_backlog(tmp_path).acts] == [f"A{kept.pk}"]


def test_no_name_is_exported(tmp_path: Path) -> None:
    physio = make_professional(profession=Profession.PHYSIO, first_name="Egée", last_name="Minos")
    patient = make_patient(first_names="Phèdre", birth_name="Pasiphaé")
    log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    call_command("export_acts", str(tmp_path))
    written = "".join(sheet.read_text() for sheet in tmp_path.iterdir())
    assert patient.code in written
    for word in names(patient, physio):
        assert word not in written


def names(patient: Patient, physio: Professional) -> list[str]:
    assert physio.user is not None
    people = [patient.first_names, patient.birth_name, physio.first_name, physio.last_name]
    return [*people, physio.user.email, str(physio.rpps)]
