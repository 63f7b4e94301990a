"""Claims: what a professional sends, what comes back, and how each goes on."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fees.actions.claims import ask_again, return_line, send_all, send_claim
from fees.actions.course import cancel_act, replace_act
from fees.actions.steps import Conflict
from fees.actions.validation import validate_act
from fees.enums import Kind, LineState, State, Stop
from fees.models import Act, Claim, ClaimLine, ClaimStep
from fees.selectors.my_claims import (
    lines_of,
    months_of,
    progress_of,
    returned_acts,
    to_send,
    transfers_of,
)
from network.enums import Profession, Role
from network.models import Patient, Professional, User
from tests.factories.fees import account, at, claim, declare, log, pay, physio_days
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 4, 2))
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def accountant() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def acts(patient: Patient, physio: Professional) -> list[Act]:
    """Four sessions in February, two in March."""
    return [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(6)]


def send(physio: Professional, month: date, *, now: datetime = NOW) -> Claim:
    return send_claim(
        professional=physio, month=month, request_id=uuid4(), by=account(physio), now=now
    )


def states(claim: Claim) -> list[str]:
    return list(claim.lines.order_by("pk").values_list("state", flat=True))


def test_month_is_sent_whole(acts: list[Act], physio: Professional) -> None:
    sent = send(physio, date(2026, 2, 17))
    assert (sent.month, sent.rank, states(sent)) == (FEBRUARY, 1, [LineState.SENT] * 4)
    assert sum(line.amount for line in sent.lines.all()) == Decimal(120)
    assert ClaimStep.objects.filter(line__claim=sent, by=account(physio)).count() == 4


def test_same_request_sends_one_claim(acts: list[Act], physio: Professional) -> None:
    request_id = uuid4()
    sent = [
        send_claim(
            professional=physio, month=FEBRUARY, request_id=request_id, by=account(physio), now=NOW
        )
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
    assert Claim.objects.count() == 1


def test_all_months_are_sent_at_once(acts: list[Act], physio: Professional) -> None:
    request_id = uuid4()
    asked: dict[str, Any] = {
        "professional": physio,
        "request_id": request_id,
        "by": account(physio),
        "now": NOW,
    }
    sent, again = send_all(**asked), send_all(**asked)
    assert [(each.month, each.lines.count()) for each in sent] == [(FEBRUARY, 4), (MARCH, 2)]
    assert again == sent
    with pytest.raises(Conflict):
        send_all(**asked | {"request_id": uuid4()})


def test_late_act_makes_another_claim_of_the_month(
    acts: list[Act], patient: Patient, physio: Professional
) -> None:
    send(physio, FEBRUARY)
    with pytest.raises(Conflict):
        send(physio, FEBRUARY)
    late = log(patient, physio, Kind.KINE_REMOB, date(2026, 2, 27), now=NOW)
    second = send(physio, FEBRUARY)
    assert (second.rank, [line.act for line in second.lines.all()]) == (2, [late])


def test_returned_act_waits_for_its_professional(
    acts: list[Act], physio: Professional, accountant: User
) -> None:
    sent = send(physio, FEBRUARY)
    line = sent.lines.get(act=acts[0])
    return_line(line=line, reason="Date d’un jour férié", by=accountant, now=NOW)
    assert list(to_send(physio)) == [MARCH]
    assert returned_acts(physio).count() == 1
    with pytest.raises(Conflict):
        send(physio, FEBRUARY)
    february, march = months_of(physio, NOW.date())
    assert [each.cause.note for each in february.returned] == ["Date d’un jour férié"]
    assert (february.count, march.count, march.amount) == (0, 2, Decimal(60))


def test_returned_act_is_asked_for_again_with_a_word(
    acts: list[Act], physio: Professional, accountant: User
) -> None:
    first = send(physio, FEBRUARY)
    line = first.lines.get(act=acts[0])
    return_line(line=line, reason="Date à vérifier", by=accountant, now=NOW)
    asked: dict[str, Any] = {"line": line, "request_id": uuid4(), "by": account(physio), "now": NOW}
    with pytest.raises(Conflict):
        ask_again(note=" ", **asked)
    again = ask_again(note="La date est juste", **asked)
    assert ask_again(note="La date est juste", **asked) == again
    assert (again.month, again.rank, states(again)) == (FEBRUARY, 2, [LineState.SENT])
    assert again.lines.get().steps.get().note == "La date est juste"
    with pytest.raises(Conflict):
        ask_again(note="Encore", **asked | {"request_id": uuid4()})
    assert returned_acts(physio).count() == 0
    assert (progress_of([first])[first.pk].returned, progress_of([first])[first.pk].gone) == (0, 1)
    assert [each.again for each in lines_of(first)] == [True, False, False, False]


def test_returned_act_is_corrected_then_claimed(
    acts: list[Act], patient: Patient, physio: Professional, accountant: User
) -> None:
    line = send(physio, FEBRUARY).lines.get(act=acts[0])
    return_line(line=line, reason="Mauvais jour", by=accountant, now=NOW)
    right = declare(patient, physio, Kind.KINE_REMOB, date(2026, 2, 3))
    new = replace_act(act=acts[0], by=account(physio), now=NOW, reason="Mauvais jour", **right)
    assert [each.act for each in send(physio, FEBRUARY).lines.all()] == [new]
    assert returned_acts(physio).count() == 0


def test_cancelled_act_leaves_its_claim(acts: list[Act], physio: Professional) -> None:
    sent = send(physio, FEBRUARY)
    cancel_act(act=acts[0], by=account(physio), now=NOW, reason="Erreur")
    assert sent.lines.get(act=acts[0]).state == LineState.WITHDRAWN
    progress = progress_of([sent])[sent.pk]
    assert (progress.controlled, progress.gone, progress.lines) == (1, 1, 4)


def test_act_not_claimed_is_not_validated(acts: list[Act], accountant: User) -> None:
    with pytest.raises(Conflict, match="demandé"):
        validate_act(act=acts[0], by=accountant, now=NOW)


def test_claim_is_followed_to_its_payment(
    acts: list[Act], physio: Professional, accountant: User
) -> None:
    sent = send(physio, FEBRUARY)
    for act in acts[:2]:
        validate_act(act=act, by=accountant, now=NOW)
    progress = progress_of([sent])[sent.pk]
    assert (progress.controlled, progress.to_pay, progress.whole) == (2, 2, False)
    pay(*acts[:4], now=NOW + timedelta(days=1))
    progress = progress_of([sent])[sent.pk]
    assert (progress.paid, progress.paid_amount, progress.whole) == (4, Decimal(120), True)
    (paid,) = transfers_of(sent)
    assert (paid.acts, paid.amount) == (4, Decimal(120))
    assert {each.situation.stop for each in lines_of(sent)} == {Stop.PAID}


def test_what_is_left_out_says_why(patient: Patient, physio: Professional) -> None:
    for day in physio_days(11):
        log(patient, physio, Kind.KINE_REMOB, day)
    months = months_of(physio, NOW.date())
    assert [month.count for month in months] == [4, 5, 1]
    (refused,) = months[-1].left_out
    assert refused.act.state == State.REFUSED
    assert "10\u00a0séances par patient en 2026" in refused.sentence


def test_checks_of_a_month_take_the_same_queries(patient: Patient, physio: Professional) -> None:
    counts = []
    for count in (1, 3):
        for day in physio_days(count, date(2026, 2, 2) + timedelta(days=count)):
            log(patient, physio, Kind.KINE_REMOB, day)
        with CaptureQueriesContext(connection) as caught:
            (month,) = months_of(physio, NOW.date())
        counts.append(len(caught))
        labels = [check.label for check in month.lines[-1].checks]
        assert "Noté dans le délai" in labels
        assert "RPPS vérifié" in labels or "RPPS pas encore vérifié" in labels
    assert counts[0] == counts[1]


def test_lost_line_is_impossible(acts: list[Act], physio: Professional, accountant: User) -> None:
    """An act has one live line at most, whatever is sent again."""
    claim(*acts, now=NOW)
    claim(*acts, now=NOW)
    assert ClaimLine.objects.count() == 6
