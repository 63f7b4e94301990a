"""Figures for the pages that show them."""

from home.actions.computing import ask_for_figures, compute_figures
from home.models import Computation
from portal.kit import clock


def make_figures() -> Computation:
    """Those of the facts as they stand."""
    now = clock.now()
    return compute_figures(computation=ask_for_figures(by=None, now=now), now=now)
