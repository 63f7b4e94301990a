"""Marks that make honesty pay, and what a learner is told of their certainty."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.enums import Calibration, Certainty, Topic
from training.rules.certainty import calibration, expected, honest_level, marks

LOW, MIDDLE, HIGH = Certainty
A_HAIR = Fraction(1, 10**12)
probabilities = st.fractions(min_value=0, max_value=1)


@pytest.mark.parametrize(("level", "right", "wrong"), [(LOW, 1, 0), (MIDDLE, 2, -2), (HIGH, 3, -6)])
def test_marks(level: Certainty, right: int, wrong: int) -> None:
    assert (marks(level, right=True), marks(level, right=False)) == (right, wrong)


@given(probabilities)
def test_expected_marks(p: Fraction) -> None:
    assert [expected(p, level) for level in Certainty] == [p, 4 * p - 2, 9 * p - 6]


@pytest.mark.parametrize(
    ("p", "level"),
    [
        (Fraction(0), LOW),
        (Fraction(2, 3) - A_HAIR, LOW),
        (Fraction(2, 3), LOW),
        (Fraction(2, 3) + A_HAIR, MIDDLE),
        (Fraction(4, 5) - A_HAIR, MIDDLE),
        (Fraction(4, 5), MIDDLE),
        (Fraction(4, 5) + A_HAIR, HIGH),
        (Fraction(1), HIGH),
    ],
)
def test_honest_level(p: Fraction, level: Certainty) -> None:
    assert honest_level(p) is level


def test_levels_equal_at_thresholds() -> None:
    assert expected(Fraction(2, 3), LOW) == expected(Fraction(2, 3), MIDDLE) == Fraction(2, 3)
    assert expected(Fraction(4, 5), MIDDLE) == expected(Fraction(4, 5), HIGH) == Fraction(6, 5)


@given(probabilities)
def test_no_level_pays_more_than_the_honest_one(p: Fraction) -> None:
    best = expected(p, honest_level(p))
    assert all(expected(p, level) <= best for level in Certainty)


def answers(level: Certainty, right: int, count: int, topic: Topic = Topic.BASICS) -> list:
    return [(topic, level, place < right) for place in range(count)]


@pytest.mark.parametrize(
    ("level", "right", "count", "finding"),
    [
        (HIGH, 4, 4, Calibration.NOT_ENOUGH),
        (HIGH, 5, 5, Calibration.CALIBRATED),
        (HIGH, 3, 5, Calibration.CALIBRATED),  # five answers prove little
        (HIGH, 2, 5, Calibration.OVER_CONFIDENT),
        (HIGH, 60, 100, Calibration.OVER_CONFIDENT),
        (HIGH, 75, 100, Calibration.CALIBRATED),
        (MIDDLE, 40, 100, Calibration.OVER_CONFIDENT),
        (MIDDLE, 73, 100, Calibration.CALIBRATED),
        (MIDDLE, 95, 100, Calibration.UNDER_CONFIDENT),
        (LOW, 0, 100, Calibration.CALIBRATED),
        (LOW, 10, 10, Calibration.UNDER_CONFIDENT),
        (LOW, 5, 5, Calibration.CALIBRATED),
    ],
)
def test_calibration(level: Certainty, right: int, count: int, finding: Calibration) -> None:
    rows = {row.level: row for row in calibration(answers(level, right, count))}
    assert rows[level].finding is finding
    assert (rows[level].count, rows[level].right) == (count, right)


def test_calibration_rows() -> None:
    given = [
        *answers(HIGH, 8, 10, Topic.WORK),
        *answers(LOW, 1, 2, Topic.WORK),
        *answers(MIDDLE, 3, 4, Topic.NEUROPATHIC),
    ]
    rows = calibration(given)
    assert [(row.topic, row.level, row.count, row.share) for row in rows] == [
        (Topic.NEUROPATHIC, LOW, 0, None),
        (Topic.NEUROPATHIC, MIDDLE, 4, None),
        (Topic.NEUROPATHIC, HIGH, 0, None),
        (Topic.WORK, LOW, 2, None),
        (Topic.WORK, MIDDLE, 0, None),
        (Topic.WORK, HIGH, 10, 0.8),
    ]


def test_calibration_of_nobody() -> None:
    assert calibration([]) == []
