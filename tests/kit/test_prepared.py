"""Prepared statements read and write what the ORM would, afresh at each call."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateField, Model, QuerySet, UUIDField
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from fees.enums import Kind, State
from fees.models import Act, TariffLine
from network.models import Patient
from portal.kit.prepared import Prepared, given, insert_row
from tests.factories.fees import log
from tests.factories.network import make_patient, make_professional

COMPOSED: list[str] = []


@Prepared
def lines() -> QuerySet[TariffLine]:
    COMPOSED.append("lines")
    in_force = TariffLine.objects.in_force(given("day", DateField()))
    return in_force.filter(kind=given("kind", CharField()))


@Prepared
def act_of_request() -> QuerySet[Act]:
    return Act.objects.filter(request_id=given("request_id", UUIDField()))


@Prepared
def amounts() -> QuerySet[Act, tuple[str, Decimal, date]]:
    acts = Act.objects.live().filter(patient=given("patient", BigIntegerField()))
    return acts.values_list("kind", "amount", "done_on")


@Prepared
def locked() -> QuerySet[Patient]:
    key = given("patient", BigIntegerField())
    return Patient.objects.select_for_update(no_key=True).filter(pk=key)


@pytest.fixture
def act(db: None) -> Act:
    return log(make_patient(), make_professional(), Kind.KINE_REMOB, date(2026, 2, 2))


def columns_of(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.django_db
def test_rows_are_those_of_the_queryset(act: Act) -> None:
    [found] = act_of_request(request_id=act.request_id)
    plain = Act.objects.get(pk=act.pk)
    assert {
        field.attname: getattr(found, field.attname) for field in Act._meta.concrete_fields
    } == {field.attname: getattr(plain, field.attname) for field in Act._meta.concrete_fields}
    assert not found._state.adding
    assert act_of_request(request_id=uuid4()) == []


@pytest.mark.django_db
def test_columns_have_their_types(act: Act) -> None:
    assert amounts(patient=act.patient_id) == [("KINE-REMOB", Decimal("30.00"), date(2026, 2, 2))]
    assert type(amounts(patient=act.patient_id)[0][1]) is Decimal


@pytest.mark.django_db
def test_query_is_composed_once_and_read_each_time() -> None:
    def limit() -> int | None:
        return lines(day=date(2026, 2, 2), kind=Kind.KINE_REMOB)[0].limit

    assert limit() == 10
    TariffLine.objects.filter(kind=Kind.KINE_REMOB).update(limit=7)
    with CaptureQueriesContext(connection) as queries:
        assert limit() == 7
    assert (len(queries), COMPOSED) == (1, ["lines"])
    assert lines(day=date(2026, 2, 2), kind=Kind.MED_BILAN)[0].limit == 2
    assert lines(day=date(1999, 1, 1), kind=Kind.MED_BILAN) == []


@pytest.mark.django_db
def test_inserted_row_is_the_one_that_the_orm_would_have_saved(act: Act) -> None:
    draft = {
        "patient": act.patient,
        "professional": act.professional,
        "kind": Kind.KINE_REMOB,
        "done_on": date(2026, 2, 3),
        "entered_at": datetime(2026, 2, 3, 12, 30, tzinfo=UTC),
        "state": State.DRAFT,
    }
    saved, inserted = Act(request_id=uuid4(), **draft), Act(request_id=uuid4(), **draft)
    saved.save()
    insert_row(inserted)
    own = {"id": inserted.pk, "request_id": inserted.request_id}
    assert columns_of(Act.objects.get(pk=inserted.pk)) == columns_of(saved) | own
    inserted.save(update_fields=["msp_declared"])  # it is known to be stored


@pytest.mark.django_db
def test_insertion_meets_the_constraints_of_the_database(act: Act) -> None:
    copy = Act(**columns_of(act) | {"id": None, "request_id": uuid4()})
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_row(copy)
    assert copy.pk is None
    assert Act.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_lock_asks_for_a_transaction() -> None:
    patient = make_patient()
    with transaction.atomic():
        assert locked(patient=patient.pk) == [patient]
    with pytest.raises(TransactionManagementError):
        locked(patient=patient.pk)
