"""What is unusual in claimed acts: figures that ask for a look, never a refusal.

Pure functions over plain values: no database, no clock. A professional's year is compared with that
of the colleagues of the same profession; a day, with what one person can do; each flag carries the
figures that its sentence needs (`fees/remarks.py`).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from fees.enums import Remark
from portal.kit.holidays import holiday

TIMES_THE_PEERS = 3
"""From how many times the median of the peers a year of acts is far above."""
FEWEST_PEERS = 5
"""Peers under which a median says nothing."""
FEWEST_ACTS = 20
"""Acts of a year under which nothing is far above anything."""
DAY_OF_WORK = 12
"""Acts on one day from which they are many: half an hour each, for six hours."""
FEWEST_PATIENTS = 5
"""Patients from which it is strange that each had the same number of acts, more than one."""
FEWEST_OF_A_MONTH = 6
"""Acts of a month from which it is strange that all fall on its last day."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What one professional did and the network accepted, over the twelve months before a claim.

    `by_day` and `by_patient`: how many acts; `peers`: the acts of each colleague of the same
    profession over the same months, the own ones left out.
    """

    by_day: Counter[date]
    by_patient: Counter[int]
    peers: Sequence[int]

    @property
    def acts(self) -> int:
        return sum(self.by_day.values())


@dataclass(frozen=True, slots=True)
class Flag:
    """One unusual thing, with the figures of its sentence."""

    code: Remark
    figures: tuple[int, ...] = ()


def flags(day: date, claimed: Collection[date], practice: Practice) -> Iterator[Flag]:
    """What is unusual about an act done on `day`, within a claim for acts of the days `claimed`."""
    if far := far_above(practice.acts, practice.peers):
        yield far
    if practice.by_day[day] >= DAY_OF_WORK:
        yield Flag(Remark.MANY_ON_A_DAY, (practice.by_day[day],))
    if is_day_off(day):
        yield Flag(Remark.DAY_OFF)
    if same := same_for_all(practice.by_patient.values()):
        yield same
    if len(claimed) >= FEWEST_OF_A_MONTH and len(set(claimed)) == 1 and _ends_month(day):
        yield Flag(Remark.ALL_ON_A_DAY, (len(claimed),))


def far_above(acts: int, peers: Sequence[int]) -> Flag | None:
    """More than `TIMES_THE_PEERS` the median of the peers, when both are enough to compare."""
    if len(peers) < FEWEST_PEERS or acts < FEWEST_ACTS:
        return None
    middle = median(peers)
    if acts <= TIMES_THE_PEERS * middle:
        return None
    return Flag(Remark.FAR_ABOVE_PEERS, (acts, round(middle)))


def same_for_all(by_patient: Collection[int]) -> Flag | None:
    """Each patient had exactly as many acts as the others, more than one each."""
    if len(by_patient) < FEWEST_PATIENTS or len(set(by_patient)) > 1:
        return None
    each = next(iter(by_patient))
    return Flag(Remark.SAME_FOR_ALL, (each, len(by_patient))) if each > 1 else None


def is_day_off(day: date) -> bool:
    """A Sunday, or one of the eleven French public holidays."""
    return day.weekday() == 6 or bool(holiday(day))


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
