"""What a module still asks, and the days of its attestation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from training.enums import Missing
from training.rules.completion import ModuleFacts, attestation_validity, completion

DONE = ModuleFacts(
    pretest_answered=True,
    lessons={1, 2},
    lessons_read={1, 2},
    vignettes={3},
    vignettes_finished={3},
    pass_mark=70,
    attempts=(Decimal(55), Decimal(70), Decimal(60)),
    seconds=5459,
)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, ()),
        ({"pretest_answered": False}, (Missing.PRETEST,)),
        ({"lessons_read": {1}}, (Missing.LESSONS,)),
        ({"lessons_read": {1, 2, 9}}, ()),  # one was taken out of the module since
        ({"vignettes_finished": set()}, (Missing.VIGNETTES,)),
        ({"vignettes": set(), "vignettes_finished": set()}, ()),
        ({"attempts": ()}, (Missing.POSTTEST,)),
        ({"attempts": (Decimal("69.99"),)}, (Missing.MARK,)),
        ({"attempts": (), "pass_mark": None}, ()),
        (
            {"pretest_answered": False, "lessons_read": set(), "attempts": (Decimal(0),)},
            (Missing.PRETEST, Missing.LESSONS, Missing.MARK),
        ),
    ],
)
def test_completion(change: dict[str, Any], missing: tuple[Missing, ...]) -> None:
    found = completion(replace(DONE, **change))
    assert found.missing == missing
    assert found.done is (not missing)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (5459, 90)])
def test_minutes(seconds: int, minutes: int) -> None:
    assert completion(replace(DONE, seconds=seconds)).minutes == minutes


@pytest.mark.parametrize(
    ("issued_on", "last_day"),
    [
        (date(2026, 11, 22), date(2029, 11, 21)),
        (date(2028, 2, 29), date(2031, 2, 27)),
    ],
)
def test_attestation_validity(issued_on: date, last_day: date) -> None:
    valid = attestation_validity(issued_on)
    days = [date.fromordinal(last_day.toordinal() + n) for n in (0, 1)]
    assert [day in valid for day in (issued_on, *days)] == [True, True, False]
