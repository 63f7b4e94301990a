"""The figures of a yearly report: shares with both their numbers, and what counts as few."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

FEW = 11
"""Under this many, a share says little, and a public table would hide it (facts 1.18)."""
ENOUGH_SESSIONS = 3
USEFUL = 4  # of 5
SATISFIED = 7  # of 10
SOON_ASSESSED = 30  # days from the inclusion
SOON_ATTENDING = 60  # days from the assessment


@dataclass(frozen=True, slots=True)
class Share:
    """`part` among `whole`; `middle`: a median in days, where the indicator is a wait."""

    part: int
    whole: int
    middle: float | None = None

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def is_few(self) -> bool:
        return 0 < self.whole < FEW


def wait_share(days: Sequence[int], soon: int) -> Share:
    """Those who waited `soon` days at most, among all, and the median wait."""
    return Share(
        sum(each <= soon for each in days), len(days), float(median(days)) if days else None
    )
