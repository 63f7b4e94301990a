"""How right the engine is, on statements whose truth is known."""

import pytest

from fees.reconcile.engine import reconcile
from tests.fees.reconcile.made import make, measure
from tests.proofs.scale import scaled

ACTS = scaled(4_000, 50_000)


@pytest.mark.parametrize("names_only", [False, True])
@pytest.mark.parametrize(("noise", "recall"), [(0.03, 0.98), (0.15, 0.96)])
def test_automatic_pairs_are_right_and_few_are_missed(
    noise: float, recall: float, names_only: bool
) -> None:
    """Precision ≥ 99.9 % of what is accepted by itself; recall ≥ 98 % with a slip in 3 % of lines.

    Every mistake is told by the failure.
    """
    made = make(ACTS, noise=noise, names_only=names_only, seed=7)
    measured = measure(made, reconcile(made.acts, made.statement).pairs)
    assert measured.precision >= 0.999, measured.mistakes
    assert measured.recall >= recall, measured.mistakes
    assert measured.found_automatic <= measured.found <= measured.pairable


def test_measure_sees_a_wrong_pair() -> None:
    """The control: acts exchanged between lines are mistakes."""
    made = make(400, noise=0)
    pairs = reconcile(made.acts, made.statement).pairs
    pairs["act"] = pairs["act"].to_numpy()[::-1]
    assert measure(made, pairs).precision < 0.1
