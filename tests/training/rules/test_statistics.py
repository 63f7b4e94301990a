"""Item statistics against values worked out by hand, and against a slow second opinion.

The small example: twenty runs of two items, one run of the first item alone, and nineteen runs of
a third item. Item 1 has one best answer (B); item 2 has several (A and C).

| runs | item 1 | item 2 | credit of item 2 |
|---|---|---|---|
| 8 | B | AC | 1 |
| 4 | B | A | 0.5 |
| 2 | A | A | 0.5 |
| 4 | A | B | 0 |
| 2 | C | AD | 0.2 |
| 1 | B | | |

Over the twenty runs, with x the credit of item 1 and y that of item 2: Σx = 12, Σy = 11.4,
Σx² = 12, Σy² = 9.58, Σxy = 10; about the means: 4.8, 3.082 and 3.16.
"""

import math
import statistics
import time
from itertools import groupby

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.enums import Flag
from training.rules.statistics import Figures, ItemKey, ItemStatistics, item_statistics

EXACT = 1e-9
Z = 1.959963984540054
TYPES = {
    "run": "int64",
    "item": "int64",
    "credit": "float64",
    "chosen": "string",
    "certainty": "int8",
    "seconds": "float64",
    "profession": "string",
}
KEYS = {1: ItemKey("ABCD", "B"), 2: ItemKey("ABCD", "AC"), 3: ItemKey("AB", "A")}
ROWS = (
    [("B", "AC", 1.0)] * 8
    + [("B", "A", 0.5)] * 4
    + [("A", "A", 0.5)] * 2
    + [("A", "B", 0.0)] * 4
    + [("C", "AD", 0.2)] * 2
)
R = 3.16 / math.sqrt(4.8 * 3.082)


def frame(rows: list[tuple[int, int, float, str, int, float, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def example() -> pd.DataFrame:
    rows = []
    for run, (first, second, credit) in enumerate(ROWS):
        # All are sure but the last wrong A and both C: eighteen of twenty-one, five wrong.
        sure = 1 if run >= 17 else 3
        rows.append((run, 1, float(first == "B"), first, sure, run + 1.0, "doctor"))
        rows.append((run, 2, credit, second, 2, 10.0 * (run + 1), "doctor"))
    rows.append((20, 1, 1.0, "B", 3, 21.0, "nurse"))
    rows += [(30 + n, 3, 1.0, "A", 1, 5.0, "nurse") for n in range(19)]
    return frame(rows)


def figures_of(answers: pd.DataFrame, item: int) -> Figures:
    found = next(each for each in item_statistics(answers, KEYS) if each.item == item)
    assert found.figures is not None
    return found.figures


def near(*values: float) -> object:
    return pytest.approx(values, abs=EXACT)


def test_facility_of_all_or_nothing() -> None:
    """13 of 21, Wilson's interval."""
    found = figures_of(example(), 1)
    p, n = 13 / 21, 21
    half = Z * math.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    assert (found.facility, *found.facility_interval) == near(p, middle - half, middle + half)


def test_facility_of_partial_credits() -> None:
    """11.4 of 20, standard error √(3.082 / 19 / 20)."""
    found = figures_of(example(), 2)
    half = Z * math.sqrt(3.082 / 19 / 20)
    assert (found.facility, *found.facility_interval) == near(0.57, 0.57 - half, 0.57 + half)


@pytest.mark.parametrize("item", [1, 2])
def test_discrimination(item: int) -> None:
    """3.16 / √(4.8 × 3.082) on twenty runs; each item is all the rest of the other."""
    found = figures_of(example(), item).discrimination
    assert found is not None
    low, high = (math.tanh(math.atanh(R) + side * Z / math.sqrt(17)) for side in (-1, 1))
    assert (found.correlation, *found.interval) == near(R, low, high)
    assert found.runs == 20


def test_choices_of_one() -> None:
    found = figures_of(example(), 1).choices
    assert [each.letter for each in found] == list("ABCD")
    assert [each.credited for each in found] == [False, True, False, False]
    assert [each.share for each in found] == near(6 / 21, 13 / 21, 2 / 21, 0)
    assert [each.rest for each in found[:3]] == near(1 / 6, 10 / 12, 0.2)
    assert found[3].rest is None
    assert [each.flags for each in found] == [(), (), (), (Flag.IDLE_DISTRACTOR,)]


def test_choices_of_several() -> None:
    found = figures_of(example(), 2).choices
    assert [each.share for each in found] == near(16 / 20, 4 / 20, 8 / 20, 2 / 20)
    assert [each.rest for each in found] == near(12 / 16, 0, 1, 0)


def test_seconds() -> None:
    """1 to 21; then 10 to 200 by tens, whose quartiles fall between ranks."""
    one, two = figures_of(example(), 1), figures_of(example(), 2)
    assert (one.median_seconds, *one.quartiles) == near(11, 6, 16)
    assert (two.median_seconds, *two.quartiles) == near(105, 57.5, 152.5)


def test_certainty() -> None:
    """18 sure (0.9) and 3 unsure (1/3), 13 right; then 20 at the middle (11/15), 8 right."""
    one, two = figures_of(example(), 1), figures_of(example(), 2)
    assert (one.certainty, one.calibration_gap) == near(57 / 21, (16.2 + 1) / 21 - 13 / 21)
    assert (two.certainty, two.calibration_gap) == near(2, 11 / 15 - 8 / 20)
    assert (one.sure_and_wrong, two.sure_and_wrong) == near(5 / 21, 0)
    assert (one.flags, two.flags) == ((Flag.SURE_AND_WRONG,), ())


def test_nothing_under_twenty() -> None:
    assert item_statistics(example(), KEYS)[2] == ItemStatistics(3, None, 19, None)


def test_by_profession() -> None:
    found = item_statistics(example(), KEYS, by_profession=True)
    assert [(each.item, each.profession, each.answers) for each in found] == [
        (1, "doctor", 20),
        (1, "nurse", 1),
        (2, "doctor", 20),
        (3, "nurse", 19),
    ]
    assert [each.figures is None for each in found] == [False, True, False, True]
    doctors = found[0].figures
    assert doctors is not None
    assert doctors.facility == 12 / 20
    assert doctors.discrimination == figures_of(example(), 1).discrimination


def test_nobody_answered() -> None:
    assert item_statistics(example()[:0], KEYS) == []


def test_alone_in_their_runs() -> None:
    rows = [(run, 3, float(run % 2), "AB"[run % 2], 1, 1.0, "nurse") for run in range(20)]
    found = figures_of(frame(rows), 3)
    assert found.discrimination is None
    assert [choice.rest for choice in found.choices] == [None, None]


def test_all_alike() -> None:
    """A credit that never varies tells nobody apart, nor does a rest that varies by rounding."""
    rows = [(run, 2, 0.2, "A", 1, 1.0, "nurse") for run in range(20)]
    rest = [(run, 1, float(run % 2), "B", 1, 1.0, "nurse") for run in range(20)]
    assert figures_of(frame(rows + rest), 2).discrimination is None
    assert figures_of(frame(rows + rest), 1).discrimination is None


def test_order_has_no_choices() -> None:
    rows = [(run, 9, 1.0, "CAB", 1, 1.0, "nurse") for run in range(20)]
    found = item_statistics(frame(rows), {9: ItemKey("", "")})[0].figures
    assert found is not None
    assert found.choices == ()


def answered(right: int, count: int, rest: list[float], certainty: int = 1) -> pd.DataFrame:
    """Item 3 answered by `count`, the first ones right, beside item 2 with these credits."""
    rows = []
    for run in range(count):
        credit = float(run < right)
        rows.append((run, 3, credit, "A" if credit else "B", certainty, 1.0, "nurse"))
        rows.append((run, 2, rest[run % len(rest)], "A", 1, 1.0, "nurse"))
    return frame(rows)


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        (answered(38, 40, [0.5]), ()),
        (answered(39, 40, [0.5]), (Flag.TOO_EASY,)),
        (answered(10, 40, [0.5]), ()),
        (answered(9, 40, [0.5]), (Flag.TOO_HARD,)),
        (answered(20, 40, [1.0] * 20 + [0.0] * 20), ()),
        (answered(20, 40, [1.0, 0.0]), (Flag.WEAK_DISCRIMINATION,)),
        (answered(20, 40, [0.0] * 20 + [1.0] * 20), (Flag.NEGATIVE_DISCRIMINATION,)),
        (answered(32, 40, [0.5], certainty=3), ()),
        (answered(31, 40, [0.5], certainty=3), (Flag.SURE_AND_WRONG,)),
        (answered(20, 40, [0.5], certainty=2), ()),
    ],
)
def test_flags(answers: pd.DataFrame, flags: tuple[Flag, ...]) -> None:
    assert figures_of(answers, 3).flags == flags


@pytest.mark.parametrize(
    ("right", "count", "flags"),
    [
        (49, 50, ()),
        (50, 51, (Flag.IDLE_DISTRACTOR,)),
        (20, 40, ()),
        (19, 40, (Flag.RIVAL_DISTRACTOR,)),
    ],
)
def test_flags_of_a_distractor(right: int, count: int, flags: tuple[Flag, ...]) -> None:
    assert figures_of(answered(right, count, [0.5]), 3).choices[1].flags == flags


@st.composite
def many_answers(draw: st.DrawFn) -> pd.DataFrame:
    """Twenty to forty runs over the three items, some left out."""
    seed, runs = draw(st.integers(0, 2**32 - 1)), draw(st.integers(20, 40))
    chance = np.random.default_rng(seed)
    rows = []
    for run in range(runs):
        job = str(chance.choice(["doctor", "nurse"]))
        for item in (1, 2, 3):
            if chance.random() < 0.9:
                credit = float(chance.choice([0, 0.2, 0.5, 1] if item == 2 else [0, 1]))
                letter = str(chance.choice(list("AB")))
                level, seconds = int(chance.integers(1, 4)), float(chance.integers(1, 90))
                rows.append((run, item, credit, letter, level, seconds, job))
    return frame(rows)


@settings(max_examples=25)
@given(many_answers(), st.booleans())
def test_agrees_with_counting_one_by_one(answers: pd.DataFrame, by_profession: bool) -> None:
    rows = [tuple(row) for row in answers.itertuples(index=False)]

    def group(row: tuple) -> tuple:
        return (row[1], row[6] if by_profession else None)

    found = item_statistics(answers, KEYS, by_profession=by_profession)
    assert [(each.item, each.profession) for each in found] == sorted({group(row) for row in rows})
    for each, (_group, of_group) in zip(
        found, groupby(sorted(rows, key=group), group), strict=True
    ):
        mine = list(of_group)
        assert each.answers == len(mine)
        assert (each.figures is not None) == (len(mine) >= 20)
        if each.figures is None:
            continue
        assert each.figures.facility == pytest.approx(statistics.fmean(row[2] for row in mine))
        assert each.figures.median_seconds == statistics.median(row[5] for row in mine)
        pairs = [
            (row[2], sum(rest))
            for row in mine
            if (rest := [r[2] for r in rows if r[0] == row[0] and r[1] != row[1]])
        ]
        if each.figures.discrimination and len(pairs) >= 20:
            expected = statistics.correlation(*zip(*pairs, strict=True))
            assert each.figures.discrimination.correlation == pytest.approx(expected, abs=EXACT)
            assert each.figures.discrimination.runs == len(pairs)


def test_hundred_thousand_answers_in_two_seconds() -> None:
    chance, runs = np.random.default_rng(7), 10_000
    items = 10 * np.repeat(chance.integers(0, 30, runs), 10) + np.tile(np.arange(10), runs)
    answers = pd.DataFrame(
        {
            "run": np.repeat(np.arange(runs), 10),
            "item": items,
            "credit": chance.integers(0, 2, 10 * runs).astype("float64"),
            "chosen": pd.Series(chance.choice(list("ABCDE"), 10 * runs), dtype="string"),
            "certainty": chance.integers(1, 4, 10 * runs).astype("int8"),
            "seconds": chance.random(10 * runs),
            "profession": pd.Series(
                np.repeat(chance.choice(["doctor", "nurse"], runs), 10), dtype="string"
            ),
        }
    )
    keys = {item: ItemKey("ABCDE", "B") for item in range(300)}
    start = time.process_time()
    found = item_statistics(answers, keys) + item_statistics(answers, keys, by_profession=True)
    assert time.process_time() - start < 2
    assert sum(each.answers for each in found) == 200_000
