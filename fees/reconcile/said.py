"""What the rows of a table say of people, each distinct set of cells once."""

from dataclasses import dataclass

import pyarrow as pa

from .coding import NO_WORDS, Codes, Words, coded, distinct, meanings, numbers, packed
from .reading import birth_day, codes, names


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
    who, every_who = meanings(table["professional"], codes, professionals)
    called, every_called = meanings(table["professional_name"], names, professional_names)
    number, every_number = meanings(table["patient_code"], codes, patients)
    named, every_named = meanings(table["patient_name"], names, patient_names)
    born, births = coded(table["birth_date"])
    _, claimant = distinct(packed(who, called))
    first, set_of = distinct(packed(claimant, number, named, born))
    claimants, _ = distinct(claimant[first])
    return Said(
        set_of=set_of,
        claimant=claimant[first],
        claimants=claimants,
        professional=who[first],
        professional_name=called[first],
        patient=number[first],
        patient_name=named[first],
        birth=numbers(births, birth_day)[born[first]],
        professionals=every_who,
        professional_names=every_called,
        patients=every_number,
        patient_names=every_named,
    )
