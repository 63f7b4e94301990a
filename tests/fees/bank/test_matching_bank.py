"""Each line of the bank has one answer, the same whatever the order; sums alone answer nothing."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.enums import BankMethod, TransferState
from fees.enums import BankVerdict as Verdict
from fees.reconcile.bank import Found, Sent, is_settled_by_itself, match_bank
from fees.reconcile.bank_lines import Movement
from fees.reconcile.bank_words import NEXT, WHY

DAY = date(2026, 11, 3)
SINCE, UNTIL = DAY, DAY + timedelta(days=20)
LOU = Sent(1, "AR-2026-0001-0001", "AR-2026-0001", "Lou Brumelune", 9_000, DAY, TransferState.SENT)
SECOND = replace(LOU, key=2, end_to_end="AR-2026-0001-0002", holder="Noe Quinoux", cents=12_000)
ZOE = replace(LOU, key=3, end_to_end="AR-2026-0001-0003", holder="Zoe Valserine", cents=9_000)
THREE = (LOU, SECOND, ZOE)


def line(cents: int, key: str = "1", **fields: object) -> Movement:
    return replace(Movement(key, DAY, cents), **fields)  # type: ignore[arg-type]


def matched(*lines: Movement, sent: tuple[Sent, ...] = THREE) -> list[Found]:
    return match_bank(lines, sent, since=SINCE, until=DAY)


CASES = {
    "debit by its identifier": (
        line(-9_000, end_to_end=LOU.end_to_end),
        (Verdict.PAID, 1, BankMethod.IDENTIFIER, True),
    ),
    "identifier within the words": (
        line(-9_000, text="VIR SEPA AR20260001 0001 BRUMELUNE"),
        (Verdict.PAID, 1, BankMethod.IDENTIFIER, True),
    ),
    "another amount": (
        line(-9_100, end_to_end=LOU.end_to_end),
        (Verdict.AMOUNT_DIFFERS, 1, BankMethod.IDENTIFIER, False),
    ),
    "whole batch": (
        line(-30_000, group="AR-2026-0001", count=3),
        (Verdict.GROUPED, None, BankMethod.GROUP, True),
    ),
    "whole batch, named in the words": (
        line(-30_000, text="VIREMENTS LOT AR-2026-0001"),
        (Verdict.GROUPED, None, BankMethod.GROUP, True),
    ),
    "whole batch, another sum": (
        line(-29_999, group="AR-2026-0001", count=3),
        (Verdict.AMOUNT_DIFFERS, None, BankMethod.GROUP, False),
    ),
    "whole batch, another count": (
        line(-30_000, group="AR-2026-0001", count=2),
        (Verdict.AMOUNT_DIFFERS, None, BankMethod.GROUP, False),
    ),
    "return by its identifier": (
        line(9_000, end_to_end=LOU.end_to_end, is_return=True, reason="AC04"),
        (Verdict.RETURNED, 1, BankMethod.IDENTIFIER, False),
    ),
    "return of a part": (
        line(8_000, end_to_end=LOU.end_to_end, is_return=True),
        (Verdict.AMOUNT_DIFFERS, 1, BankMethod.IDENTIFIER, False),
    ),
    "amount, day and name": (
        line(-9_000, name="BRUMELUNE LOU"),
        (Verdict.PAID, 1, BankMethod.LIKENESS, False),
    ),
    "amount and day without name": (line(-9_000), (Verdict.UNKNOWN_DEBIT, None, "", False)),
    "the sum of a batch alone": (line(-30_000), (Verdict.UNKNOWN_DEBIT, None, "", False)),
    "name and amount a month later": (
        line(-9_000, name="BRUMELUNE LOU", booked_on=DAY + timedelta(days=31)),
        (Verdict.UNKNOWN_DEBIT, None, "", False),
    ),
    "bank fees": (line(-1_250, text="FRAIS"), (Verdict.UNKNOWN_DEBIT, None, "", False)),
    "credit of a funder": (
        line(9_000, name="BRUMELUNE LOU"),
        (Verdict.UNKNOWN_CREDIT, None, "", False),
    ),
    "return without identifier": (
        line(9_000, text="RETOUR VIR BRUMELUNE LOU", is_return=True),
        (Verdict.RETURNED, 1, BankMethod.LIKENESS, False),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_line_has_its_answer(name: str) -> None:
    given_line, (verdict, transfer, method, settled) = CASES[name]
    (found,) = matched(given_line)
    by_itself = is_settled_by_itself(found, TransferState.SENT)
    assert (found.verdict, found.transfer, found.method) == (verdict, transfer, method)
    assert by_itself == settled
    assert found.explanation


def test_second_debit_of_a_transfer_is_told_in_one_file_and_across_files() -> None:
    twice = [line(-9_000, str(key), end_to_end=LOU.end_to_end) for key in (1, 2)]
    assert [each.verdict for each in matched(*twice)] == [Verdict.PAID, Verdict.PAID_TWICE]
    before = replace(LOU, debited=True)
    assert [each.verdict for each in matched(twice[0], sent=(before,))] == [Verdict.PAID_TWICE]
    whole = line(-30_000, "3", group="AR-2026-0001")
    verdicts = [each.verdict for each in matched(whole, sent=(before, SECOND, ZOE))]
    assert verdicts == [Verdict.PAID_TWICE]


def test_transfer_taken_out_is_never_paid() -> None:
    out = replace(LOU, state=TransferState.DROPPED)
    (found,) = matched(line(-9_000, end_to_end=LOU.end_to_end), sent=(out,))
    assert (found.verdict, found.transfer) == (Verdict.UNKNOWN_DEBIT, 1)
    assert "ne devait pas partir" in found.explanation


def test_return_noted_before_needs_nobody() -> None:
    (found,) = matched(line(9_000, end_to_end=LOU.end_to_end, is_return=True))
    assert is_settled_by_itself(found, TransferState.RETURNED)


def test_two_that_fit_are_never_guessed() -> None:
    twin = replace(ZOE, holder=LOU.holder)
    (found,) = matched(line(-9_000, name="Lou Brumelune"), sent=(LOU, twin))
    assert (found.verdict, found.transfer) == (Verdict.UNKNOWN_DEBIT, None)
    assert "à vous de choisir" in found.explanation


def test_transfer_that_no_line_pays_is_asked_about_after_three_days() -> None:
    def seen(until: date) -> list[int | None]:
        found = match_bank([line(-9_000, end_to_end=LOU.end_to_end)], THREE, since=DAY, until=until)
        return [each.transfer for each in found if each.verdict == Verdict.NOT_SEEN]

    assert seen(DAY + timedelta(days=3)) == []
    assert seen(DAY + timedelta(days=4)) == [2, 3]
    assert match_bank([], THREE, since=DAY + timedelta(days=1), until=UNTIL) == []


def test_every_kind_has_its_next_gesture() -> None:
    assert set(NEXT) == set(WHY) == set(Verdict)


transfers = st.lists(
    st.builds(
        Sent,
        key=st.integers(1, 50),
        end_to_end=st.sampled_from([f"AR-2026-000{b}-000{n}" for b in (1, 2) for n in range(1, 6)]),
        batch=st.sampled_from(["AR-2026-0001", "AR-2026-0002"]),
        holder=st.sampled_from(["Lou Brumelune", "Noe Quinoux", "Lou Brumelin"]),
        cents=st.sampled_from([3_000, 5_000, 9_000]),
        due_on=st.just(DAY),
        state=st.sampled_from(TransferState),
        debited=st.booleans(),
        returned=st.booleans(),
    ),
    max_size=6,
    unique_by=(lambda each: each.key, lambda each: each.end_to_end),
)
lines = st.lists(
    st.builds(
        Movement,
        key=st.uuids().map(str),
        booked_on=st.sampled_from([DAY, DAY + timedelta(days=2)]),
        cents=st.sampled_from([-9_000, -6_000, -3_000, 0, 3_000, 9_000]),
        name=st.sampled_from(["", "BRUMELUNE LOU", "Quinoux Noé"]),
        text=st.sampled_from(["", "RETOUR AR-2026-0001-0002", "LOT AR-2026-0002"]),
        end_to_end=st.sampled_from(["", "AR-2026-0001-0001", "AR-2026-0002-0003", "X"]),
        group=st.sampled_from(["", "AR-2026-0001"]),
        is_return=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda each: each.key,
)


@given(transfers, lines, st.randoms(use_true_random=False))
def test_every_euro_stands_once_and_the_order_never_counts(
    sent: list[Sent], given_lines: list[Movement], chance: object
) -> None:
    found = match_bank(given_lines, sent, since=SINCE, until=UNTIL)
    answered = Counter(each.line for each in found if each.line)
    assert answered == Counter(each.key for each in given_lines)
    paid = Counter(each.transfer for each in found if each.verdict == Verdict.PAID)
    back = Counter(each.transfer for each in found if each.verdict == Verdict.RETURNED)
    assert {*paid.values(), *back.values()} <= {1}
    cents = {each.key: each.cents for each in given_lines}
    for each in found:
        if each.verdict in (Verdict.PAID, Verdict.GROUPED):
            assert -cents[each.line] == each.cents
        elif each.verdict == Verdict.RETURNED:
            assert cents[each.line] == each.cents
    mixed = list(given_lines)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    again = match_bank(mixed, sent[::-1], since=SINCE, until=UNTIL)
    assert {each.line: each for each in again if each.line} == {
        each.line: each for each in found if each.line
    }
