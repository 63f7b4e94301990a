"""Whatever happens at the same instant on a patient, the caps hold and nobody is left waiting.

Each proof has its control: the same gestures without the lock, which it must see go wrong.
"""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from fees.actions import course as course_module
from fees.actions.arbitration import arbitrate
from fees.actions.course import cancel_act, replace_act
from fees.actions.log import log_act
from fees.actions.steps import Busy, Conflict, lock_patient
from fees.actions.waiting import redecide_waiting_of
from fees.enums import Kind
from fees.models import Act
from network.enums import AldKind, Profession, Role
from network.models import AldPeriod, Patient, Professional
from tests.factories.fees import account, at, declare, log, physio_days
from tests.factories.network import make_patient, make_professional, make_user
from tests.proofs.threads import (
    faults,
    only_on_postgresql,
    recount,
    take_locks_away,
    together,
)

pytestmark = pytest.mark.django_db(transaction=True)

NOW = at(date(2026, 6, 1))
BUSY_AT_ONCE = 16


@pytest.fixture
def doctor() -> Professional:
    return make_professional(profession=Profession.DOCTOR)


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture(params=["locked", "unlocked"])
def locked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Each test is played with the locks, then as its own control without them."""
    if request.param == "unlocked":
        only_on_postgresql()
        take_locks_away(monkeypatch)
    yield request.param == "locked"
    monkeypatch.undo()


def noting(
    patient: Patient, professional: Professional, kind: Kind, day: date
) -> Callable[[], Act]:
    request = declare(patient, professional, kind, day)
    return partial(log_act, **request, by=account(professional), now=NOW)


def cancelling(act: Act, professional: Professional) -> Callable[[], Act]:
    return partial(cancel_act, act=act, by=account(professional), now=NOW, reason="Erreur")


def decisions(patient: Patient) -> list[str]:
    return sorted(act.decision for act in Act.objects.filter(patient=patient))


def test_sixteen_acts_for_a_cap_of_two(
    patient: Patient, doctor: Professional, locked: bool
) -> None:
    days = [date(2026, 4, 1) + timedelta(days=each) for each in range(BUSY_AT_ONCE)]
    answers = together(*(noting(patient, doctor, Kind.MED_BILAN, day) for day in days))
    if locked:
        assert faults(answers) == []
        assert decisions(patient) == ["accepted"] * 2 + ["refused"] * 14
        assert recount() == []
    else:
        assert {type(each) for each in faults(answers)} == {IntegrityError}


def test_sixth_session_by_two_psychologists(patient: Patient, locked: bool) -> None:
    """G12 of the golden vectors."""
    pair = [make_professional(profession=Profession.PSYCHOLOGIST) for _ in range(2)]
    for day in physio_days(5):
        log(patient, pair[0], Kind.PSY_SUIVI, day)
    day = date(2026, 5, 29)
    answers = together(*(noting(patient, each, Kind.PSY_SUIVI, day) for each in pair))
    if locked:
        assert faults(answers) == []
        assert sorted(act.decision for act in answers) == ["accepted", "refused"]
        assert recount() == []
    else:
        assert [type(each) for each in faults(answers)] == [IntegrityError]


def test_cancelled_while_another_is_noted(
    patient: Patient, physio: Professional, locked: bool
) -> None:
    acts = [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(10)]
    answers = together(
        noting(patient, physio, Kind.KINE_REMOB, date(2026, 5, 29)),
        cancelling(acts[0], physio),
        lag=0 if locked else 0.3,
    )
    assert faults(answers) == []
    if locked:
        assert Act.objects.live().count() == 10
        assert recount() == []
    else:
        assert any("attendu accepted" in each for each in recount())


@pytest.mark.parametrize("which", ["the_one_waiting", "one_that_holds_a_slot"])
def test_cancelled_while_arbitrated(
    patient: Patient, doctor: Professional, locked: bool, which: str
) -> None:
    director = make_user(Role.MEDICAL_DIRECTOR)
    held = log(patient, doctor, Kind.MED_BILAN, date(2026, 3, 15))
    log(patient, doctor, Kind.MED_REEVAL, date(2026, 4, 10))
    waits = log(patient, doctor, Kind.MED_REEVAL, date(2026, 5, 2))
    gone = waits if which == "the_one_waiting" else held
    answers = together(
        partial(arbitrate, act=waits, in_favour=True, reason="Poussée", by=director, now=NOW),
        cancelling(gone, doctor),
        lag=0 if locked else 0.3,
    )
    if locked:
        assert faults(answers, Conflict) == []
        assert Act.objects.live().count() == 2
        assert recount() == []
    else:
        assert recount() != [] or faults(answers, Conflict) != []


def test_noted_while_an_ald_is_corrected(
    patient: Patient, doctor: Professional, locked: bool
) -> None:
    AldPeriod.objects.create(patient=patient, kind=AldKind.ALD_31, starts_on=date(2026, 1, 1))
    log(patient, doctor, Kind.MED_BILAN, date(2026, 3, 15))
    log(patient, doctor, Kind.MED_BILAN, date(2026, 4, 15))
    AldPeriod.objects.all().delete()
    answers = together(
        partial(redecide_waiting_of, patient_id=patient.pk, now=NOW),
        noting(patient, doctor, Kind.MED_BILAN, date(2026, 5, 15)),
    )
    if locked:
        assert faults(answers) == []
        assert decisions(patient) == ["accepted", "accepted", "refused"]
        assert recount() == []
    else:
        assert [type(each) for each in faults(answers)] == [IntegrityError]


def test_same_request_sixteen_times(patient: Patient, physio: Professional, locked: bool) -> None:
    request = declare(patient, physio, Kind.KINE_REMOB, date(2026, 5, 29))
    once = partial(log_act, **request, by=account(physio), now=NOW)
    answers = together(*([once] * BUSY_AT_ONCE))
    if locked:
        assert faults(answers) == []
        assert len({act.pk for act in answers}) == 1
        assert Act.objects.count() == 1
    else:
        assert faults(answers) != []


def test_same_request_for_two_patients(patient: Patient, physio: Professional) -> None:
    """Their locks do not meet: the second is told, not broken."""
    request = declare(patient, physio, Kind.KINE_REMOB, date(2026, 5, 29))
    other = declare(make_patient(), physio, Kind.KINE_REMOB, date(2026, 5, 29))
    other["request_id"] = request["request_id"]
    answers = together(
        *(partial(log_act, **each, by=account(physio), now=NOW) for each in (request, other))
    )
    assert [type(each) for each in faults(answers)] == [Conflict]
    assert Act.objects.count() == 1


def test_replaced_across_two_patients(patient: Patient, physio: Professional) -> None:
    """Each locks both patients, in the order of their keys: no deadlock."""
    answers = swap_patients([patient, make_patient()], physio)
    assert faults(answers) == []
    assert recount() == []


def test_replaced_across_two_patients_in_any_order(
    patient: Patient, physio: Professional, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: each locks its own act's patient first, and the database ends one of them."""
    only_on_postgresql()

    def slowly(patient_id: int) -> Patient:
        locked = lock_patient(patient_id)
        time.sleep(0.2)
        return locked

    order = iter([True, False])
    turn: dict[int, bool] = {}

    def one_each_way(keys: set[int]) -> list[int]:
        reverse = turn.setdefault(threading.get_ident(), next(order, False))
        return sorted(keys, reverse=reverse)

    monkeypatch.setattr(course_module, "lock_patient", slowly)
    monkeypatch.setattr(course_module, "sorted", one_each_way, raising=False)
    answers = swap_patients([patient, make_patient()], physio)
    assert [type(each) for each in faults(answers)] in ([OperationalError], [Busy])


def swap_patients(patients: list[Patient], physio: Professional) -> list[Any]:
    """An act of each patient was meant for the other."""
    acts = [log(each, physio, Kind.KINE_REMOB, date(2026, 5, 4)) for each in patients]
    return together(
        *(
            partial(
                replace_act,
                act=act,
                **declare(other, physio, Kind.KINE_REMOB, date(2026, 5, 5)),
                by=account(physio),
                now=NOW,
                reason="Autre patient",
            )
            for act, other in zip(acts, reversed(patients), strict=True)
        )
    )


# --- A client hung with the patient's lock (PostgreSQL)


def test_time_outs_are_set() -> None:
    only_on_postgresql()
    assert [setting("lock_timeout"), setting("idle_in_transaction_session_timeout")] == [
        "2s",
        "5s",
    ]


@pytest.mark.parametrize("times_out", [True, False])
def test_hung_client_freezes_nobody(
    patient: Patient, physio: Professional, times_out: bool
) -> None:
    """The others are told to try again; the server ends the hung one, and all goes on.

    Shorter times than in production. The control has no time-out: the others are frozen.
    """
    only_on_postgresql()
    locked, release = threading.Event(), threading.Event()

    def hang() -> None:
        with transaction.atomic():
            set_timeout("idle_in_transaction_session_timeout", "2s" if times_out else "0")
            lock_patient(patient.pk)
            locked.set()
            release.wait(20)

    def note(day: date) -> Act:
        locked.wait(20)
        set_timeout("lock_timeout", "500ms" if times_out else "0")
        return noting(patient, physio, Kind.KINE_REMOB, day)()

    def note_then_again() -> tuple[Any, float, Act]:
        began = time.monotonic()
        try:
            first: Any = note(date(2026, 5, 4))
        except Busy as busy:
            first = busy
        waited = time.monotonic() - began
        time.sleep(2.5 if times_out else 0)
        again = note(date(2026, 5, 5))
        release.set()
        return first, waited, again

    if not times_out:
        threading.Timer(3, release.set).start()
    hung, answer = together(hang, note_then_again)
    first, waited, again = answer
    assert again.decision == "accepted"
    if times_out:
        assert "idle-in-transaction timeout" in str(hung)  # ended by the server
        assert isinstance(first, Busy)
        assert "essayez encore" in str(first)
        assert waited < 2
    else:
        assert waited > 2.5


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        row: tuple[str] = cursor.fetchone()
    return row[0]


def set_timeout(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET {name} = '{value}'")
