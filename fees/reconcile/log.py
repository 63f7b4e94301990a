"""The acts as numbers, and the people they make known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .coding import (
    NONE,
    Codes,
    Grouped,
    Words,
    coded,
    distinct,
    grouped,
    meanings,
    packed,
    read_column,
    through,
)
from .frames import State
from .identity import Panel, Register
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
    names_seen: Grouped
    whose_seen: Grouped
    """Places of the names of each professional's patients, and whose each is."""

    def panel(self, professionals: Sequence[int]) -> Panel:
        """The patients of these, to be looked among."""
        found = (self.panels, self.names_seen, self.whose_seen)
        return Panel(
            self.patients,
            *([value for key in professionals for value in each.of(key)] for each in found),
        )


def read_log(acts: pa.Table) -> Log:
    """Acts whose cells are right (see `frames`); the reader of files has refused the others."""
    acts = in_natural_order(acts, "act")
    said = said_of_people(acts)
    kinds = coded(acts["kind"])
    kind_of, every_kind = meanings(kinds.texts, codes)
    first, _ = distinct(packed(said.professional, said.patient))
    met, seen = said.professional[first], said.patient[first]
    callers = said.claimants
    patients = _register(
        said.patients, said.patient_names, said.patient, said.patient_name, said.birth
    )
    panels = grouped(met, seen, size=len(said.professionals.places))
    names_seen, whose_seen = through(panels, patients.called)
    return Log(
        ids=acts["act"],
        professional=said.professional[said.set_of],
        patient=said.patient[said.set_of],
        kind=kind_of[kinds.codes],
        day=read_column(acts["done_on"], day),
        cents=read_column(acts["amount"], cents),
        state=read_column(acts["state"], STATES.index),
        kinds=list(every_kind.places),
        professionals=_register(
            said.professionals,
            said.professional_names,
            said.professional[callers],
            said.professional_name[callers],
            np.full(len(callers), NONE),
        ),
        patients=patients,
        panels=panels,
        clients=grouped(seen, met, size=len(said.patients.places)),
        names_seen=names_seen,
        whose_seen=whose_seen,
    )


def _register(numbers: Words, names: Words, people: Codes, calls: Codes, days: Codes) -> Register:
    """People with all their names; of several birth dates, the first said with the first name."""
    order = np.lexsort((days, calls, people))
    people, calls, days = people[order], calls[order], days[order]
    birth_of = np.full(len(numbers.places), NONE, np.int64)
    dated = np.flatnonzero(days != NONE)[::-1]  # the first said is kept: written last
    birth_of[people[dated]] = days[dated]
    named = (calls != names.places.get("", NONE)) & np.r_[
        True, (people[1:] != people[:-1]) | (calls[1:] != calls[:-1])
    ]
    people, calls = people[named], calls[named]
    return Register(
        numbers,
        birth_of,
        names,
        called=grouped(people, calls, size=len(numbers.places)),
        bearers=grouped(calls, people, size=len(names.places)),
    )
