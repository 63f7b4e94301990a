"""What the rows of a table say of people, each distinct set of cells once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .coding import (
    NO_WORDS,
    NONE,
    Coded,
    Codes,
    Words,
    coded,
    distinct,
    first_of_each,
    joined,
    meanings,
    numbers,
    packed,
)
from .frames import OF_PEOPLE
from .reading import EPOCH, FIRST_YEAR, LAST_YEAR, birth_day, codes, names

EARLIEST = (date(FIRST_YEAR, 1, 1) - EPOCH).days
LATEST = (date(LAST_YEAR, 12, 31) - EPOCH).days


@dataclass(frozen=True, slots=True)
class Said:
    """`set_of`: the set of each row. The columns are of sets: places in the texts, days of birth.

    `claimant`: which way of naming a professional; `claimants`: the first set that has each.
    """

    set_of: Codes
    claimant: Codes
    claimants: Codes
    professional: Codes
    professional_name: Codes
    patient: Codes
    patient_name: Codes
    birth: Codes
    professionals: Words
    professional_names: Words
    patients: Words
    patient_names: Words


def said_of_people(
    table: pa.Table,
    professionals: Words = NO_WORDS,
    professional_names: Words = NO_WORDS,
    patients: Words = NO_WORDS,
    patient_names: Words = NO_WORDS,
) -> Said:
    """Numbers and names by meaning, those already known first."""
    cells = {each: coded(table[each]) for each in OF_PEOPLE}
    first, set_of = _sets(cells)

    def told(
        column: str, read: Callable[[list[str]], list[str]], known: Words
    ) -> tuple[Codes, Words]:
        places, words = meanings(cells[column].texts, read, known)
        return places[cells[column].codes[first]], words

    who, every_who = told("professional", codes, professionals)
    called, every_called = told("professional_name", names, professional_names)
    number, every_number = told("patient_code", codes, patients)
    named, every_named = told("patient_name", names, patient_names)
    born = cells["birth_date"]
    claimants, claimant = distinct(packed(who, called))
    return Said(
        set_of=set_of,
        claimant=claimant,
        claimants=claimants,
        professional=who,
        professional_name=called,
        patient=number,
        patient_name=named,
        birth=births(born.texts)[born.codes[first]],
        professionals=every_who,
        professional_names=every_called,
        patients=every_number,
        patient_names=every_named,
    )


def _sets(cells: dict[str, Coded]) -> tuple[Codes, Codes]:
    """The first row of each distinct set of cells, and the set of each row."""
    column = {each: of.codes for each, of in cells.items()}
    patient = joined(joined(column["patient_code"], column["patient_name"]), column["birth_date"])
    claimant = joined(column["professional"], column["professional_name"])
    return first_of_each(joined(patient, claimant))


def births(texts: pa.StringArray) -> Codes:
    """Days of birth, as `birth_day` reads them; those in ISO form, nearly all, at once."""
    plainly = pc.match_substring_regex(texts, r"^\d{4}-\d{2}-\d{2}$")
    try:
        days = texts.filter(plainly).cast(pa.date32()).cast(pa.int32()).to_numpy()
    except pa.ArrowInvalid:  # one of them is no day
        return numbers(texts.to_pylist(), birth_day)
    found = np.empty(len(texts), np.int64)
    at_once = plainly.to_numpy(zero_copy_only=False)
    found[at_once] = np.where((days >= EARLIEST) & (days <= LATEST), days, NONE)
    found[~at_once] = numbers(texts.filter(pc.invert(plainly)).to_pylist(), birth_day)
    return found
