"""Sentences of the caps."""

from datetime import date

import pytest

from fees import wording
from portal.kit.dates import Period


@pytest.mark.parametrize(
    ("ordinal", "sentence"),
    [
        (7, "7 sur 10 en 2026 — il en restera 3 après cet acte."),
        (9, "9 sur 10 en 2026 — il en restera 1 après cet acte."),
        (10, "10 sur 10 en 2026 — ce sera le dernier."),
    ],
)
def test_next_act_says_what_it_leaves(ordinal: int, sentence: str) -> None:
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    assert wording.next_sentence(ordinal, 10, year) == sentence
