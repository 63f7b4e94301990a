"""Two validations at the same instant: the last euros are owed once, and nobody waits for ever.

Each proof has its control: the same gestures without the envelope's lock, which must go wrong.
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from fees.actions import books, control_runs, validation
from fees.actions.admission import admit_held
from fees.actions.books import grant_envelope
from fees.actions.checking import check_lines
from fees.actions.course import cancel_act
from fees.actions.validation import validate_lines
from fees.enums import Kind, LineState, Move
from fees.models import ActStep, BookEntry, ClaimLine
from fees.selectors.claim_queue import QueueSearch
from network.enums import Role
from network.models import User
from tests.factories.fees import at, claim, log
from tests.factories.network import make_patient, make_professional, make_user
from tests.proofs.threads import SLOW, faults, together

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(date(2026, 7, 1))
DAY = date(2026, 6, 3)


@pytest.fixture(params=["locked", "unlocked"])
def locked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """With the envelope's lock, then (on PostgreSQL) without, everybody being slow."""
    if request.param == "unlocked":

        def unlocked(years: set[int]) -> dict[int, Decimal]:
            left = {
                year: BookEntry.objects.filter(year=year).in_envelope() for year in sorted(years)
            }
            time.sleep(SLOW)
            return left

        monkeypatch.setattr(books, "_left_in", unlocked)
        monkeypatch.setattr(validation, "lock_envelopes", lambda acts: None)
    yield request.param == "locked"
    monkeypatch.undo()


def lines(count: int) -> list[ClaimLine]:
    """Sessions of 30 euros, each of another patient."""
    physio = make_professional()
    acts = [log(make_patient(), physio, Kind.KINE_REMOB, DAY) for _ in range(count)]
    claim(*acts, now=NOW)
    check_lines(ClaimLine.objects.all(), now=NOW)
    return list(ClaimLine.objects.order_by("pk"))


def grant(amount: int, decision: str = "1") -> None:
    grant_envelope(year=2026, amount=Decimal(amount), decision=decision, by=None, now=NOW)


def accountant() -> User:
    return make_user(Role.ACCOUNTANT)


def test_last_euros_are_owed_once(locked: bool) -> None:
    one, other = lines(2)
    grant(30)
    answers = together(
        *(partial(validate_lines, lines=[line], by=accountant(), now=NOW) for line in (one, other))
    )
    assert faults(answers) == []
    states = sorted(ClaimLine.objects.values_list("state", flat=True))
    if locked:
        assert states == [LineState.ADMITTED, LineState.HELD]
        assert BookEntry.objects.in_envelope() == 0
    else:
        assert BookEntry.objects.in_envelope() < 0


def test_same_lines_by_two_people_are_validated_once() -> None:
    asked = lines(6)
    answers = together(
        *(
            partial(validate_lines, lines=each, by=accountant(), now=NOW)
            for each in (asked, asked[::-1])
        )
    )
    assert faults(answers) == []
    assert sorted(len(each.admitted) for each in answers) == [0, 6]
    assert ActStep.objects.filter(move=Move.VALIDATED).count() == 6


def test_run_sent_twice_shares_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control_runs, "AT_ONCE", 2)
    lines(6)
    run = control_runs.start_run(request_id=uuid4(), search=QueueSearch(), by=accountant(), now=NOW)

    def work() -> None:
        while not control_runs.advance(run=run, now=NOW).ended_at:
            pass

    assert faults(together(work, work)) == []
    run.refresh_from_db()
    assert (run.validated, run.left, run.gone) == (6, [], 0)
    assert ActStep.objects.filter(move=Move.VALIDATED).count() == 6


def test_validation_cancellation_and_admission_do_not_block_each_other() -> None:
    asked = lines(8)
    grant(60)
    validate_lines(lines=asked[:4], by=accountant(), now=NOW)
    answers = together(
        partial(cancel_act, act=asked[0].act, by=accountant(), now=NOW, reason="Erreur"),
        partial(admit_held, year=2026, now=NOW),
        partial(validate_lines, lines=asked[:3:-1], by=accountant(), now=NOW),
        partial(grant, 30, "2"),
    )
    assert faults(answers) == []
    admit_held(year=2026, now=NOW + timedelta(minutes=1))
    admitted = set(ClaimLine.objects.filter(state=LineState.ADMITTED).values_list("pk", flat=True))
    assert admitted == {asked[1].pk, asked[2].pk, asked[3].pk}
    assert BookEntry.objects.in_envelope() == 0
