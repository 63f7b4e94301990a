"""What a page of reconciliation tells of anything that has two sides."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoSides:
    """Both sides with a figure and facts, how far `apart` they are, and what is said of them.

    `joined`: they agree, or somebody said that they do. `tag`: the colour of `label`.
    """

    title: str
    left_kicker: str
    left_figure: str
    left_facts: Sequence[str]
    right_kicker: str
    right_figure: str
    right_facts: Sequence[str]
    joined: bool
    tag: str
    label: str
    explanation: str
    apart: str = ""
