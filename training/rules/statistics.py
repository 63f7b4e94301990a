"""Item statistics for the scientific committee: how hard, how telling, which wrong answers.

Answers come as a frame of one row per committed first answer:

| column | type | meaning |
|---|---|---|
| run | int64 | one learner's passage through a set of items; an item at most once in a run |
| item | int64 | immutable version of a decision |
| credit | float64 | 0 to 1 |
| chosen | string | letters of the options chosen: « B », « AC » |
| certainty | int8 | 1 to 3 |
| seconds | float64 | time taken |
| profession | string | of the learner |
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from training.enums import Certainty, Flag
from training.rules.certainty import CLAIMED
from training.rules.intervals import Interval, Z, fisher, wilson

FEWEST = 20
"""Answers under which nothing is shown."""
EASY, HARD = 0.95, 0.25
WEAK = 0.15
"""Discrimination under which an item hardly tells learners apart."""
IDLE = 0.02
SURE_AND_WRONG = 0.20
ROUNDING = 1e-12
"""Variance under which values differ by rounding alone."""
GROUP = ["item", "profession"]
CLAIM = {level: float(low + high) / 2 for level, (low, high) in CLAIMED.items()}
"""Probability of being right that each certainty stands for: the middle of what it claims."""

type Group = tuple[int, str]
type Uses = Mapping[Group, tuple[int, float]]


class ItemKey(NamedTuple):
    """The letters of an item's options, and of those credited; none for an ordering."""

    letters: str
    credited: str


class Discrimination(NamedTuple):
    """Correlation of the item's credit with the rest of the run, over `runs`."""

    correlation: float
    interval: Interval
    runs: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: the share of answers that hold it, and the mean rest score of those."""

    letter: str
    credited: bool
    share: float
    rest: float | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What twenty answers or more tell of an item."""

    facility: float  # mean credit
    facility_interval: Interval
    discrimination: Discrimination | None
    choices: tuple[Choice, ...]
    median_seconds: float
    quartiles: tuple[float, float]  # first and third, seconds
    certainty: float  # mean level, 1 to 3
    calibration_gap: float  # claimed − observed share fully right; above 0 = over-confident
    sure_and_wrong: float  # share
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """An item among all learners, or among those of one profession; no figures under twenty."""

    item: int
    profession: str | None
    answers: int
    figures: Figures | None


def item_statistics(
    answers: pd.DataFrame, keys: Mapping[int, ItemKey], *, by_profession: bool = False
) -> list[ItemStatistics]:
    """The statistics of each item answered, in order of item (and profession).

    - Facility: Wilson's interval where every credit is 0 or 1, else the normal one on the mean.
    - Discrimination: corrected point-biserial, the correlation of the item's credit with the sum
      of the credits of the run's other items; runs of one item are left out. Fisher's interval.
    - Quartiles by linear interpolation between ranks.

    Raises KeyError for an item without its key.
    """
    if answers.empty:
        return []
    frame = _prepared(answers if by_profession else answers.assign(profession=""))
    rows: Iterable[Any] = _table(frame).itertuples(index=False)
    letters = {letter for key in keys.values() for letter in key.letters}
    uses = {letter: _use(frame, letter) for letter in letters}
    return [
        ItemStatistics(
            item=int(row.item),
            profession=row.profession if by_profession else None,
            answers=int(row.answers),
            figures=_figures(row, keys[row.item], uses) if row.answers >= FEWEST else None,
        )
        for row in rows
    ]


def _prepared(answers: pd.DataFrame) -> pd.DataFrame:
    """Answers with what each row brings: its rest score (NaN when alone in its run), its claim."""
    runs = answers.groupby("run")["credit"]
    rest = runs.transform("sum") - answers["credit"]
    right = answers["credit"] == 1
    return answers.assign(
        rest=rest.where(runs.transform("size") > 1),
        right=right,
        all_or_nothing=right | (answers["credit"] == 0),
        claimed=answers["certainty"].map(CLAIM),
        sure_and_wrong=~right & (answers["certainty"] == Certainty.HIGH),
    )


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row by group, with its means, its quartiles and the sums of its correlation."""
    groups = frame.groupby(GROUP)
    means = groups.agg(
        answers=("credit", "size"),
        facility=("credit", "mean"),
        deviation=("credit", "std"),
        rights=("right", "sum"),
        all_or_nothing=("all_or_nothing", "all"),
        certainty=("certainty", "mean"),
        claimed=("claimed", "mean"),
        sure_and_wrong=("sure_and_wrong", "mean"),
    )
    quartiles = groups["seconds"].quantile(pd.Series([0.25, 0.5, 0.75])).unstack()
    quartiles.columns = pd.Index(["first_quartile", "median", "third_quartile"])
    return means.join(quartiles).join(_correlations(frame)).reset_index()


def _correlations(frame: pd.DataFrame) -> pd.DataFrame:
    """Runs of several items by group, and the sums of squares and products about the means."""
    paired = frame[frame["rest"].notna()]
    centred = paired[["credit", "rest"]] - paired.groupby(GROUP)[["credit", "rest"]].transform(
        "mean"
    )
    products = pd.DataFrame(
        {
            "runs": 1,
            "of_credit": centred["credit"] ** 2,
            "of_rest": centred["rest"] ** 2,
            "of_both": centred["credit"] * centred["rest"],
        }
    )
    return products.groupby([paired[name] for name in GROUP]).sum()


def _use(frame: pd.DataFrame, letter: str) -> Uses:
    """By group, how many answers hold that letter, and their mean rest score (NaN: none)."""
    codes, texts = pd.factorize(frame["chosen"])
    holding = frame[np.array([letter in text for text in texts], dtype=bool)[codes]]
    used = holding.groupby(GROUP)["rest"].agg(["size", "mean"])
    return dict(zip(used.index, used.itertuples(index=False, name=None), strict=True))


def _figures(row: Any, key: ItemKey, uses: Mapping[str, Uses]) -> Figures:
    discrimination = _discrimination(row)
    return Figures(
        facility=row.facility,
        facility_interval=_facility_interval(row),
        discrimination=discrimination,
        choices=_choices(row, key, uses),
        median_seconds=row.median,
        quartiles=(row.first_quartile, row.third_quartile),
        certainty=row.certainty,
        calibration_gap=row.claimed - row.rights / row.answers,
        sure_and_wrong=row.sure_and_wrong,
        flags=_flags(row, discrimination),
    )


def _facility_interval(row: Any) -> Interval:
    if row.all_or_nothing:
        return wilson(int(row.rights), int(row.answers))
    half = Z * row.deviation / math.sqrt(row.answers)
    return Interval(max(0.0, row.facility - half), min(1.0, row.facility + half))


def _discrimination(row: Any) -> Discrimination | None:
    """None under twenty runs, or when everybody has the same credit or the same rest."""
    if not row.runs >= FEWEST or min(row.of_credit, row.of_rest) <= ROUNDING * row.runs:
        return None
    correlation = row.of_both / math.sqrt(row.of_credit * row.of_rest)
    correlation = max(-1.0, min(1.0, correlation))
    interval = fisher(correlation, int(row.runs))
    return Discrimination(correlation, interval, int(row.runs)) if interval else None


def _choices(row: Any, key: ItemKey, uses: Mapping[str, Uses]) -> tuple[Choice, ...]:
    found = {
        letter: uses[letter].get((row.item, row.profession), (0, math.nan))
        for letter in key.letters
    }
    best = max((found[letter][0] for letter in key.credited), default=0)
    choices = []
    for letter, (count, rest) in found.items():
        credited, share, flags = letter in key.credited, count / row.answers, []
        if not credited and share < IDLE:
            flags.append(Flag.IDLE_DISTRACTOR)
        if not credited and count > best:
            flags.append(Flag.RIVAL_DISTRACTOR)
        choices.append(
            Choice(letter, credited, share, None if math.isnan(rest) else rest, tuple(flags))
        )
    return tuple(choices)


def _flags(row: Any, discrimination: Discrimination | None) -> tuple[Flag, ...]:
    correlation = discrimination.correlation if discrimination else None
    raised = {
        Flag.TOO_EASY: row.facility > EASY,
        Flag.TOO_HARD: row.facility < HARD,
        Flag.NEGATIVE_DISCRIMINATION: correlation is not None and correlation < 0,
        Flag.WEAK_DISCRIMINATION: correlation is not None and 0 <= correlation < WEAK,
        Flag.SURE_AND_WRONG: row.sure_and_wrong > SURE_AND_WRONG,
    }
    return tuple(flag for flag, up in raised.items() if up)
