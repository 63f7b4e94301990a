"""Validation of many lines: what passes, what is left aside and why, what waits for euros."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fees.actions.admission import admit_all
from fees.actions.books import grant_envelope
from fees.actions.claims import return_line
from fees.actions.course import cancel_act
from fees.actions.steps import Conflict
from fees.actions.validation import validate_act, validate_lines
from fees.enums import (
    ClaimMove,
    Kind,
    LineState,
    Move,
    Reason,
    Remark,
    State,
)
from fees.models import Act, ActStep, ClaimLine, ClaimStep
from fees.selectors.held import held_steps, rank_of
from fees.selectors.verify_books import recount_books
from network.enums import AldKind, Profession, Role
from network.models import AldPeriod, JournalEntry, Professional, User
from tests.factories.fees import account, at, claim, log, make_rcp_file, make_treating_doctor
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 7, 1))
DAY = date(2026, 6, 3)


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def physio() -> Professional:
    return make_professional()


def sessions(physio: Professional, count: int) -> list[ClaimLine]:
    """Claimed sessions of 30 euros, each of another patient."""
    acts = [log(make_patient(), physio, Kind.KINE_REMOB, DAY) for _ in range(count)]
    claim(*acts, now=NOW)
    return list(ClaimLine.objects.filter(act__in=acts).order_by("act__pk"))


def assessment() -> ClaimLine:
    """Claimed, of 50 euros."""
    doctor = make_professional(profession=Profession.DOCTOR)
    act = log(make_patient(), doctor, Kind.MED_BILAN, DAY)
    claim(act, now=NOW)
    return act.claim_lines.get()


def grant(amount: int, decision: str = "2026-1") -> None:
    grant_envelope(year=2026, amount=Decimal(amount), decision=decision, by=None, now=NOW)


def states(*lines: ClaimLine) -> list[str]:
    found = ClaimLine.objects.in_bulk([line.pk for line in lines])
    return [found[line.pk].state for line in lines]


def test_clean_lines_are_validated_together(by: User, physio: Professional) -> None:
    lines = sessions(physio, 3)
    outcome = validate_lines(lines=lines, by=by, now=NOW)
    assert [line.pk for line in outcome.admitted] == [line.pk for line in lines]
    assert states(*lines) == [LineState.ADMITTED] * 3
    assert set(Act.objects.values_list("state", flat=True)) == {State.VALIDATED}
    assert ClaimStep.objects.filter(move=ClaimMove.ADMITTED, by=by).count() == 3
    assert ActStep.objects.filter(move=Move.VALIDATED, by=by).count() == 3
    assert JournalEntry.objects.filter(verb="act.validated").count() == 3


def test_validated_twice_is_once(by: User, physio: Professional) -> None:
    lines = sessions(physio, 2)
    validate_lines(lines=lines, by=by, now=NOW)
    again = validate_lines(lines=lines, by=make_user(Role.ACCOUNTANT), now=NOW)
    assert (again.gone, again.admitted, again.held, again.left) == (2, [], [], [])
    assert ActStep.objects.filter(move=Move.VALIDATED).count() == 2


def test_proof_that_fell_leaves_its_line_aside(by: User, physio: Professional) -> None:
    patient = make_patient()
    doctor = make_treating_doctor(patient)
    file = make_rcp_file(patient, held_on=DAY, minutes=DAY, plan=DAY, attendees=(doctor, physio))
    act = log(patient, physio, Kind.RCP_PARA, DAY, rcp_file=file)
    claim(act, now=NOW)
    (other,) = sessions(physio, 1)
    file.minutes_signed_on = None
    file.save()
    line = act.claim_lines.get()
    outcome = validate_lines(lines=[line, other], by=by, now=NOW)
    assert [each.remarks for each in outcome.left] == [(Reason.MINUTES_MISSING,)]
    assert outcome.left[0].sentences == ["Le compte rendu de la RCP n’est pas signé."]
    assert states(line, other) == [LineState.SENT, LineState.ADMITTED]
    line.refresh_from_db()
    assert line.remarks == Reason.MINUTES_MISSING
    read = validate_lines(lines=[line], by=by, now=NOW, read=[Reason.MINUTES_MISSING])
    assert len(read.left) == 1  # a condition of the payment is not passed over
    with pytest.raises(Conflict, match="n’est pas signé"):
        validate_act(act=act, by=by, now=NOW)


def test_cap_reached_since_is_read_then_passed_over(by: User) -> None:
    patient, doctor = make_patient(), make_professional(profession=Profession.DOCTOR)
    acts = [log(patient, doctor, Kind.MED_BILAN, DAY + timedelta(days=day)) for day in (0, 9)]
    claim(*acts, now=NOW)
    AldPeriod.objects.create(patient=patient, kind=AldKind.ALD_30, starts_on=date(2026, 1, 1))
    lines = list(ClaimLine.objects.order_by("pk"))
    first = validate_lines(lines=lines, by=by, now=NOW)
    assert [each.remarks for each in first.left] == [(Reason.CAP_REACHED,)] * 2
    read = validate_lines(lines=lines[:1], by=by, now=NOW, read=[Reason.CAP_REACHED])
    assert [line.pk for line in read.admitted] == [lines[0].pk]
    step = ClaimStep.objects.get(move=ClaimMove.ADMITTED)
    assert step.note == "Lu\u00a0: Plafond atteint"


def test_unverified_rpps_leaves_its_lines_aside(by: User) -> None:
    physio = make_professional(rpps_verified_on=None)
    (line,) = sessions(physio, 1)
    outcome = validate_lines(lines=[line], by=by, now=NOW)
    assert [each.remarks for each in outcome.left] == [(Remark.RPPS_UNVERIFIED,)]
    read = validate_lines(lines=[line], by=by, now=NOW, read=[Remark.RPPS_UNVERIFIED])
    assert len(read.admitted) == 1
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST, rpps=None)
    act = log(make_patient(), psychologist, Kind.PSY_SUIVI, DAY)
    claim(act, now=NOW)
    assert validate_act(act=act, by=by, now=NOW).state == State.VALIDATED


def test_nobody_validates_the_own_claim() -> None:
    both = make_user(Role.CLINICIAN, roles=(Role.ACCOUNTANT,))
    (line,) = sessions(make_professional(user=both), 1)
    outcome = validate_lines(lines=[line], by=both, now=NOW)
    assert [each.remarks for each in outcome.left] == [(Remark.OWN_CLAIM,)]
    with pytest.raises(Conflict, match="Une autre personne"):
        validate_act(act=line.act, by=both, now=NOW)


def test_beyond_the_envelope_lines_wait_in_order(by: User, physio: Professional) -> None:
    lines = sessions(physio, 3)
    grant(40)
    outcome = validate_lines(lines=lines, by=by, now=NOW)
    assert [line.pk for line in outcome.held] == [lines[1].pk, lines[2].pk]
    assert [rank_of(line.act) for line in lines] == [None, 1, 2]
    assert JournalEntry.objects.filter(verb="claim.held").count() == 2
    grant(35, "2026-2")
    assert admit_all(now=NOW) == 1
    assert states(*lines) == [LineState.ADMITTED, LineState.ADMITTED, LineState.HELD]
    assert rank_of(lines[2].act) == 1
    assert [str(each) for each in recount_books(Counter())] == []


def test_nothing_smaller_overtakes(by: User, physio: Professional) -> None:
    grant(45)
    costly, (cheap,) = assessment(), sessions(physio, 1)
    validate_lines(lines=[costly], by=by, now=NOW)
    assert [line.pk for line in validate_lines(lines=[cheap], by=by, now=NOW).held] == [cheap.pk]
    assert admit_all(now=NOW) == 0
    grant(5, "2026-2")
    assert admit_all(now=NOW) == 1
    assert states(costly, cheap) == [LineState.ADMITTED, LineState.HELD]


def test_who_waits_behind_one_that_leaves_is_admitted(by: User, physio: Professional) -> None:
    grant(45)
    costly, (cheap,) = assessment(), sessions(physio, 1)
    validate_lines(lines=[costly, cheap], by=by, now=NOW)
    return_line(line=costly, reason="Mauvais jour", by=by, now=NOW)
    assert admit_all(now=NOW) == 1
    assert states(costly, cheap) == [LineState.RETURNED, LineState.ADMITTED]


def test_cancelled_act_gives_its_euros_to_the_first_in_line(
    by: User, physio: Professional, django_capture_on_commit_callbacks: object
) -> None:
    lines = sessions(physio, 2)
    grant(30)
    validate_lines(lines=lines, by=by, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        cancel_act(act=lines[0].act, by=by, now=NOW, reason="Erreur")
    assert states(*lines) == [LineState.WITHDRAWN, LineState.ADMITTED]


def test_who_controlled_what_was_held_has_validated_it(by: User, physio: Professional) -> None:
    lines = sessions(physio, 2)
    other = make_user(Role.ACCOUNTANT)
    grant(10)
    validate_lines(lines=lines[:1], by=by, now=NOW)
    validate_lines(lines=lines[1:], by=other, now=NOW)
    grant(100, "2026-2")
    assert admit_all(now=NOW) == 2
    steps = ActStep.objects.filter(move=Move.VALIDATED).order_by("act_id")
    assert [step.by for step in steps] == [by, other]
    assert set(ClaimStep.objects.filter(move=ClaimMove.ADMITTED).values_list("by", flat=True)) == {
        None
    }


def test_held_line_whose_proof_fell_is_recalled_and_holds_up_nobody(by: User) -> None:
    physio = make_professional()
    lines = sessions(physio, 1) + sessions(make_professional(), 1)
    grant(10)
    validate_lines(lines=lines, by=by, now=NOW)
    physio.agreement_to = date(2026, 1, 31)
    physio.save()
    grant(20, "2026-2")
    assert admit_all(now=NOW) == 2
    assert states(*lines) == [LineState.SENT, LineState.ADMITTED]
    lines[0].refresh_from_db()
    assert lines[0].remarks == Reason.NO_AGREEMENT
    physio.agreement_to = None
    physio.save()
    validate_lines(lines=lines[:1], by=by, now=NOW)
    assert list(held_steps(2026).values_list("line", flat=True)) == [lines[0].pk]
    assert rank_of(lines[0].act) == 1


def test_line_returned_is_asked_again(by: User, physio: Professional) -> None:
    (line,) = sessions(physio, 1)
    return_line(line=line, reason="Date à vérifier", by=by, now=NOW)
    with pytest.raises(Conflict, match="n’a pas encore demandé"):
        validate_act(act=line.act, by=by, now=NOW)
    claim(line.act, now=NOW)
    assert validate_act(act=line.act, by=by, now=NOW).state == State.VALIDATED
    assert account(physio) != by


def test_many_lines_ask_as_many_statements_as_few(by: User, physio: Professional) -> None:
    lines = sessions(physio, 14)
    grant(10_000)
    counts = []
    for some in (lines[:2], lines[2:]):
        with CaptureQueriesContext(connection) as asked:
            validate_lines(lines=some, by=by, now=NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30
