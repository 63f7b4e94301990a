from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from portal.kit.money import euros, in_cents, of_cents


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (50, "50.00"),
        ("50", "50.00"),
        ("0.005", "0.01"),
        ("0.004", "0.00"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
        (Decimal("1.125"), "1.13"),
    ],
)
def test_amount_is_rounded_half_up_to_the_cent(amount: Decimal | str | int, expected: str) -> None:
    assert str(euros(amount)) == expected


def test_amount_that_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidOperation):
        euros("cinquante")


@pytest.mark.parametrize(("cents", "expected"), [(0, "0.00"), (5, "0.05"), (-1250, "-12.50")])
def test_cents_in_euros(cents: int, expected: str) -> None:
    assert str(of_cents(cents)) == expected


@given(integers(-(10**12), 10**12))
def test_cents_there_and_back(cents: int) -> None:
    assert in_cents(of_cents(cents)) == cents
