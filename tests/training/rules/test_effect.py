"""What a report of effect says, on small groups worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.enums import Effect, Moment
from training.rules.effect import FollowUp, report

T9 = 2.2621571627982044  # Student, 9 degrees of freedom, 97.5 %
BEFORE = [0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9]


def learners(changes: list[float], moment: Moment = Moment.POST) -> list[dict[Moment, float]]:
    return [
        {Moment.PRE: before, moment: before + change}
        for before, change in zip(BEFORE, changes, strict=False)
    ]


def follow_up(scores: list[dict[Moment, float]], moment: Moment = Moment.POST) -> FollowUp:
    return next(each for each in report(scores).follow_ups if each.moment is moment)


def test_paired_difference() -> None:
    """Changes 0 and 0.2, five each: mean 0.1, variance 0.1 / 9, standard error √(0.01 / 9)."""
    found = follow_up(learners([0.0, 0.2] * 5))
    half = T9 * math.sqrt(0.01 / 9)
    assert found.difference is not None
    assert found.difference.mean == pytest.approx(0.1, abs=1e-9)
    assert found.difference.interval == pytest.approx((0.1 - half, 0.1 + half), abs=1e-9)
    assert found.verdict is Effect.IMPROVED


def test_means_of_the_same_learners() -> None:
    """Those not measured later are left out of the comparison, not of the first mean."""
    scores = [*learners([0.1] * 10), {Moment.PRE: 0.0}, {Moment.POST: 1.0}]
    found = report(scores)
    after = follow_up(scores)
    assert found.learners == 11
    assert found.before is not None
    assert found.before.mean == pytest.approx(5 / 11)
    assert after.learners == 10
    assert after.before is not None
    assert after.after is not None
    assert (after.before.mean, after.after.mean) == pytest.approx((0.5, 0.6))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([0.1] * 10, Effect.IMPROVED),
        ([-0.1] * 10, Effect.WORSENED),
        ([0.0] * 10, Effect.NO_EFFECT_SHOWN),
        ([-0.1, 0.2] * 5, Effect.NO_EFFECT_SHOWN),
        ([0.1] * 9, Effect.TOO_FEW),
        ([], Effect.TOO_FEW),
    ],
)
@pytest.mark.parametrize("moment", [Moment.POST, Moment.DAY_30, Moment.DAY_90])
def test_verdict(changes: list[float], verdict: Effect, moment: Moment) -> None:
    found = follow_up(learners(changes, moment), moment)
    assert found.verdict is verdict
    assert (found.difference is None) == (verdict is Effect.TOO_FEW)


def test_nothing_under_ten() -> None:
    found = report(learners([0.1] * 9))
    assert (found.learners, found.before) == (9, None)
    assert found.follow_ups == (
        FollowUp(Moment.POST, 9, None, None, None, Effect.TOO_FEW),
        FollowUp(Moment.DAY_30, 0, None, None, None, Effect.TOO_FEW),
        FollowUp(Moment.DAY_90, 0, None, None, None, Effect.TOO_FEW),
    )


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=10, max_size=30))
def test_exchanging_before_and_after_turns_the_verdict(pairs: list[tuple[int, int]]) -> None:
    there = follow_up([{Moment.PRE: a, Moment.POST: b} for a, b in pairs])
    back = follow_up([{Moment.PRE: b, Moment.POST: a} for a, b in pairs])
    turned = {Effect.IMPROVED: Effect.WORSENED, Effect.WORSENED: Effect.IMPROVED}
    assert back.verdict is turned.get(there.verdict, there.verdict)
