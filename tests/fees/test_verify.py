"""The recount finds nothing in what the actions wrote, and finds each thing that was broken."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fees.actions.arbitration import arbitrate
from fees.actions.course import cancel_act, replace_act, reverse_act
from fees.enums import DoctorCap, Kind, Move, WindowKind
from fees.models import Act, ActStep, PolicyVersion
from fees.selectors.dossiers import Dossier, Dossiers, Schedule
from fees.selectors.verify import breaches, recount_acts, starved
from fees.tasks import decide_again_what_waits
from network.enums import AldKind, Profession, Role
from network.models import AldPeriod, Patient, Professional
from tests.factories.fees import account, at, declare, log, make_rcp_file, pay, physio_days
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO)


@pytest.fixture
def patient(physio: Professional) -> Patient:
    """Ten sessions accepted and one that waits."""
    patient = make_patient()
    for day in physio_days(11):
        log(patient, physio, Kind.KINE_REMOB, day)
    return patient


def verify() -> str:
    out = StringIO()
    call_command("verify", stdout=out)
    return out.getvalue()


def found(patient: Patient) -> list[str]:
    """What the recount says of the patient, without the subject."""
    (dossier,) = Dossiers().of([patient.pk])
    return [f"{each.found}|{each.expected}" for each in breaches(dossier, Schedule())]


def test_counts_what_it_checked(patient: Patient) -> None:
    assert "1 dossiers, 11 actes, 10 places tenues, 1 actes en attente, 11 étapes" in verify()


def test_nothing_to_check_is_said() -> None:
    assert "rien à vérifier" in verify()


def test_course_of_every_kind_is_clean(physio: Professional) -> None:
    patient = make_patient()
    doctor = make_professional(profession=Profession.DOCTOR)
    nurse = make_professional(profession=Profession.NURSE)
    director, accountant = make_user(Role.MEDICAL_DIRECTOR), make_user(Role.ACCOUNTANT)
    file = make_rcp_file(patient, attendees=(physio, nurse))
    log(patient, nurse, Kind.RCP_PARA, date(2026, 3, 10), rcp_file=file)
    log(patient, nurse, Kind.RCP_PARA, date(2026, 3, 10), rcp_file=file)
    first = log(patient, doctor, Kind.MED_BILAN, date(2026, 1, 15))
    log(patient, doctor, Kind.MED_REEVAL, date(2026, 2, 15))
    waits = log(patient, doctor, Kind.MED_REEVAL, date(2026, 3, 15))
    now = at(date(2026, 5, 1))
    arbitrate(act=waits, in_favour=True, reason="Poussée", by=director, now=now)
    pay(first, now=now)
    reverse_act(act=first, by=accountant, now=now, reason="Indu")
    session = log(patient, physio, Kind.KINE_REMOB, date(2026, 4, 1))
    other = declare(patient, physio, Kind.KINE_REMOB, date(2026, 4, 2))
    replace_act(act=session, by=account(physio), now=now, reason="Mauvais jour", **other)
    assert "Aucun écart." in verify()


def test_arbitration_above_slots_taken_outside_ald(physio: Professional) -> None:
    patient, director = make_patient(), make_user(Role.MEDICAL_DIRECTOR)
    doctor = make_professional(profession=Profession.DOCTOR)
    for day in (date(2026, 1, 15), date(2026, 2, 15)):
        log(patient, doctor, Kind.MED_BILAN, day)
    AldPeriod.objects.create(patient=patient, kind=AldKind.ALD_30, starts_on=date(2026, 3, 1))
    waits = log(patient, doctor, Kind.MED_REEVAL, date(2026, 3, 15))
    assert (waits.awaits_arbitration, waits.limit) == (True, 1)
    arbitrate(act=waits, in_favour=True, reason="Poussée", by=director, now=at(date(2026, 5, 1)))
    waits.refresh_from_db()
    assert (waits.decision, waits.ordinal, waits.limit) == ("accepted", 3, 3)
    assert "Aucun écart." in verify()


# --- Each thing broken, in memory: the database itself refuses most of them

BREAKS: dict[str, tuple[dict[str, object], str]] = {
    "slot_beyond_limit": ({"ordinal": 11}, "place 11 sur 10|au plus 10 + 0"),
    "limit_raised": ({"limit": 12}, "place 1 sur 12|au plus 10 + 0"),
    "slot_lost": ({"ordinal": None}, "place None|une place si l’acte compte, aucune sinon"),
    "amount_changed": ({"amount": Decimal("31.00")}, "montant 31.00|30.00"),
    "reason_on_accepted": ({"reasons": "duplicate"}, "motifs « duplicate »|aucun motif"),
    "state_without_step": (
        {"state": "paid"},
        "paid accepted 30.00|celle de sa dernière étape, submitted accepted 30.00",
    ),
    "refused_yet_submitted": (
        {"decision": "refused", "ordinal": None, "amount": Decimal("0.00")},
        "état submitted|un état de « refused »",
    ),
    "another_cap": ({"cap": "PSY-SUIVI"}, "plafond PSY-SUIVI|KINE-REMOB"),
    "another_window": (
        {"window_from": date(2025, 1, 1)},
        "période 2025-01-01 – 2027-01-01|celle du 2026-02-02, lue « civil »",
    ),
    "no_line": ({"tariff_id": None}, "ligne None|une ligne KINE-REMOB au 2026-02-02"),
    "no_reading": ({"policy_id": None}, "aucune lecture du barème|celle de sa décision"),
    "person_without_step": (
        {"decided_by_person": True},
        "arbitré=True|ce que disent ses étapes",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_broken_act_is_found(patient: Patient, name: str) -> None:
    changes, expected = BREAKS[name]
    (dossier,) = Dossiers().of([patient.pk])
    act, _ = dossier.acts[0]
    for field, value in changes.items():
        setattr(act, field, value)
    said = [f"{each.found}|{each.expected}" for each in breaches(dossier, Schedule())]
    assert expected in said, said


def _no_step(dossier: Dossier) -> None:
    dossier.steps.clear()


def _jump(dossier: Dossier) -> None:
    act, _ = dossier.acts[0]
    dossier.steps[act.pk].append(
        ActStep(act=act, move=Move.PAID, state="paid", decision="accepted", amount=act.amount)
    )
    act.state = "paid"


def _slot_twice(dossier: Dossier) -> None:
    dossier.acts[1][0].ordinal = 1


def _one_too_many(dossier: Dossier) -> None:
    act, _ = dossier.acts[10]
    act.decision, act.state, act.reasons, act.ordinal = "accepted", "submitted", "", 11
    act.limit = 11


def _twin(dossier: Dossier) -> None:
    dossier.acts[1][0].done_on = dossier.acts[0][0].done_on


def _replaced_alive(dossier: Dossier) -> None:
    dossier.acts[1][0].replaces_id = dossier.acts[0][0].pk


def _slot_free(dossier: Dossier) -> None:
    del dossier.acts[9]


def _granted_slot_gone(dossier: Dossier) -> None:
    for act, _ in dossier.acts[:10]:
        act.limit = 11


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        (_no_step, "aucune étape|une étape au moins"),
        (_jump, "étape paid de submitted|une étape permise"),
        (_slot_twice, "place 1 tenue 2 fois|une fois"),
        (_one_too_many, "11 actes|au plus 10"),
        (_replaced_alive, "en cours|un acte annulé"),
        (_slot_free, "refused (cap_reached)|accepted"),
        (_twin, "le même que l’acte"),
        (_granted_slot_gone, "place 1 sur 11|au plus 10 + 0"),
    ],
)
def test_broken_dossier_is_found(
    patient: Patient, breaks: Callable[[Dossier], None], expected: str
) -> None:
    (dossier,) = Dossiers().of([patient.pk])
    breaks(dossier)
    said = [f"{each.found}|{each.expected}" for each in breaches(dossier, Schedule())]
    assert any(expected in each for each in said), said


# --- Broken in the database, where it lets itself be


def test_breach_ends_the_command_with_one(patient: Patient) -> None:
    act = Act.objects.live().first()
    assert act is not None
    Act.objects.filter(pk=act.pk).update(amount=Decimal("30.01"))
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify", stdout=out)
    assert error.value.returncode == 1
    assert f"acte {act.pk} : trouvé montant 30.01, attendu 30.00" in out.getvalue()
    assert patient.birth_name not in out.getvalue()


def test_act_that_a_fact_would_accept_is_found_then_healed(
    patient: Patient, physio: Professional
) -> None:
    doctor = make_professional(profession=Profession.DOCTOR)
    ald = AldPeriod.objects.create(patient=patient, kind=AldKind.ALD_31, starts_on=date(2026, 1, 1))
    log(patient, doctor, Kind.MED_BILAN, date(2026, 1, 15))
    log(patient, doctor, Kind.MED_BILAN, date(2026, 5, 10))
    ald.delete()
    assert found(patient) == ["refused (cap_reached)|accepted"]
    assert list(starved()) == [patient.pk]
    decide_again_what_waits(at(date(2026, 6, 1)))
    assert found(patient) == []
    assert list(starved()) == []


def test_slot_freed_behind_the_actions_back_is_found(patient: Patient) -> None:
    act = Act.objects.live().first()
    assert act is not None
    Act.objects.filter(pk=act.pk).update(state="cancelled", ordinal=None)
    said = found(patient)
    assert "refused (cap_reached)|accepted" in said
    assert any("sa dernière étape" in each for each in said)


def test_cancelled_act_is_clean(patient: Patient, physio: Professional) -> None:
    act = Act.objects.live().first()
    assert act is not None
    cancel_act(act=act, by=account(physio), now=at(date(2026, 6, 1)), reason="Erreur")
    assert found(patient) == []
    tally: Counter[str] = Counter()
    assert list(recount_acts(tally)) == []
    assert tally["places tenues"] == 10


def test_slots_of_two_readings_both_count() -> None:
    """Each of two caps held its slot 1; read together, they are two acts of the shared cap."""
    patient, doctor = make_patient(), make_professional(profession=Profession.DOCTOR)
    PolicyVersion.objects.update(doctor_cap=DoctorCap.SEPARATE)
    held = [
        log(patient, doctor, Kind.MED_BILAN, date(2026, 2, 2)),
        log(patient, doctor, Kind.MED_REEVAL, date(2026, 3, 2)),
    ]
    PolicyVersion.objects.create(
        valid_from=date(2026, 4, 1), doctor_cap=DoctorCap.SHARED, window=WindowKind.CIVIL
    )
    third = log(patient, doctor, Kind.MED_BILAN, date(2026, 4, 2))
    assert [act.ordinal for act in held] == [1, 1]
    assert (third.decision, third.reasons) == ("to_arbitrate", "cap_reached")
    assert found(patient) == []
