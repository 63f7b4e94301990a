"""Prices, taxes, what is given back, and the state that facts make."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.enums import PaymentState, Profile, Vat
from training.rules.checkout import Facts, Mismatch, RefundFacts, state_after
from training.rules.price import is_paid, price_of, refund_due, split

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
PRICES = {
    Profile.LIBERAL: Decimal("120.00"),
    Profile.SALARIED: Decimal("90.00"),
    Profile.STUDENT: Decimal("0.00"),
}
FREE = dict.fromkeys(Profile, Decimal("0.00"))


@pytest.mark.parametrize(
    ("prices", "profile", "employee", "expected"),
    [
        (PRICES, Profile.LIBERAL, False, "120.00"),
        (PRICES, Profile.SALARIED, False, "90.00"),
        (PRICES, Profile.STUDENT, False, "0.00"),
        (PRICES, None, True, "0.00"),
        (FREE, None, False, "0.00"),
    ],
)
def test_price_of_a_person(
    prices: dict[Profile, Decimal], profile: Profile | None, employee: bool, expected: str
) -> None:
    assert price_of(prices, profile, employee=employee) == Decimal(expected)


def test_price_that_depends_on_an_unknown_profile_is_refused() -> None:
    assert (is_paid(PRICES), is_paid(FREE)) == (True, False)
    with pytest.raises(LookupError):
        price_of(PRICES, None, employee=False)


@pytest.mark.parametrize(
    ("cents", "vat", "tax"),
    [
        (12000, Vat.EXEMPT, 0),
        (12000, Vat.STANDARD, 2000),
        (1, Vat.STANDARD, 0),
        (100, Vat.STANDARD, 17),
    ],
)
def test_tax_within_an_amount(cents: int, vat: Vat, tax: int) -> None:
    assert split(cents, vat).tax == tax


@given(st.integers(0, 10**7), st.sampled_from(list(Vat)))
def test_tax_and_net_make_the_amount(cents: int, vat: Vat) -> None:
    found = split(cents, vat)
    assert (found.net + found.tax, 0 <= found.tax <= found.net) == (cents, True)


@pytest.mark.parametrize(
    ("left", "called_off", "expected"),
    [
        (timedelta(days=14), False, 12001),
        (timedelta(days=14) - timedelta(seconds=1), False, 6000),
        (timedelta(days=2), False, 6000),
        (timedelta(days=2) - timedelta(seconds=1), False, 0),
        (timedelta(hours=1), True, 12001),
        (None, False, 12001),
    ],
)
def test_what_is_given_back(left: timedelta | None, called_off: bool, expected: int) -> None:
    starts = None if left is None else NOW + left
    assert refund_due(12001, starts_at=starts, now=NOW, called_off=called_off) == expected


OPEN = Facts(session="cs", reference="r", cents=1000, currency="eur", live=False)
PAID = replace(OPEN, paid=True, intent="pi", charge="ch")
HALF = replace(PAID, refunds=(RefundFacts("re1", 400, done=True),))
WHOLE = replace(PAID, refunds=(*HALF.refunds, RefundFacts("re2", 600)))
BACK = replace(PAID, refunds=(RefundFacts("re1", 1000, failed=True),))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (OPEN, PaymentState.OPEN),
        (replace(OPEN, expired=True), PaymentState.EXPIRED),
        (PAID, PaymentState.PAID),
        (HALF, PaymentState.PARTLY),
        (WHOLE, PaymentState.REFUNDED),
        (BACK, PaymentState.PAID),
    ],
)
def test_state_that_facts_make(facts: Facts, expected: PaymentState) -> None:
    assert (
        state_after(PaymentState.OPENING if facts is OPEN else PaymentState.OPEN, facts) == expected
    )
    assert state_after(expected, facts) == expected  # again changes nothing


def test_last_facts_decide_whatever_came_before() -> None:
    for order in permutations([PAID, HALF, BACK]):
        state = PaymentState.OPEN
        for facts in (*order, WHOLE):
            state = state_after(state, facts)
        assert state == PaymentState.REFUNDED


def test_what_is_paid_never_becomes_unpaid() -> None:
    for state in (PaymentState.PAID, PaymentState.PARTLY, PaymentState.REFUNDED):
        for facts in (OPEN, replace(OPEN, expired=True)):
            with pytest.raises(Mismatch):
                state_after(state, facts)
