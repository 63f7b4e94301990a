"""The statement's lines as numbers: who, what, when, how much, and how sure each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .coding import NONE, Codes, coded, meanings, read_column
from .identity import NOT_GIVEN, Found, Panel, patient_of, professional_of
from .log import Log
from .order import in_natural_order
from .reading import cents, codes, day
from .said import Said, said_of_people

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

    ids: pa.ChunkedArray
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


def read_claims(statement: pa.Table, log: Log) -> Claims:
    """Every line of a statement, against the people and kinds of the log."""
    statement = in_natural_order(statement, "line")
    kind, kind_exact = _kinds(statement["kind"], log)
    claims = Claims(
        ids=statement["line"],
        professional=np.full(len(statement), NONE, np.int64),
        patient=np.full(len(statement), NONE, np.int64),
        kind=kind,
        day=read_column(statement["done_on"], day),
        cents=read_column(statement["amount"], cents),
        no_amount=read_column(statement["amount"], lambda cell: not cell.strip()).astype(bool),
        exact=kind_exact,
        sure=np.where(kind_exact, 1.0, 0.97),
        trouble=np.zeros(len(statement), np.int8),
        candidates={},
    )
    _identify(claims, statement, log)
    claims.trouble[claims.day == NONE] = Trouble.UNREADABLE
    return claims


def _kinds(texts: pa.ChunkedArray, log: Log) -> tuple[Codes, NDArray[np.bool_]]:
    cells = coded(texts)
    places, written = meanings(cells.texts, codes)
    known = {each: place for place, each in enumerate(log.kinds)}
    found, exact = [], []
    for each in written.places:
        place = known.get(each, NONE if not each else UNKNOWN_KIND)
        exact.append(place != UNKNOWN_KIND)
        if place == UNKNOWN_KIND:
            near = process.extract(
                each, log.kinds, scorer=fuzz.ratio, score_cutoff=KIND_LIKE, limit=2
            )
            if near and (len(near) == 1 or near[0][1] > near[1][1]):
                place = near[0][2]
        found.append(place)
    return np.array(found, np.int64)[places][cells.codes], np.array(exact, bool)[places][
        cells.codes
    ]


def _identify(claims: Claims, statement: pa.Table, log: Log) -> None:
    """Find who each distinct set of cells speaks of, once, and tell it to its lines."""
    said = said_of_people(
        statement,
        professionals=log.professionals.numbers,
        professional_names=log.professionals.calls,
        patients=log.patients.numbers,
        patient_names=log.patients.calls,
    )
    claimants = _claimants(log, said)
    patient = _plainly(log, said)
    alone = np.array([each.people[0] if each.exact else NONE for each in claimants], np.int32)
    professional = alone[said.claimant]
    plain = (patient != NONE) & (professional != NONE)
    numbers, names = list(said.patients.places), list(said.patient_names.places)
    exact, sure = plain.copy(), plain.astype(float)
    trouble = np.zeros(len(plain), np.int8)
    several: dict[int, list[tuple[int, int]]] = {}
    panels: dict[tuple[int, ...], Panel] = {}
    for place in np.flatnonzero(~plain).tolist():
        birth = int(said.birth[place])
        claimant = claimants[said.claimant[place]]
        if claimant.people not in panels:
            panels[claimant.people] = log.panel(claimant.people)
        seen = patient_of(
            log.patients,
            panels[claimant.people],
            numbers[said.patient[place]],
            names[said.patient_name[place]],
            None if birth == NONE else birth,
        )
        pairs, exact[place], sure[place], trouble[place] = _who(log, claimant, seen)
        if trouble[place] == Trouble.AMBIGUOUS:
            several[place] = pairs
        professional[place], patient[place] = pairs[0] if len(pairs) == 1 else (NONE, NONE)
    claims.professional, claims.patient = professional[said.set_of], patient[said.set_of]
    claims.exact &= exact[said.set_of]
    claims.sure = np.minimum(claims.sure, sure[said.set_of])
    claims.trouble = trouble[said.set_of]
    for line in np.flatnonzero(claims.trouble == Trouble.AMBIGUOUS).tolist():
        claims.candidates[line] = several[int(said.set_of[line])]


def _claimants(log: Log, said: Said) -> list[Found]:
    """Who each way of naming a professional speaks of, looked up once."""
    numbers, names = list(said.professionals.places), list(said.professional_names.places)
    ways = zip(
        said.professional[said.claimants].tolist(),
        said.professional_name[said.claimants].tolist(),
        strict=True,
    )
    return [professional_of(log.professionals, numbers[one], names[two]) for one, two in ways]


def _plainly(log: Log, said: Said) -> Codes:
    """The patient whose number, name and birth date are those claimed, or not given; else NONE.

    What `patient_of` would say of nearly every line, for all at once.
    """
    people = log.patients
    starts, called = np.array(people.called.starts), np.array(people.called.values)
    alone = np.diff(starts) == 1
    own_name = np.full(len(people.codes) + 1, UNKNOWN_NAME)  # the last: of nobody
    own_name[:-1][alone] = called[starts[:-1][alone]]
    own_birth = np.append(people.births, NONE)
    patient = np.where(said.patient < len(people.codes), said.patient, NONE)
    name, birth = said.patient_name, said.birth
    same_name = (name == said.patient_names.places.get("", NONE)) | (name == own_name[patient])
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
