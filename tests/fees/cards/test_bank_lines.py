"""A payout found on the bank's lines: its reference first, then amount and day together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fees.enums import BankMethod
from fees.enums import BankVerdict as Verdict
from fees.reconcile.bank import Found, is_settled_by_itself, match_bank
from fees.reconcile.bank_lines import Movement
from fees.reconcile.card_facts import Payout

DAY = date(2026, 11, 13)
FIRST = Payout("po_1Abc22", 11_795, "paid", True, DAY, "STRP-9F00AA")
SECOND = replace(FIRST, key="po_2Abc22", cents=5_000, reference="STRP9F00BB")
CREDIT = Movement("1", DAY, 11_795, name="STRIPE PAYMENTS EUROPE")


def matched(*lines: Movement, payouts: tuple[Payout, ...] = (FIRST, SECOND)) -> list[Found]:
    return match_bank(lines, [], since=DAY, until=DAY, payouts=payouts)


def line(**fields: object) -> Movement:
    return replace(CREDIT, **fields)  # type: ignore[arg-type]


CASES = {
    "reference in the words": (
        line(text="VIREMENT STRP9F00AA"),
        (Verdict.CARD_PAYOUT, "po_1Abc22", True),
    ),
    "reference in its field, another day": (
        line(reference="STRP9F00AA", booked_on=DAY + timedelta(days=90), name=""),
        (Verdict.CARD_PAYOUT, "po_1Abc22", True),
    ),
    "name of the payout, in capitals": (
        line(end_to_end="PO_1ABC22"),
        (Verdict.CARD_PAYOUT, "po_1Abc22", True),
    ),
    "reference, another amount": (
        line(text="STRP9F00BB"),
        (Verdict.AMOUNT_DIFFERS, "po_2Abc22", False),
    ),
    "two references": (
        line(text="STRP9F00AA STRP9F00BB", name=""),
        (Verdict.UNKNOWN_CREDIT, "", False),
    ),
    "sender, amount and day": (line(), (Verdict.CARD_PAYOUT, "po_1Abc22", False)),
    "sender and amount, too late": (
        line(booked_on=DAY + timedelta(days=6)),
        (Verdict.CARD_UNKNOWN, "", False),
    ),
    "sender alone": (line(cents=77), (Verdict.CARD_UNKNOWN, "", False)),
    "amount and day, another sender": (line(name="MAIRIE"), (Verdict.UNKNOWN_CREDIT, "", False)),
    "a debit of the card service": (line(cents=-300), (Verdict.UNKNOWN_DEBIT, "", False)),
}


@pytest.mark.parametrize(("movement", "expected"), CASES.values(), ids=list(CASES))
def test_line_and_payout(movement: Movement, expected: tuple[Verdict, str, bool]) -> None:
    (found,) = matched(movement)
    assert (found.verdict, found.payout, is_settled_by_itself(found, "")) == expected


def test_payout_arrives_once() -> None:
    found = matched(line(text="STRP9F00AA"), line(key="2", text="STRP9F00AA"))
    assert [each.verdict for each in found] == [Verdict.CARD_PAYOUT, Verdict.CARD_UNKNOWN]
    (again,) = matched(line(text="STRP9F00AA"), payouts=(replace(FIRST, seen=True),))
    assert again.verdict == Verdict.CARD_UNKNOWN


def test_two_lines_or_two_payouts_alike_are_left_to_a_person() -> None:
    twin = replace(FIRST, key="po_3Abc22", reference="")
    lines = [line(), line(key="2")]
    for found in (matched(*lines), matched(CREDIT, payouts=(FIRST, twin))):
        assert {each.verdict for each in found} == {Verdict.CARD_UNKNOWN}
        assert found[0].explanation == "2 lignes ou versements conviennent : à vous de choisir."
    assert {each.method for each in matched(CREDIT)} == {BankMethod.LIKENESS}
