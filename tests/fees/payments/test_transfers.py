"""What becomes a bank file and what does not: bad batches, one by one, each with its reason."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.transfers import (
    Batch,
    Fault,
    Found,
    faults,
    is_bank_day,
    is_identifier,
    next_bank_day,
)
from tests.factories.fees import make_iban

from .orders import MONDAY, TODAY, make_batch, make_order, with_order

FIRST, SECOND, THIRD = (f"AR-2026-0001-{number:04d}" for number in (1, 2, 3))
GERMAN, TUNISIAN, BRAZILIAN = (
    "DE89370400440532013000",
    "TN5910006035183598478831",
    "BR9700360305000010009795493P1",
)


class Bad(NamedTuple):
    """A batch to refuse, and the faults that it has to be refused for, with where they lie."""

    batch: Batch
    expected: tuple[tuple[Fault, str], ...]


def whole(fault: Fault, **fields: object) -> Bad:
    return Bad(make_batch(**fields), ((fault, ""),))  # type: ignore[arg-type]


def second(*expected: Fault, **fields: object) -> Bad:
    return Bad(with_order(**fields), tuple((fault, SECOND) for fault in expected))


def on(day: date, *expected: Fault) -> Bad:
    return Bad(make_batch(execute_on=day), tuple((fault, "") for fault in expected))


AMOUNT, CENTS, HIGH = Fault.AMOUNT_NOT_POSITIVE, Fault.AMOUNT_CENTS, Fault.AMOUNT_TOO_HIGH
NAME, LONG, IBAN = Fault.NAME, Fault.NAME_TOO_LONG, Fault.IBAN
AREA, PAYER, WORDS = Fault.IBAN_OUTSIDE_AREA, Fault.IBAN_OF_PAYER, Fault.REMITTANCE
ID, TWICE, PAYEE = Fault.IDENTIFIER, Fault.IDENTIFIER_TWICE, Fault.PAYEE_TWICE

CORPUS = {
    # the batch
    "no transfer": whole(Fault.EMPTY, orders=(), total=Decimal()),
    "a cent more than the claims": whole(Fault.TOTAL, total=Decimal("449.99")),
    "a cent less than the claims": whole(Fault.TOTAL, total=Decimal("450.01")),
    "no claim behind the transfers": whole(Fault.TOTAL, total=Decimal()),
    "no message identifier": whole(Fault.IDENTIFIER, message=""),
    "message identifier of 36 signs": whole(Fault.IDENTIFIER, message="A" * 36),
    "message identifier with a slash": whole(Fault.IDENTIFIER, message="AR/2026/1"),
    "message identifier with a space": whole(Fault.IDENTIFIER, message="AR 2026 1"),
    "message identifier with an accent": whole(Fault.IDENTIFIER, message="RÉSEAU-1"),
    "payer without a name": whole(Fault.PAYER_NAME, payer=""),
    "payer's name of 71 signs": whole(Fault.PAYER_NAME, payer="R" * 71),
    "payer's name with an accent": whole(Fault.PAYER_NAME, payer="Réseau"),
    "payer's account with a wrong key": whole(
        Fault.PAYER_IBAN, payer_iban="FR7599999000010000000000406"
    ),
    "payer without an account": whole(Fault.PAYER_IBAN, payer_iban=""),
    "payer's account with spaces": whole(
        Fault.PAYER_IBAN, payer_iban="FR76 9999 9000 0100 0000 0000 406"
    ),
    # the day
    "yesterday": on(date(2026, 11, 13), Fault.DATE_PAST),
    "last year": on(date(2025, 11, 24), Fault.DATE_PAST),
    "Saturday": on(date(2026, 11, 21), Fault.DATE_CLOSED),
    "Sunday": on(date(2026, 11, 22), Fault.DATE_CLOSED),
    "in two months": on(date(2027, 1, 18), Fault.DATE_FAR),
    "next year by a slip": on(date(2027, 11, 23), Fault.DATE_FAR),
    "a Saturday gone by": on(date(2026, 11, 14), Fault.DATE_PAST, Fault.DATE_CLOSED),
    # amounts
    "nothing to pay": second(AMOUNT, amount=Decimal("0.00")),
    "a negative line": second(AMOUNT, amount=Decimal("-50.00")),
    "minus a cent": second(AMOUNT, amount=Decimal("-0.01")),
    "half a cent": second(CENTS, amount=Decimal("50.005")),
    "a third of a euro": second(CENTS, amount=Decimal("0.333333")),
    "not a number": Bad(with_order(amount=Decimal("NaN")), ((Fault.TOTAL, ""), (AMOUNT, SECOND))),
    "without end": Bad(
        with_order(amount=Decimal("Infinity")), ((Fault.TOTAL, ""), (AMOUNT, SECOND))
    ),
    "a billion": second(HIGH, amount=Decimal("1000000000.00")),
    # the holder
    "no holder": second(NAME, holder=""),
    "a holder of spaces": second(NAME, holder="   "),
    "a holder with accents": second(NAME, holder="Éloïse Gué"),
    "a holder with an ampersand": second(NAME, holder="Fil & Laine"),
    "a holder with a line feed": second(NAME, holder="Fil\nLaine"),
    "a holder with markup": second(NAME, holder="<Nm>Fil</Nm>"),
    "a holder in Greek": second(NAME, holder="Αριάδνη"),
    "a holder with a null": second(NAME, holder="Fil\x00"),
    "a holder with a smile": second(NAME, holder="Fil \U0001f9f6"),
    "a holder of 71 signs": second(LONG, holder="F" * 71),
    # the account
    "no account": second(IBAN, iban=""),
    "a wrong key": second(IBAN, iban="FR7599999000010000000000204"),
    "a wrong French key inside": second(IBAN, iban="FR9399999000010000000000299"),
    "two digits exchanged": second(IBAN, iban=make_iban(2).replace("0002", "0020")),
    "a digit missing": second(IBAN, iban=make_iban(2)[:-1]),
    "a digit too many": second(IBAN, iban=make_iban(2) + "0"),
    "in small letters": second(IBAN, iban=make_iban(2).lower()),
    "with spaces": second(IBAN, iban=f"{make_iban(2)[:4]} {make_iban(2)[4:]}"),
    "a letter O for a zero": second(IBAN, iban=make_iban(2).replace("0", "O", 1)),
    "masked": second(IBAN, iban="•••• 0204"),
    "a bank code alone": second(IBAN, iban="99999"),
    "of a Tunisian bank": second(AREA, iban=TUNISIAN),
    "of a Brazilian bank": second(AREA, iban=BRAZILIAN),
    "that of the payer": second(PAYER, iban=make_iban(999_999)),
    "changed and not confirmed": second(Fault.IBAN_UNCONFIRMED, confirmed=False),
    # words and identifiers
    "no remittance": second(WORDS, remittance=""),
    "a remittance of 141 signs": second(WORDS, remittance="A" * 141),
    "a remittance with accents": second(WORDS, remittance="ACTES DE FÉVRIER"),
    "no end-to-end identifier": Bad(with_order(end_to_end=""), ((ID, ""),)),
    "an identifier of 36 signs": Bad(with_order(end_to_end="A" * 36), ((ID, "A" * 36),)),
    "an identifier with a star": Bad(with_order(end_to_end="AR*1"), ((ID, "AR*1"),)),
    "an identifier used twice": Bad(with_order(end_to_end=FIRST), ((TWICE, FIRST), (TWICE, FIRST))),
    "somebody paid twice": Bad(with_order(payee="1"), ((PAYEE, FIRST), (PAYEE, SECOND))),
    "all wrong at once": Bad(
        with_order(amount=Decimal(0), iban="", holder="", remittance="", confirmed=False),
        tuple((each, SECOND) for each in (AMOUNT, NAME, IBAN, Fault.IBAN_UNCONFIRMED, WORDS)),
    ),
}


@pytest.mark.parametrize("case", CORPUS)
def test_bad_batch_is_refused_with_its_reason(case: str) -> None:
    batch, expected = CORPUS[case]
    found = [(each.fault, each.order) for each in faults(batch, today=TODAY)]
    assert found == list(expected)


def test_corpus_holds_every_fault() -> None:
    told = {fault for _, expected in CORPUS.values() for fault, _ in expected}
    assert set(Fault) - told == {Fault.TOO_MANY}
    assert len(CORPUS) >= 60


def test_batch_beyond_what_a_bank_takes() -> None:
    batch = make_batch(10_001)
    assert faults(batch, today=TODAY) == [Found(Fault.TOO_MANY)]


def test_identifier_of_an_earlier_batch() -> None:
    found = faults(make_batch(), today=TODAY, used={THIRD, "AR-2025-0009-0001"})
    assert found == [Found(Fault.IDENTIFIER_TWICE, THIRD)]


@pytest.mark.parametrize("orders", [1, 3, 200])
def test_right_batch_has_no_fault(orders: int) -> None:
    assert faults(make_batch(orders), today=TODAY) == []


def test_foreign_account_of_the_area() -> None:
    assert faults(with_order(iban=GERMAN), today=TODAY) == []


def test_same_day_and_thirtieth_day_are_taken() -> None:
    for day in (TODAY, date(2026, 12, 16)):
        assert faults(make_batch(execute_on=day), today=TODAY) == []


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (MONDAY, True),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 1), False),
        (date(2026, 5, 8), True),  # a holiday in France, not for TARGET
        (date(2026, 7, 14), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2027, 1, 1), False),
    ],
)
def test_bank_days(day: date, opened: bool) -> None:
    assert is_bank_day(day) is opened


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 20), MONDAY),
        (date(2026, 4, 2), date(2026, 4, 7)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2027, 12, 31), date(2028, 1, 3)),
    ],
)
def test_next_bank_day(day: date, following: date) -> None:
    assert next_bank_day(day) == following


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_next_bank_day_is_open_and_near(day: date) -> None:
    found = next_bank_day(day)
    assert is_bank_day(found)
    assert 1 <= (found - day).days <= 6


@given(st.text(max_size=40))
def test_identifier_is_plain(text: str) -> None:
    plain = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")
    expected = 0 < len(text) <= 35 and set(text) <= plain and set(text) != {"-"}
    assert is_identifier(text) is expected


def test_order_is_told_apart_by_payee() -> None:
    assert make_order(1).payee != make_order(2).payee
