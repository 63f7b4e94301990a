"""Certainty-based marks, and whether a learner's certainty is borne out.

Marks: right +1, +2, +3; wrong 0, −2, −6, by certainty. They make honesty pay: with a probability
p of being right, the levels are worth p, 4p − 2 and 9p − 6, equal at 2/3, then at 4/5.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from training.enums import Calibration, Certainty, Topic
from training.rules.intervals import Interval, wilson

WHEN_RIGHT = {Certainty.LOW: 1, Certainty.MIDDLE: 2, Certainty.HIGH: 3}
WHEN_WRONG = {Certainty.LOW: 0, Certainty.MIDDLE: -2, Certainty.HIGH: -6}
MIDDLE_FROM = Fraction(2, 3)
HIGH_FROM = Fraction(4, 5)
CLAIMED = {
    Certainty.LOW: (Fraction(0), MIDDLE_FROM),
    Certainty.MIDDLE: (MIDDLE_FROM, HIGH_FROM),
    Certainty.HIGH: (HIGH_FROM, Fraction(1)),
}
"""Probabilities of being right for which each level is the honest choice."""
ENOUGH = 5
"""Answers of a topic and level under which no share is told."""


def marks(certainty: Certainty, right: bool) -> int:
    """The marks of a committed answer, from −6 to +3."""
    return (WHEN_RIGHT if right else WHEN_WRONG)[certainty]


def expected(p: Fraction, level: Certainty) -> Fraction:
    """The marks to expect from a level when one is right with probability `p`."""
    return p * marks(level, right=True) + (1 - p) * marks(level, right=False)


def honest_level(p: Fraction) -> Certainty:
    """The level worth most at probability `p`; at a threshold, where two are equal, the lower."""
    return max(Certainty, key=lambda level: (expected(p, level), -level))


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """The answers of one topic given with one certainty; no share under five of them."""

    topic: Topic
    level: Certainty
    count: int
    right: int
    share: float | None
    interval: Interval | None
    finding: Calibration


def calibration(answers: Iterable[tuple[Topic, Certainty, bool]]) -> list[CalibrationRow]:
    """One row by topic met and level, in their order, from (topic, certainty, right).

    A certainty is called excessive, or timid, only when Wilson's 95 % interval lies wholly outside
    the probabilities that it claims.
    """
    tally = Counter(answers)
    topics = {topic for topic, _level, _right in tally}
    return [
        _row(topic, level, tally[topic, level, True], tally[topic, level, False])
        for topic in Topic
        if topic in topics
        for level in Certainty
    ]


def _row(topic: Topic, level: Certainty, right: int, wrong: int) -> CalibrationRow:
    count = right + wrong
    if count < ENOUGH:
        return CalibrationRow(topic, level, count, right, None, None, Calibration.NOT_ENOUGH)
    interval = wilson(right, count)
    return CalibrationRow(
        topic, level, count, right, right / count, interval, _finding(level, interval)
    )


def _finding(level: Certainty, interval: Interval) -> Calibration:
    least, most = CLAIMED[level]
    if interval.high < least:
        return Calibration.OVER_CONFIDENT
    if interval.low > most:
        return Calibration.UNDER_CONFIDENT
    return Calibration.CALIBRATED
