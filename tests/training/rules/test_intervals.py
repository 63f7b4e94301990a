"""Intervals against published figures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules import intervals
from training.rules.intervals import fisher, student_mean, student_quantile, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (15, 148, 0.0624, 0.1605),  # Newcombe, Stat Med 1998;17:857, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(successes: int, trials: int, low: float, high: float) -> None:
    found = wilson(successes, trials)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share(counts: tuple[int, int]) -> None:
    successes, trials = counts
    found, mirror = wilson(successes, trials), wilson(trials - successes, trials)
    assert 0 <= found.low <= successes / trials <= found.high <= 1
    assert found.low == pytest.approx(1 - mirror.high, abs=1e-12)


@pytest.mark.parametrize(
    ("freedom", "table"),
    [
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (4, 2.776),
        (5, 2.571),
        (9, 2.262),
        (10, 2.228),
        (19, 2.093),
        (20, 2.086),
        (29, 2.045),
        (30, 2.042),
        (40, 2.021),
        (60, 2.000),
        (120, 1.980),
        (100_000, 1.960),
    ],
)
def test_student_as_in_tables(freedom: int, table: float) -> None:
    assert round(student_quantile(0.975, freedom), 3) == table


@pytest.mark.parametrize(
    ("p", "freedom", "table"),
    [(0.95, 1, 6.314), (0.99, 10, 2.764), (0.995, 5, 4.032), (0.9995, 30, 3.646)],
)
def test_student_other_levels(p: float, freedom: int, table: float) -> None:
    assert round(student_quantile(p, freedom), 3) == table


def test_student_exact() -> None:
    """One and two degrees of freedom have closed forms."""
    assert student_quantile(0.975, 1) == pytest.approx(math.tan(math.pi * 0.475), abs=1e-9)
    assert student_quantile(0.975, 2) == pytest.approx(0.95 * math.sqrt(2 / 0.0975), abs=1e-9)
    assert student_quantile(0.5, 7) == pytest.approx(0, abs=1e-9)
    assert student_quantile(0.025, 7) == -student_quantile(0.975, 7)


@pytest.mark.parametrize("freedom", [201, 300])
def test_student_methods_meet(freedom: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expanded = student_quantile(0.975, freedom)
    monkeypatch.setattr(intervals, "LARGE", freedom)
    assert student_quantile.__wrapped__(0.975, freedom) == pytest.approx(expanded, abs=1e-9)


def test_student_mean() -> None:
    """Mean 3, variance 2.5, five values: half-width 2.776445 × √0.5."""
    found = student_mean([1, 2, 3, 4, 5])
    assert found.mean == 3
    assert found.interval.low == pytest.approx(3 - 2.7764451051978 * math.sqrt(0.5), abs=1e-9)
    assert found.interval.high == pytest.approx(3 + 2.7764451051978 * math.sqrt(0.5), abs=1e-9)


def test_fisher() -> None:
    """r = 0.5 on 28 pairs: atanh 0.549306, half-width 1.959964 / 5."""
    found = fisher(0.5, 28)
    assert found is not None
    assert found.low == pytest.approx(math.tanh(0.5493061443 - 1.9599639845 / 5), abs=1e-9)
    assert found.high == pytest.approx(math.tanh(0.5493061443 + 1.9599639845 / 5), abs=1e-9)
    assert fisher(1.0, 28) == (1.0, 1.0)
    assert fisher(0.5, 3) is None
