"""The statement's lines as numbers: who, what, when, how much, and how sure each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .coding import NONE, Codes, distinct, meanings, packed, read_column
from .identity import NOT_GIVEN, Found, Panel, patient_of, professional_of
from .log import Log, in_natural_order
from .reading import birth_day, cents, code, day, name

KIND_LIKE = 80
UNKNOWN_NAME = -2
UNKNOWN_KIND = -2
"""A kind was written, but none of the log's."""


class Trouble(IntEnum):
    """What keeps a line from being looked for, or makes it wait for the others."""

    NONE = 0
    UNREADABLE = 1
    UNKNOWN = 2
    AMBIGUOUS = 3


@dataclass(slots=True)
class Claims:
    """The lines, in the order of their identifiers; columns as in `Log`.

    `kind` is NONE when the cell is empty, UNKNOWN_KIND when nothing is like it; `cents` NONE when
    unreadable, `no_amount` when empty. `candidates`: for ambiguous lines, the people who fit.
    """

    ids: "pd.Series[Any]"
    professional: Codes
    patient: Codes
    kind: Codes
    day: Codes
    cents: Codes
    no_amount: NDArray[np.bool_]
    exact: NDArray[np.bool_]
    sure: NDArray[np.float64]
    trouble: NDArray[np.int8]
    candidates: dict[int, list[tuple[int, int]]]


def read_claims(statement: pd.DataFrame, log: Log) -> Claims:
    """Every line of a statement, against the people and kinds of the log."""
    statement = in_natural_order(statement, "line")
    kind, kind_exact = _kinds(statement["kind"], log)
    amounts, written = meanings(statement["amount"], str.strip)
    claims = Claims(
        ids=statement["line"],
        professional=np.full(len(statement), NONE, np.int64),
        patient=np.full(len(statement), NONE, np.int64),
        kind=kind,
        day=read_column(statement["done_on"], day),
        cents=read_column(statement["amount"], cents),
        no_amount=np.array([not each for each in written], bool)[amounts],
        exact=kind_exact,
        sure=np.where(kind_exact, 1.0, 0.97),
        trouble=np.zeros(len(statement), np.int8),
        candidates={},
    )
    _identify(claims, statement, log)
    claims.trouble[claims.day == NONE] = Trouble.UNREADABLE
    return claims


def _kinds(texts: "pd.Series[Any]", log: Log) -> tuple[Codes, NDArray[np.bool_]]:
    places, written = meanings(texts, code)
    known = {each: place for place, each in enumerate(log.kinds)}
    found, exact = [], []
    for each in written:
        place = known.get(each, NONE if not each else UNKNOWN_KIND)
        exact.append(place != UNKNOWN_KIND)
        if place == UNKNOWN_KIND:
            near = process.extract(
                each, log.kinds, scorer=fuzz.ratio, score_cutoff=KIND_LIKE, limit=2
            )
            if near and (len(near) == 1 or near[0][1] > near[1][1]):
                place = near[0][2]
        found.append(place)
    return np.array(found, np.int64)[places], np.array(exact, bool)[places]


def _identify(claims: Claims, statement: pd.DataFrame, log: Log) -> None:
    """Find who each distinct set of cells speaks of, once, and tell it to its lines."""
    columns = (
        meanings(statement["professional"], code),
        meanings(statement["professional_name"], name),
        meanings(statement["patient_code"], code),
        meanings(statement["patient_name"], name),
    )
    births = read_column(statement["birth_date"], birth_day)
    key = packed(*(codes for codes, _ in columns), births)
    first, inverse = distinct(key)
    who, called, number, named = (codes[first] for codes, _ in columns)
    texts = [values for _, values in columns]
    claimants, which = _claimants(log, who, called, texts)
    patient = _plainly(log, texts, number, named, births[first])
    alone = np.array([each.people[0] if each.exact else NONE for each in claimants], np.int64)
    plain = (patient != NONE) & (alone[which] != NONE)
    professional = alone[which]
    exact, sure = plain.copy(), plain.astype(float)
    trouble = np.zeros(len(first), np.int8)
    several: dict[int, list[tuple[int, int]]] = {}
    panels: dict[tuple[int, ...], Panel] = {}
    for place in np.flatnonzero(~plain).tolist():
        birth = int(births[first[place]])
        claimant = claimants[which[place]]
        if claimant.people not in panels:
            patients = [other for each in claimant.people for other in log.panels.of(each)]
            panels[claimant.people] = log.patients.panel(patients)
        seen = patient_of(
            log.patients,
            panels[claimant.people],
            texts[2][number[place]],
            texts[3][named[place]],
            None if birth == NONE else birth,
        )
        pairs, exact[place], sure[place], trouble[place] = _who(log, claimant, seen)
        if trouble[place] == Trouble.AMBIGUOUS:
            several[place] = pairs
        professional[place], patient[place] = pairs[0] if len(pairs) == 1 else (NONE, NONE)
    claims.professional, claims.patient = professional[inverse], patient[inverse]
    claims.exact &= exact[inverse]
    claims.sure = np.minimum(claims.sure, sure[inverse])
    claims.trouble = trouble[inverse]
    for line in np.flatnonzero(claims.trouble == Trouble.AMBIGUOUS).tolist():
        claims.candidates[line] = several[int(inverse[line])]


def _claimants(
    log: Log, who: Codes, called: Codes, texts: list[list[str]]
) -> tuple[list[Found], Codes]:
    """Each way of naming a professional, looked up once, and the one of each set of cells."""
    first, which = distinct(packed(who, called))
    numbers, names = who[first].tolist(), called[first].tolist()
    found = [
        professional_of(log.professionals, texts[0][number], texts[1][named])
        for number, named in zip(numbers, names, strict=True)
    ]
    return found, which


def _plainly(log: Log, texts: list[list[str]], number: Codes, named: Codes, birth: Codes) -> Codes:
    """The patient whose number, name and birth date are those claimed, or not given; else NONE.

    What `patient_of` would say of nearly every line, for all at once.
    """
    people = log.patients
    spelt = {each: place for place, each in enumerate(texts[3])}
    written = np.array([spelt.get(each, UNKNOWN_NAME) for each in people.names], np.int64)
    called = people.called
    counts = np.bincount(called.keys, minlength=len(people.codes))
    own_name = np.full(len(people.codes) + 1, UNKNOWN_NAME, np.int64)  # the last: of nobody
    own_name[called.keys] = written[called.values]
    own_name[:-1][counts > 1] = UNKNOWN_NAME
    own_birth = np.r_[people.births, NONE]
    of_number = np.array([people.by_code.get(each, NONE) for each in texts[2]], np.int64)
    patient = of_number[number]
    same_name = (named == spelt.get("", NONE)) | (named == own_name[patient])
    same_birth = (birth == NONE) | (birth == own_birth[patient])
    return np.where(same_name & same_birth, patient, NONE)


def _who(
    log: Log, claimant: Found, seen: Found
) -> tuple[list[tuple[int, int]], bool, float, Trouble]:
    """The (professional, patient) who fit, whether all agrees, how sure, and what is wrong."""
    people = claimant.people
    if seen is NOT_GIVEN:
        return [], False, 0.0, Trouble.UNREADABLE
    if claimant is NOT_GIVEN:
        people = tuple(sorted({p for each in seen.people for p in log.clients.of(each)}))
    pairs = _pairs(people, seen.people, log)
    if not pairs:
        return [], False, 0.0, Trouble.UNKNOWN
    exact = claimant.exact and seen.exact and len(pairs) == 1
    given = claimant.confidence if claimant.given else 0.9
    trouble = Trouble.NONE if len(pairs) == 1 and claimant.given else Trouble.AMBIGUOUS
    return pairs, exact, given * seen.confidence, trouble


def _pairs(
    professionals: Sequence[int], patients: Sequence[int], log: Log
) -> list[tuple[int, int]]:
    """Those who know each other; when none do, all: the patient is known, the act is missing."""
    every = [(one, other) for one in professionals for other in patients]
    if len(every) == 1:
        return every
    panels = {one: set(log.panels.of(one)) for one in professionals}
    acquainted = [(one, other) for one, other in every if other in panels[one]]
    return acquainted or every
