"""Checks after the payment: the share, the draw, what was found, the figures of the year."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fees.actions.course import reverse_act
from fees.actions.spot_checks import draw_checks, note_result, set_spot_rate
from fees.actions.steps import Conflict
from fees.draw import drawn
from fees.enums import Kind, SpotResult
from fees.models import Act, Batch, SpotCheck, SpotRate
from fees.selectors.spot_checks import year_of_checks
from network.enums import Role
from network.models import JournalEntry, User
from tests.factories.fees import at, log, pay, physio_days
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 7, 1))
SET = at(date(2026, 6, 1))


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


def set_rate(percent: int, now: Any = SET) -> SpotRate:
    return set_spot_rate(
        percent=Decimal(percent),
        decision="Convention 2026",
        by=make_user(Role.ADMINISTRATOR),
        now=now,
    )


def paid(count: int = 10) -> Batch:
    patient, physio = make_patient(), make_professional()
    return pay(*(log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(count)), now=NOW)


def draw(batch: Batch) -> set[int]:
    for transfer in batch.transfers.all():
        draw_checks(transfer_id=transfer.pk, now=NOW)
    return set(SpotCheck.objects.values_list("act", flat=True))


def test_share_of_the_day_is_drawn_and_can_be_drawn_again() -> None:
    rate = set_rate(40)
    set_rate(100, NOW + timedelta(days=1))  # not yet
    batch = paid()
    found = draw(batch)
    acts = Act.objects.values_list("pk", flat=True)
    assert found == {act for act in acts if drawn(rate.salt, act, Decimal(40))}
    SpotCheck.objects.all().delete()
    assert draw(batch) == draw(batch) == found


def test_nothing_is_drawn_without_a_share_nor_before_payment() -> None:
    batch = paid(2)
    assert draw(batch) == set()
    set_rate(100)
    assert len(draw(batch)) == 2


def test_execution_draws_after_its_commit(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    set_rate(100)
    with django_capture_on_commit_callbacks(execute=True):
        paid(3)
    assert SpotCheck.objects.count() == 3


def test_share_is_set_once_a_day_with_its_decision() -> None:
    rate = set_rate(5)
    assert SpotRate.objects.get().salt == rate.salt != ""
    assert JournalEntry.objects.filter(verb="spot_rate.set").count() == 1
    with pytest.raises(Conflict, match="déjà été fixée aujourd’hui"):
        set_rate(7)
    with pytest.raises(Conflict, match="Écrivez le motif"):
        set_spot_rate(percent=Decimal(5), decision=" ", by=rate.recorded_by, now=NOW)


def test_result_is_noted_once_by_who_did_not_validate(by: User) -> None:
    set_rate(100)
    draw(paid(2))
    first, second = SpotCheck.objects.order_by("pk")
    validator = first.act.steps.get(move="validated").by
    assert validator is not None
    with pytest.raises(Conflict, match="une autre personne"):
        note_result(check=first, result=SpotResult.RIGHT, reason="", by=validator, now=NOW)
    with pytest.raises(Conflict, match="Écrivez le motif"):
        note_result(check=first, result=SpotResult.FAULT, reason=" ", by=by, now=NOW)
    for _ in range(2):
        note_result(check=first, result=SpotResult.FAULT, reason="Pas de pièce", by=by, now=NOW)
    note_result(check=second, result=SpotResult.RIGHT, reason="", by=by, now=NOW)
    with pytest.raises(Conflict, match="déjà son résultat"):
        note_result(check=second, result=SpotResult.FAULT, reason="Non", by=by, now=NOW)
    year = year_of_checks(date(2026, 7, 2))
    assert (year.drawn, year.right, year.faults, year.waiting) == (2, 1, 1, 0)
    assert year.fault_amount == Decimal(30)


def test_fault_proposes_the_reversal(by: User) -> None:
    set_rate(100)
    draw(paid(1))
    check = SpotCheck.objects.get()
    office = sign_in(Client(), by)
    page = reverse("fees:spot_check", args=[check.pk])
    assert office.post(page, {"result": "fault"}).status_code == 422
    shown = office.post(page, {"result": "fault", "reason": "Pas de pièce"}, follow=True)
    assert "Extourner cet acte" in shown.text
    assert "Pas de pièce" in shown.text
    reverse_act(act=check.act, by=by, now=NOW, reason="Pas de pièce")
    assert "Extourner cet acte" not in office.get(page).text
    assert "Anomalie" in office.get(reverse("fees:spot_checks")).text


def test_administrator_sets_the_share() -> None:
    admin = sign_in(Client(), make_user(Role.ADMINISTRATOR))
    page = reverse("fees:spot_rate")
    assert admin.post(page, {"percent": "120", "decision": "x"}).status_code == 422
    shown = admin.post(page, {"percent": "2,5", "decision": "Convention 2026"}, follow=True)
    assert "2,50\u00a0%" in shown.text
    assert SpotRate.objects.get().salt not in shown.text
