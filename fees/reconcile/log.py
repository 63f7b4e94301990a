"""The acts as numbers, and the people they make known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .coding import NONE, Codes, distinct, meanings, packed, read_column
from .frames import State
from .identity import Person, Register
from .reading import birth_day, cents, code, day, name, natural

STATES = [state.value for state in State]


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
    panels: dict[int, list[int]]
    clients: dict[int, list[int]] = field(default_factory=dict)


def read_log(acts: pd.DataFrame) -> Log:
    """Acts whose cells are right (see `frames`); the reader of files has refused the others."""
    acts = in_natural_order(acts, "act")
    professional, professionals = meanings(acts["professional"], code)
    patient, patients = meanings(acts["patient_code"], code)
    kind, kinds = meanings(acts["kind"], code)
    panels, clients = _panels(professional, patient)
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
        panels=panels,
        clients=clients,
    )


def in_natural_order(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Sorted by identifier as people count, so that the order of a file never matters."""
    texts = pa.array(frame[column], pa.string())
    parts = pc.extract_regex(texts, r"^(?P<head>\D*)(?P<number>\d{1,17})$")
    if parts.null_count:  # rare: more than some letters and one number
        order = sorted(range(len(texts)), key=[natural(str(each)) for each in texts].__getitem__)
        return frame.iloc[order].reset_index(drop=True)
    heads = pc.struct_field(parts, "head")
    numbers = pc.cast(pc.struct_field(parts, "number"), pa.int64()).to_numpy()
    if len(pc.unique(heads)) <= 1:
        if (numbers[1:] > numbers[:-1]).all():
            return frame.reset_index(drop=True)
        if pd.Index(numbers).is_unique:
            return frame.iloc[np.argsort(numbers)].reset_index(drop=True)
    keys = pa.table({"head": heads, "number": numbers, "text": texts})
    wanted = pc.sort_indices(keys, [(each, "ascending") for each in keys.column_names])
    return frame.iloc[wanted.to_numpy()].reset_index(drop=True)


def _register(
    codes: Sequence[str],
    places: Codes,
    names: "pd.Series[Any]",
    births: "pd.Series[Any] | None",
) -> Register:
    written, readings = meanings(names, name)
    born = read_column(births, birth_day) if births is not None else np.full(len(places), NONE)
    first, _ = distinct(packed(places, written, born))
    known: dict[int, set[str]] = defaultdict(set)
    birth_of: dict[int, int] = {}
    columns = (column[first].tolist() for column in (places, written, born))
    for place, reading, birth in sorted(zip(*columns, strict=True)):
        if readings[reading]:
            known[place].add(readings[reading])
        if birth != NONE:
            birth_of.setdefault(place, birth)
    return Register(
        [
            Person(text, frozenset(known[place]), birth_of.get(place))
            for place, text in enumerate(codes)
        ]
    )


def _panels(professional: Codes, patient: Codes) -> tuple[dict[int, list[int]], ...]:
    """The patients of each professional, and the professionals of each patient."""
    first, _ = distinct(packed(professional, patient))
    panels: dict[int, list[int]] = defaultdict(list)
    clients: dict[int, list[int]] = defaultdict(list)
    for one, other in zip(professional[first].tolist(), patient[first].tolist(), strict=True):
        panels[one].append(other)
        clients[other].append(one)
    return panels, clients
