"""Accountants' rules: explained, tried on the past, never against a person's word, stoppable."""

from datetime import date

import pytest

from fees.actions.bank_lines import decide_line
from fees.actions.differences import decide
from fees.actions.reconcile_rules import apply_to_bank, apply_to_statement, start_rule, stop_rule
from fees.actions.steps import Conflict
from fees.enums import DifferenceMove, DifferenceState, RuleSide
from fees.reconcile.rules import Past, Rule, Tried, try_rule
from fees.selectors.reconcile_rules import past_of
from network.enums import Role
from network.models import JournalEntry, User
from tests.factories.bank import imported
from tests.factories.bank_files import Line, camt, statement
from tests.factories.fees import at
from tests.factories.network import make_professional, make_user
from tests.factories.statements import csv, line_of, make_acts, matched

NOW = at(date(2026, 11, 20))
DAY = date(2026, 11, 3)
BANK_FEES = Rule(RuleSide.BANK, "", "frais de tenue", 2_000, "Frais bancaires")


@pytest.mark.parametrize(
    ("sender", "text", "cents", "fits"),
    [
        ("", "FRAIS DE TENUE DE COMPTE", -1_250, True),
        ("Banque", "Frais  de-tenue", -2_000, True),
        ("", "FRAIS DE TENUE DE COMPTE", -2_001, False),
        ("", "COMMISSION", -1_250, False),
    ],
)
def test_rule_fits_what_it_says(sender: str, text: str, cents: int, fits: bool) -> None:
    assert BANK_FEES.fits(sender=sender, text=text, cents=cents) == fits


def test_rule_and_its_trial_are_told_in_a_sentence() -> None:
    assert BANK_FEES.sentence == (
        "Dès lors que le libellé contient « frais de tenue » et que le montant est de "
        "20,00\u00a0€ au plus : classer la ligne : « Frais bancaires »."
    )
    gap = Rule(RuleSide.STATEMENT, "Brumelune", "", 50)
    assert gap.sentence.endswith(
        "l’écart est de 0,50\u00a0€ au plus : accepter au montant de l’acte."
    )
    past = [Past("", "Frais de tenue", -100, right) for right in (True, True, False)]
    assert try_rule(BANK_FEES, past) == Tried(3, 1)
    assert (
        Tried(12, 0).sentence == "Sur le passé, cette règle aurait réglé 12 lignes, aucune à tort."
    )
    assert Tried(1, 1).sentence == "Sur le passé, cette règle aurait réglé 1 ligne, 1 à tort."


@pytest.fixture
def clerk() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.mark.django_db
def test_bank_rule_is_tried_used_and_stopped(clerk: User) -> None:
    fees = Line(-1_250, DAY, text="FRAIS DE TENUE DE COMPTE")
    first = imported(camt(statement([fees])), by=clerk, now=NOW)
    decide_line(
        match=first.matches.get(),
        move=DifferenceMove.REFUSED,
        version=1,
        by=clerk,
        now=NOW,
        note="Frais bancaires",
    )
    assert try_rule(BANK_FEES, past_of(RuleSide.BANK)) == Tried(1, 0)
    rule = start_rule(rule=BANK_FEES, by=clerk, now=NOW)
    with pytest.raises(Conflict, match="déjà en service"):
        start_rule(rule=BANK_FEES, by=clerk, now=NOW)
    later = [Line(-1_300, date(2026, 11, 4), text=text) for text in ("FRAIS DE TENUE", "AUTRE")]
    second = imported(camt(statement(later, number=2, opening=998_750)), by=clerk, now=NOW)
    assert [apply_to_bank(file=second, by=clerk, now=NOW) for _ in range(2)] == [1, 0]
    done = second.matches.get(state=DifferenceState.REFUSED)
    step = done.steps.get()
    assert (step.by, step.note) == (clerk, "Frais bancaires (règle « frais de tenue »)")
    for _ in range(2):
        assert stop_rule(rule=rule, by=clerk, now=NOW).stopped_by == clerk
    assert JournalEntry.objects.filter(verb__startswith="rule.").count() == 2


@pytest.mark.django_db
def test_statement_rule_accepts_small_gaps_and_never_goes_against_a_person(clerk: User) -> None:
    physio = make_professional(user=make_user(Role.CLINICIAN), last_name="Brumelune")
    acts = make_acts(physio, [date(2026, 11, day) for day in (3, 5, 9)])
    amounts = ("30,50", "30,40", "45")
    rows = [line_of(act, amount=amount) for act, amount in zip(acts, amounts, strict=True)]
    file = matched(physio, DAY.replace(day=1), csv(*rows), by=clerk, now=NOW)
    big, half, small = file.differences.order_by("-stake")
    decide(difference=big, move=DifferenceMove.REFUSED, version=1, by=clerk, now=NOW, note="Trop")
    wide = Rule(RuleSide.STATEMENT, "Brumelune", "", 100_000)
    with pytest.raises(Conflict, match="contre des décisions passées"):
        start_rule(rule=wide, by=clerk, now=NOW)
    start_rule(rule=Rule(RuleSide.STATEMENT, "Brumelune", "", 45), by=clerk, now=NOW)
    assert apply_to_statement(file=file, by=clerk, now=NOW) == 1
    half.refresh_from_db()
    small.refresh_from_db()
    assert (half.state, small.state) == (DifferenceState.OPEN, DifferenceState.ACCEPTED)
    with pytest.raises(Conflict, match="Dites de qui"):
        start_rule(rule=Rule(RuleSide.STATEMENT, "", "", 45), by=clerk, now=NOW)
