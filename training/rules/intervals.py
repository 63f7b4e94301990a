"""95 % intervals: of a proportion, of a mean, of a correlation."""

import math
from collections.abc import Sequence
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

Z = NormalDist().inv_cdf(0.975)  # 1.959964
LARGE = 200
"""Degrees of freedom beyond which an expansion gives Student's quantile to 1e-9."""


class Interval(NamedTuple):
    low: float
    high: float


class Estimate(NamedTuple):
    """A mean and its interval, in the unit of what is measured."""

    mean: float
    interval: Interval


def wilson(successes: int, trials: int) -> Interval:
    """Wilson's score interval of a proportion (JASA 1927;22:209), without continuity correction.

    Stays between 0 and 1, holds the share itself whatever the rounding, and is fair for few
    trials. `trials` is at least 1.
    """
    share, weight = successes / trials, Z * Z / trials
    middle = (share + weight / 2) / (1 + weight)
    half = math.sqrt(share * (1 - share) * weight + weight * weight / 4) / (1 + weight)
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def fisher(correlation: float, pairs: int) -> Interval | None:
    """Fisher's interval of a correlation, through its inverse hyperbolic tangent.

    None under four pairs. A perfect correlation is its own interval.
    """
    if pairs < 4:
        return None
    if abs(correlation) >= 1:
        return Interval(correlation, correlation)
    middle, half = math.atanh(correlation), Z / math.sqrt(pairs - 3)
    return Interval(math.tanh(middle - half), math.tanh(middle + half))


def student_mean(values: Sequence[float]) -> Estimate:
    """The mean of two values or more, with Student's interval."""
    count = len(values)
    mean = math.fsum(values) / count
    variance = math.fsum((value - mean) ** 2 for value in values) / (count - 1)
    half = student_quantile(0.975, count - 1) * math.sqrt(variance / count)
    return Estimate(mean, Interval(mean - half, mean + half))


@cache
def student_quantile(p: float, freedom: int) -> float:
    """The value under which a share `p` (between 0 and 1) of Student's distribution lies.

    Abramowitz & Stegun, Handbook of Mathematical Functions: up to 200 degrees of freedom the
    finite series 26.7.3 and 26.7.4 are solved by bisection on the angle; beyond, expansion 26.7.5.
    """
    if p < 0.5:
        return -student_quantile(1 - p, freedom)
    if freedom > LARGE:
        return _expanded(NormalDist().inv_cdf(p), freedom)
    low, high = 0.0, math.pi / 2
    for _ in range(80):
        angle = (low + high) / 2
        if _between(angle, freedom) < 2 * p - 1:
            low = angle
        else:
            high = angle
    return math.sqrt(freedom) * math.tan((low + high) / 2)


def _between(angle: float, freedom: int) -> float:
    """The share of Student's distribution between −t and t, where tan(angle) = t / √freedom."""
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = 0.0
    for power in range(odd, freedom - 1, 2):
        total += term
        term *= cosine * cosine * (power + 1) / (power + 2)
    return (angle + sine * total) * 2 / math.pi if odd else sine * total


def _expanded(x: float, freedom: int) -> float:
    return (
        x
        + (x**3 + x) / 4 / freedom
        + (5 * x**5 + 16 * x**3 + 3 * x) / 96 / freedom**2
        + (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384 / freedom**3
        + (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160 / freedom**4
    )
