from decimal import Decimal, InvalidOperation

import pytest

from portal.kit.money import euros


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
