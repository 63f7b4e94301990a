"""Whatever the two files hold: nothing is lost, nothing is said twice, and order is nothing."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fees.reconcile.engine import reconcile
from fees.reconcile.frames import ACTS, STATEMENT, Reconciliation
from fees.reconcile.reading import cents
from tests.proofs.scale import scaled

pytestmark = pytest.mark.prove
EXAMPLES = scaled(20, 2_000)
CODES = st.sampled_from(["K1", "K2", "K12"])
CALLED = st.sampled_from(["Anne Le Goff", "Paul Martin", "Paula Martin"])
PATIENTS = st.sampled_from(["P1", "P2", "P3", "P12"])
NAMED = st.sampled_from(["Aubrac Solène", "Brun Marc", "Brun Marie", "Brun Mario"])
BORN = st.sampled_from(["", "1980-02-29", "1950-01-01"])
KINDS = st.sampled_from(["KINE-REMOB", "PSY-SUIVI"])
DAYS = st.sampled_from(["2026-03-04", "2026-03-05", "2026-03-10", "2026-04-03"])
AMOUNTS = st.sampled_from(["30.00", "50.00"])
STATES = st.sampled_from(["accepted", "paid", "refused", "cancelled"])
DIRT = st.sampled_from(["", "?", "brun", "12", "31/02/2026", "trente", "04/03/2026", "kine remob"])

CELLS = (CODES, CALLED, PATIENTS, NAMED, BORN, KINDS, DAYS, AMOUNTS)

acts_rows = st.lists(st.tuples(*CELLS, STATES), max_size=10)
lines_rows = st.lists(
    st.tuples(
        *(cells | DIRT for cells in (CODES, CALLED, PATIENTS, NAMED, BORN, KINDS, DAYS, AMOUNTS))
    ),
    max_size=10,
)
type Rows = list[tuple[str, ...]]


def frames(acts: Rows, lines: Rows) -> tuple[pd.DataFrame, pd.DataFrame]:
    held = [(f"A{number}", *row) for number, row in enumerate(acts, start=1)]
    claimed = [(f"L{number}", *row) for number, row in enumerate(lines, start=1)]
    return (
        pd.DataFrame(held, columns=list(ACTS), dtype=str),
        pd.DataFrame(claimed, columns=list(STATEMENT), dtype=str),
    )


def told(result: Reconciliation) -> tuple[list[tuple[object, ...]], ...]:
    return tuple(
        sorted(map(tuple, frame.to_numpy().tolist())) for frame in (result.pairs, result.left)
    )


@settings(max_examples=EXAMPLES)
@given(acts_rows, lines_rows)
def test_each_line_and_each_standing_act_comes_out_once(acts: Rows, lines: Rows) -> None:
    held, claimed = frames(acts, lines)
    result = reconcile(held, claimed)
    left = result.left
    out_lines = [*result.pairs["line"], *left.loc[left["source"] == "statement", "id"]]
    out_acts = [*result.pairs["act"], *left.loc[left["source"] == "acts", "id"]]
    assert Counter(out_lines) == Counter(claimed["line"])
    assert Counter(out_acts) == Counter(held.loc[held["state"] != "cancelled", "act"])
    readable = sum(cents(each) or 0 for each in claimed["amount"])
    unreadable_pairs = result.pairs["line"].isin(
        claimed.loc[[cents(each) is None for each in claimed["amount"]], "line"]
    )
    kept = result.pairs.loc[~unreadable_pairs, "cents"].sum()
    kept += left.loc[left["source"] == "statement", "cents"].sum()
    assert kept == readable


@settings(max_examples=EXAMPLES)
@given(acts_rows, lines_rows, st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(acts: Rows, lines: Rows, random: object) -> None:
    held, claimed = frames(acts, lines)
    seed = random.randrange(2**32)  # type: ignore[attr-defined]
    again = reconcile(
        held.sample(frac=1, random_state=seed), claimed.sample(frac=1, random_state=seed)
    )
    assert told(again) == told(reconcile(held, claimed))


@settings(max_examples=EXAMPLES)
@given(acts_rows)
def test_acts_claimed_as_they_are_leave_nothing(acts: Rows) -> None:
    """Whoever claims all standing acts, word for word, finds each matched, paid or refused."""
    known = {row[2]: (row[3], row[4]) for row in acts}
    callers = {row[0]: row[1] for row in acts}
    acts = [(row[0], callers[row[0]], row[2], *known[row[2]], *row[5:]) for row in acts]
    standing = [row[:-1] for row in acts if row[-1] != "cancelled"]
    held, claimed = frames(acts, standing)
    result = reconcile(held, claimed)
    assert len(result.left) == 0
    assert set(result.pairs["method"]) <= {"exact"}
