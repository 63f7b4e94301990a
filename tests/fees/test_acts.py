"""Noting acts through the real actions, against a real database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fees.actions.arbitration import arbitrate
from fees.actions.course import cancel_act, replace_act, reverse_act
from fees.actions.log import log_act, save_draft, send_draft
from fees.actions.steps import Conflict
from fees.actions.waiting import redecide_waiting_of
from fees.declaration import Declaration
from fees.enums import Decision, Kind, State
from fees.models import Act, ActStep, GrantedSlot
from network.enums import AldKind, Profession, Role
from network.models import AldPeriod, OutboxMessage, Patient, Professional, RcpFile, User
from tests.factories.fees import (
    account,
    at,
    log,
    make_rcp_file,
    make_treating_doctor,
    pay,
    physio_days,
)
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO)


@pytest.fixture
def doctor() -> Professional:
    return make_professional(profession=Profession.DOCTOR)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def accountant() -> User:
    return make_user(Role.ACCOUNTANT)


def ten_sessions(patient: Patient, physio: Professional) -> list[Act]:
    return [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(10)]


def steps(act: Act) -> list[str]:
    return [step.move for step in ActStep.objects.filter(act=act)]


def test_act_within_cap_is_accepted_with_its_slot(patient: Patient, physio: Professional) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    assert (act.decision, act.state, act.amount) == (
        Decision.ACCEPTED,
        State.SUBMITTED,
        Decimal("30.00"),
    )
    assert (act.cap, act.ordinal, act.limit) == ("KINE-REMOB", 1, 10)
    assert (act.window_from, act.window_to) == (date(2026, 1, 1), date(2027, 1, 1))
    assert steps(act) == ["logged"]


def test_eleventh_session_is_recorded_and_refused(patient: Patient, physio: Professional) -> None:
    ten_sessions(patient, physio)
    act = log(patient, make_professional(), Kind.KINE_REMOB, date(2026, 6, 1))
    assert (act.decision, act.state, act.amount) == (
        Decision.REFUSED,
        State.REFUSED,
        Decimal("0.00"),
    )
    assert (act.reasons, act.ordinal, act.limit) == ("cap_reached", None, 10)


def test_logged_act_takes_at_most_twelve_statements(patient: Patient, physio: Professional) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]


def test_same_request_twice_is_one_act(patient: Patient, physio: Professional) -> None:
    request_id = uuid4()
    declared = Declaration(
        patient=patient, professional=physio, kind=Kind.KINE_REMOB, done_on=date(2026, 2, 2)
    )
    first = log_act(
        request_id=request_id, declared=declared, by=account(physio), now=at(date(2026, 2, 2))
    )
    again = log_act(
        request_id=request_id, declared=declared, by=account(physio), now=at(date(2026, 2, 3))
    )
    assert first == again
    assert Act.objects.count() == 1
    assert steps(first) == ["logged"]


def test_request_of_another_act_is_refused(patient: Patient, physio: Professional) -> None:
    request_id = uuid4()
    first = Declaration(
        patient=patient, professional=physio, kind=Kind.KINE_REMOB, done_on=date(2026, 2, 2)
    )
    log_act(request_id=request_id, declared=first, by=account(physio), now=at(date(2026, 2, 2)))
    other = replace(first, done_on=date(2026, 2, 3))
    with pytest.raises(Conflict):
        log_act(request_id=request_id, declared=other, by=account(physio), now=at(date(2026, 2, 3)))
    assert Act.objects.count() == 1


def test_cancelled_slot_goes_to_the_oldest_that_waits(
    patient: Patient, physio: Professional
) -> None:
    acts = ten_sessions(patient, physio)
    colleague = make_professional()
    eleventh = log(patient, colleague, Kind.KINE_REMOB, date(2026, 5, 4))
    twelfth = log(patient, physio, Kind.KINE_REMOB, date(2026, 5, 5))
    cancel_act(act=acts[3], by=account(physio), now=at(date(2026, 5, 6)), reason="Erreur de date")
    eleventh.refresh_from_db()
    twelfth.refresh_from_db()
    assert (eleventh.state, eleventh.decision, eleventh.ordinal) == (
        State.SUBMITTED,
        Decision.ACCEPTED,
        4,
    )
    assert (eleventh.amount, eleventh.reasons) == (Decimal("30.00"), "")
    assert twelfth.state == State.REFUSED
    assert steps(eleventh) == ["logged", "redecided"]
    assert [mail.to for mail in OutboxMessage.objects.all()] == [account(colleague).email]


def test_cancelling_twice_changes_nothing(patient: Patient, physio: Professional) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    for _ in range(2):
        cancel_act(act=act, by=account(physio), now=at(date(2026, 2, 3)), reason="Doublon")
    assert steps(act) == ["logged", "cancelled"]


def test_cancelling_without_reason_is_refused(patient: Patient, physio: Professional) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    with pytest.raises(Conflict):
        cancel_act(act=act, by=account(physio), now=at(date(2026, 2, 3)), reason="  ")
    act.refresh_from_db()
    assert act.state == State.SUBMITTED


def test_paid_act_is_not_cancelled(
    patient: Patient, physio: Professional, accountant: User
) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    pay(act, now=at(date(2026, 7, 1)))
    with pytest.raises(Conflict):
        cancel_act(act=act, by=accountant, now=at(date(2026, 8, 1)), reason="Erreur")


def test_reversed_act_frees_its_slot(
    patient: Patient, physio: Professional, accountant: User
) -> None:
    acts = ten_sessions(patient, physio)
    pay(acts[0], now=at(date(2026, 7, 1)))
    reverse_act(act=acts[0], by=accountant, now=at(date(2026, 8, 1)), reason="Séance non faite")
    new = log(patient, physio, Kind.KINE_REMOB, date(2026, 8, 3))
    assert (new.decision, new.ordinal) == (Decision.ACCEPTED, 1)
    assert steps(acts[0]) == ["logged", "validated", "batched", "paid", "reversed"]


def test_submitted_act_cannot_be_reversed(
    patient: Patient, physio: Professional, accountant: User
) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    with pytest.raises(Conflict):
        reverse_act(act=act, by=accountant, now=at(date(2026, 3, 1)), reason="Non")


def test_replaced_act_keeps_its_place_before_those_that_wait(
    patient: Patient, physio: Professional
) -> None:
    acts = ten_sessions(patient, physio)
    waiting = log(patient, physio, Kind.KINE_REMOB, date(2026, 5, 4))
    new = replace_act(
        act=acts[9],
        request_id=uuid4(),
        declared=Declaration(
            patient=patient, professional=physio, kind=Kind.KINE_REMOB, done_on=date(2026, 4, 8)
        ),
        by=account(physio),
        now=at(date(2026, 5, 5)),
        reason="La séance a eu lieu le mercredi",
    )
    waiting.refresh_from_db()
    assert (new.decision, new.ordinal, new.replaces) == (Decision.ACCEPTED, 10, acts[9])
    assert waiting.state == State.REFUSED


def test_draft_holds_no_slot_until_sent(patient: Patient, physio: Professional) -> None:
    draft = save_draft(
        request_id=uuid4(),
        declared=Declaration(
            patient=patient, professional=physio, kind=Kind.KINE_REMOB, done_on=date(2026, 2, 1)
        ),
        by=account(physio),
        now=at(date(2026, 2, 1)),
    )
    ten_sessions(patient, physio)
    sent = send_draft(act=draft, by=account(physio), now=at(date(2026, 4, 20)))
    assert (sent.decision, sent.reasons) == (Decision.REFUSED, "cap_reached")
    assert steps(sent) == ["drafted", "logged"]


def test_shared_doctor_cap_sends_to_arbitration(patient: Patient, doctor: Professional) -> None:
    log(patient, doctor, Kind.MED_BILAN, date(2026, 1, 15))
    log(patient, doctor, Kind.MED_REEVAL, date(2026, 5, 10))
    third = log(patient, doctor, Kind.MED_REEVAL, date(2026, 10, 2))
    assert (third.decision, third.state, third.ordinal, third.amount) == (
        Decision.TO_ARBITRATE,
        State.SUBMITTED,
        None,
        Decimal("0.00"),
    )


def test_arbitration_in_favour_adds_one_slot(patient: Patient, doctor: Professional) -> None:
    director = make_user(Role.MEDICAL_DIRECTOR)
    log(patient, doctor, Kind.MED_BILAN, date(2026, 1, 15))
    log(patient, doctor, Kind.MED_REEVAL, date(2026, 5, 10))
    third = log(patient, doctor, Kind.MED_REEVAL, date(2026, 10, 2))
    fourth = log(patient, doctor, Kind.MED_REEVAL, date(2026, 10, 3))
    arbitrate(act=third, in_favour=True, reason="Poussée", by=director, now=at(date(2026, 10, 5)))
    third.refresh_from_db()
    fourth.refresh_from_db()
    assert (third.decision, third.ordinal, third.limit, third.amount) == (
        Decision.ACCEPTED,
        3,
        3,
        Decimal("25.00"),
    )
    assert fourth.awaits_arbitration
    assert GrantedSlot.objects.get().reason == "Poussée"
    assert steps(third) == ["logged", "arbitrated"]


def test_arbitration_against_closes_the_act(patient: Patient, doctor: Professional) -> None:
    director = make_user(Role.MEDICAL_DIRECTOR)
    first = log(patient, doctor, Kind.MED_BILAN, date(2026, 1, 15))
    log(patient, doctor, Kind.MED_REEVAL, date(2026, 5, 10))
    third = log(patient, doctor, Kind.MED_REEVAL, date(2026, 10, 2))
    arbitrate(
        act=third, in_favour=False, reason="Pas de besoin", by=director, now=at(date(2026, 10, 5))
    )
    cancel_act(act=first, by=account(doctor), now=at(date(2026, 10, 6)), reason="Erreur")
    third.refresh_from_db()
    assert (third.state, third.decision) == (State.REFUSED, Decision.REFUSED)


def test_ald_corrected_redecides_what_waits(patient: Patient, doctor: Professional) -> None:
    ald = AldPeriod.objects.create(patient=patient, kind=AldKind.ALD_31, starts_on=date(2026, 1, 1))
    log(patient, doctor, Kind.MED_BILAN, date(2026, 1, 15))
    second = log(patient, doctor, Kind.MED_BILAN, date(2026, 5, 10))
    assert (second.decision, second.limit) == (Decision.REFUSED, 1)
    ald.ends_on = date(2026, 3, 31)
    ald.save()
    changed = redecide_waiting_of(patient_id=patient.pk, now=at(date(2026, 6, 1)))
    second.refresh_from_db()
    assert changed == [second]
    assert (second.decision, second.ordinal, second.limit) == (Decision.ACCEPTED, 2, 2)


def test_rcp_act_waits_for_its_minutes(patient: Patient) -> None:
    doctor = make_treating_doctor(patient)
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST)
    file = make_rcp_file(patient, minutes=None, attendees=(doctor, psychologist))
    act = log(patient, doctor, Kind.RCP_MT, date(2026, 3, 10), rcp_file=file)
    assert act.reasons == "minutes_missing"
    file.minutes_signed_on = date(2026, 4, 1)
    file.save()
    redecide_waiting_of(patient_id=patient.pk, now=at(date(2026, 4, 1)))
    act.refresh_from_db()
    assert (act.decision, act.amount, act.cap, act.ordinal) == (
        Decision.ACCEPTED,
        Decimal("75.00"),
        "",
        None,
    )


def test_rcp_proofs_are_those_of_now_and_not_of_the_form(patient: Patient) -> None:
    doctor = make_treating_doctor(patient)
    nurse = make_professional(profession=Profession.NURSE)
    loaded = make_rcp_file(patient, minutes=None, attendees=(doctor, nurse))
    RcpFile.objects.filter(pk=loaded.pk).update(minutes_signed_on=date(2026, 3, 12))
    act = log(patient, doctor, Kind.RCP_MT, date(2026, 3, 10), rcp_file=loaded)
    assert (act.decision, act.reasons) == (Decision.ACCEPTED, "")


def test_rcp_with_three_attendees_pays_each(patient: Patient) -> None:
    doctor = make_treating_doctor(patient)
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST)
    nurse = make_professional(profession=Profession.NURSE)
    file = make_rcp_file(patient, attendees=(doctor, psychologist, nurse))
    day = date(2026, 3, 10)
    amounts = [
        log(patient, doctor, Kind.RCP_MT, day, rcp_file=file).amount,
        log(patient, psychologist, Kind.RCP_PARA, day, rcp_file=file).amount,
        log(patient, nurse, Kind.RCP_PARA, day, rcp_file=file).amount,
        log(patient, nurse, Kind.RCP_PARA, day, rcp_file=file).amount,
    ]
    assert amounts == [Decimal("75.00"), Decimal("50.00"), Decimal("50.00"), Decimal("0.00")]


def test_database_refuses_a_slot_beyond_the_limit(patient: Patient, physio: Professional) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(ordinal=11)


def test_database_refuses_a_slot_held_twice(patient: Patient, physio: Professional) -> None:
    log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    second = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 3))
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.filter(pk=second.pk).update(ordinal=1)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_steps_only_grow(patient: Patient, physio: Professional, verb: str) -> None:
    log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 2))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if verb == "update":
            ActStep.objects.update(note="réécrit")
        else:
            ActStep.objects.all()._raw_delete("default")
