"""What a module changed: the same learners before, just after, at day 30 and at day 90.

Means and differences carry Student's 95 % intervals on the learners measured both times. Nothing
is compared with learners who did not take the module: a difference is a change, not its cause.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.enums import Effect, Moment
from training.rules.intervals import Estimate, student_mean

FEWEST = 10
"""Learners under which nothing is shown."""

type Scores = Mapping[Moment, float]
"""One learner's mean credit (0 to 1) at each moment when it was measured."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One later measure against the one before, on the `learners` who have both."""

    moment: Moment
    learners: int
    before: Estimate | None
    after: Estimate | None
    difference: Estimate | None  # after − before, in the same unit
    verdict: Effect


@dataclass(frozen=True, slots=True)
class Report:
    """All who were measured before, then each later measure; None under ten learners."""

    learners: int
    before: Estimate | None
    follow_ups: tuple[FollowUp, ...]


def report(learners: Sequence[Scores]) -> Report:
    """The effect on these learners; one without a measure before the module is left out."""
    measured = [scores for scores in learners if Moment.PRE in scores]
    before = [scores[Moment.PRE] for scores in measured]
    return Report(
        learners=len(before),
        before=student_mean(before) if len(before) >= FEWEST else None,
        follow_ups=tuple(
            _follow_up(moment, [(s[Moment.PRE], s[moment]) for s in measured if moment in s])
            for moment in Moment
            if moment is not Moment.PRE
        ),
    )


def _follow_up(moment: Moment, pairs: Sequence[tuple[float, float]]) -> FollowUp:
    if len(pairs) < FEWEST:
        return FollowUp(moment, len(pairs), None, None, None, Effect.TOO_FEW)
    difference = student_mean([after - before for before, after in pairs])
    return FollowUp(
        moment,
        len(pairs),
        before=student_mean([before for before, _after in pairs]),
        after=student_mean([after for _before, after in pairs]),
        difference=difference,
        verdict=_verdict(difference),
    )


def _verdict(difference: Estimate) -> Effect:
    """An interval that holds zero shows no effect; it does not show that there is none."""
    if difference.interval.low > 0:
        return Effect.IMPROVED
    if difference.interval.high < 0:
        return Effect.WORSENED
    return Effect.NO_EFFECT_SHOWN
