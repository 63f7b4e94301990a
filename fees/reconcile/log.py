"""The acts as numbers, and the people they make known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .coding import NONE, Codes, Grouped, distinct, grouped, meanings, packed, read_column
from .frames import State
from .identity import Register
from .reading import birth_day, cents, code, day, name, natural

STATES = [state.value for state in State]
MOST_FIGURES = 17
"""Of a number that 64 bits hold."""


@dataclass(slots=True)
class Log:
    """The acts, in the order of their identifiers; cancelled ones only make people known.

    Columns are whole numbers: `professional` and `patient` are places in their registers, `kind`
    in `kinds`, `state` in STATES, `day` days since 1970, `cents` cents.
    """

    ids: "pd.Series[Any]"
    professional: Codes
    patient: Codes
    kind: Codes
    day: Codes
    cents: Codes
    state: Codes
    kinds: list[str]
    professionals: Register
    patients: Register
    panels: Grouped
    """The patients of each professional."""
    clients: Grouped
    """The professionals of each patient."""


def read_log(acts: pd.DataFrame) -> Log:
    """Acts whose cells are right (see `frames`); the reader of files has refused the others."""
    acts = in_natural_order(acts, "act")
    professional, professionals = meanings(acts["professional"], code)
    patient, patients = meanings(acts["patient_code"], code)
    kind, kinds = meanings(acts["kind"], code)
    met, _ = distinct(packed(professional, patient))
    state_of = {state: place for place, state in enumerate(STATES)}
    return Log(
        ids=acts["act"],
        professional=professional,
        patient=patient,
        kind=kind,
        day=read_column(acts["done_on"], day),
        cents=read_column(acts["amount"], cents),
        state=read_column(acts["state"], state_of.__getitem__),
        kinds=kinds,
        professionals=_register(professionals, professional, acts["professional_name"], None),
        patients=_register(patients, patient, acts["patient_name"], acts["birth_date"]),
        panels=grouped(professional[met], patient[met]),
        clients=grouped(patient[met], professional[met]),
    )


def in_natural_order(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Sorted by identifier as people count, so that the order of a file never matters."""
    texts = pa.array(frame[column], pa.string())
    if _counts_up(texts):
        return frame.reset_index(drop=True)
    parts = pc.extract_regex(texts, rf"^(?P<head>\D*)(?P<number>\d{{1,{MOST_FIGURES}}})$")
    if parts.null_count:  # rare: more than some letters and one number
        order = sorted(range(len(texts)), key=[natural(str(each)) for each in texts].__getitem__)
        return frame.iloc[order].reset_index(drop=True)
    heads = pc.struct_field(parts, "head")
    numbers = pc.cast(pc.struct_field(parts, "number"), pa.int64()).to_numpy()
    keys = pa.table({"head": heads, "number": numbers, "text": texts})
    wanted = pc.sort_indices(keys, [(each, "ascending") for each in keys.column_names])
    return frame.iloc[wanted.to_numpy()].reset_index(drop=True)


def _counts_up(texts: pa.StringArray) -> bool:
    """Whether these are the same letters before a number that only grows, as in most files."""
    head = re.match(r"\D*(?=[1-9])", texts[0].as_py()) if len(texts) else None
    if head is None or not pc.all(pc.starts_with(texts, head[0])).as_py():
        return False
    figures = pc.utf8_slice_codeunits(texts, len(head[0]))
    longest = pc.max(pc.binary_length(figures)).as_py()
    if longest > MOST_FIGURES or not pc.all(pc.ascii_is_decimal(figures)).as_py():
        return False
    numbers = pc.cast(figures, pa.int64()).to_numpy()
    return bool((numbers[1:] > numbers[:-1]).all())


def _register(
    codes: Sequence[str],
    places: Codes,
    names: "pd.Series[Any]",
    births: "pd.Series[Any] | None",
) -> Register:
    written, readings = meanings(names, name)
    born = read_column(births, birth_day) if births is not None else np.full(len(places), NONE)
    first, _ = distinct(packed(places, written, born))
    first = first[np.lexsort((born[first], written[first], places[first]))]
    people, calls, days = places[first], written[first], born[first]
    birth_of = np.full(len(codes), NONE, np.int64)
    dated = np.flatnonzero(days != NONE)[::-1]  # the first said is kept: written last
    birth_of[people[dated]] = days[dated]
    empty = readings.index("") if "" in readings else NONE
    named = (calls != empty) & np.r_[True, (people[1:] != people[:-1]) | (calls[1:] != calls[:-1])]
    people, calls = people[named], calls[named]
    return Register(codes, birth_of, readings, grouped(people, calls), grouped(calls, people))
