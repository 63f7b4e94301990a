"""The acts as numbers, and the people they make known."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .coding import NONE, Codes, Grouped, Places, distinct, grouped, meanings, packed, read_column
from .frames import State
from .identity import Register
from .order import in_natural_order
from .reading import cents, codes, day
from .said import said_of_people

STATES = [state.value for state in State]


@dataclass(slots=True)
class Log:
    """The acts, in the order of their identifiers; cancelled ones only make people known.

    Columns are whole numbers: `professional` and `patient` are places in their registers, `kind`
    in `kinds`, `state` in STATES, `day` days since 1970, `cents` cents.
    """

    ids: pa.ChunkedArray
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


def read_log(acts: pa.Table) -> Log:
    """Acts whose cells are right (see `frames`); the reader of files has refused the others."""
    acts = in_natural_order(acts, "act")
    said = said_of_people(acts)
    kind, kinds = meanings(acts["kind"], codes)
    first, _ = distinct(packed(said.professional, said.patient))
    met, seen = said.professional[first], said.patient[first]
    callers = said.claimants
    return Log(
        ids=acts["act"],
        professional=said.professional[said.set_of],
        patient=said.patient[said.set_of],
        kind=kind,
        day=read_column(acts["done_on"], day),
        cents=read_column(acts["amount"], cents),
        state=read_column(acts["state"], STATES.index),
        kinds=list(kinds),
        professionals=_register(
            said.professionals,
            said.professional_names,
            said.professional[callers],
            said.professional_name[callers],
            np.full(len(callers), NONE),
        ),
        patients=_register(
            said.patients, said.patient_names, said.patient, said.patient_name, said.birth
        ),
        panels=grouped(met, seen, size=len(said.professionals)),
        clients=grouped(seen, met, size=len(said.patients)),
    )


def _register(
    by_code: Places, by_name: Places, people: Codes, calls: Codes, days: Codes
) -> Register:
    """People with all their names; of several birth dates, the first said with the first name."""
    order = np.lexsort((days, calls, people))
    people, calls, days = people[order], calls[order], days[order]
    birth_of = np.full(len(by_code), NONE, np.int64)
    dated = np.flatnonzero(days != NONE)[::-1]  # the first said is kept: written last
    birth_of[people[dated]] = days[dated]
    named = (calls != by_name.get("", NONE)) & np.r_[
        True, (people[1:] != people[:-1]) | (calls[1:] != calls[:-1])
    ]
    people, calls = people[named], calls[named]
    return Register(
        by_code,
        birth_of,
        by_name,
        called=grouped(people, calls, size=len(by_code)),
        bearers=grouped(calls, people, size=len(by_name)),
    )
