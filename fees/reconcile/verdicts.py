"""What each line and each act comes to, in one word and one sentence."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from portal.kit.words import plain_day

from .claims import Claims, Trouble
from .coding import NONE, Codes
from .frames import LEFT, PAIRS, Left, Method, Pair, Reconciliation, State
from .log import STATES, Log
from .pairing import Pairing
from .reading import EPOCH, swapped

AMOUNT_DIFFERS = 0.97
"""Confidence in the pair, not in the claim: the people, the kind and the day agree."""
DAY_DIFFERS = 0.98
EACH_DAY = 0.01
BOTH_DIFFER = 0.9
KIND_DIFFERS = 0.93
"""Suggested, never accepted by itself."""

AGREES = "Tout concorde."
OF_STATE = {
    State.PAID: "Cet acte a déjà été payé.",
    State.REFUSED: "Cet acte a été refusé par le portail.",
}


def judge(claims: Claims, log: Log, done: Pairing, *, tolerance: int) -> Reconciliation:
    """The two frames. `tolerance`: cents by which an amount may differ and still be the same."""
    pairs, left_lines = _pairs(claims, log, done, tolerance), _left_lines(claims, log, done)
    alone = np.flatnonzero(~done.taken)
    left_acts = pd.DataFrame(
        {
            "source": "acts",
            "id": _identifiers(log.ids, alone),
            "verdict": Left.MISSING_IN_STATEMENT.value,
            "explanation": [_unclaimed(STATES[each]) for each in log.state[alone].tolist()],
            "cents": log.cents[alone],
        }
    )
    return Reconciliation(
        pairs=pairs,
        left=pd.concat([left_lines, left_acts], ignore_index=True),
        lines=len(claims.ids),
        acts=int((log.state != STATES.index(State.CANCELLED)).sum()),
    )


def _identifiers(ids: pa.ChunkedArray, rows: Codes) -> "pd.Series[Any]":
    return ids.take(pa.array(rows)).to_pandas(types_mapper=pd.ArrowDtype)


# --- Pairs


def _pairs(claims: Claims, log: Log, done: Pairing, tolerance: int) -> pd.DataFrame:
    line = np.flatnonzero(done.act_of != NONE)
    act = done.act_of[line]
    claimed, held = claims.cents[line], log.cents[act]
    day_differs = claims.day[line] != log.day[act]
    kind = claims.kind[line]
    kind_differs = (kind != NONE) & (kind != log.kind[act])
    amount_differs = (claimed == NONE) | (np.abs(claimed - held) > tolerance)
    state = log.state[act]
    verdict = _first_that_holds(
        {
            Pair.ALREADY_PAID: state == STATES.index(State.PAID),
            Pair.NOT_PAYABLE: state == STATES.index(State.REFUSED),
            Pair.KIND_DIFFERS: kind_differs,
            Pair.DATE_DIFFERS: day_differs,
            Pair.AMOUNT_DIFFERS: amount_differs,
        },
        Pair.MATCHED,
    )
    amount_given_agrees = (claimed == held) | claims.no_amount[line]
    agree = ~kind_differs & ~day_differs & amount_given_agrees
    liked = ~claims.exact[line] & (claims.sure[line] < 1)
    method = _first_that_holds({Method.FUZZY: liked, Method.EXACT: agree}, Method.TOLERANCE)
    gap = np.abs(claims.day[line] - log.day[act])
    confidence = done.sure[line]
    near = np.where(gap <= 3, DAY_DIFFERS - EACH_DAY * gap, DAY_DIFFERS - EACH_DAY)
    for differs, most in (
        (amount_differs, AMOUNT_DIFFERS),
        (day_differs, near),
        (day_differs & amount_differs, BOTH_DIFFER),
        (kind_differs, KIND_DIFFERS),
    ):
        np.minimum(confidence, most, out=confidence, where=differs)
    plainly = agree & claims.exact[line] & (claimed == held)
    frame = pd.DataFrame(
        {
            "line": _identifiers(claims.ids, line),
            "act": _identifiers(log.ids, act),
            "verdict": verdict,
            "confidence": np.round(confidence, 2),
            "method": method,
            "explanation": _explanations(claims, log, line, act, plainly),
            "cents": np.where(claimed == NONE, held, claimed),
        }
    )
    return frame[[*PAIRS, "cents"]]


def _first_that_holds(
    cases: dict[StrEnum, NDArray[np.bool_]], otherwise: StrEnum
) -> "pd.Categorical[Any]":
    """For each row, the first of the cases that is true."""
    codes = np.full(len(next(iter(cases.values()))), len(cases), np.int8)
    for place, holds in reversed(list(enumerate(cases.values()))):
        codes[holds] = place
    return _categorical(codes, [each.value for each in (*cases, otherwise)])


def _categorical(codes: Codes, words: list[str]) -> "pd.Categorical[Any]":
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(words))


def _explanations(
    claims: Claims, log: Log, line: Codes, act: Codes, plainly: NDArray[np.bool_]
) -> "pd.Categorical[Any]":
    """The sentence of each pair; most only say the state of their act."""
    places = {each: place for place, each in enumerate((AGREES, *OF_STATE.values()))}
    of_state = [places[OF_STATE.get(State(each), AGREES)] for each in STATES]
    codes = np.array(of_state, np.int64)[log.state[act]]
    rows = np.flatnonzero(~plainly)
    for row, both in zip(rows.tolist(), _both(claims, log, line[rows], act[rows]), strict=True):
        codes[row] = places.setdefault(_explained(both, log), len(places))
    return _categorical(codes, list(places))


class _Both(NamedTuple):
    """A line beside its act: what each says."""

    state: int
    kind: int
    kind_held: int
    day: int
    day_held: int
    cents: int
    cents_held: int
    no_amount: bool
    exact: bool
    patient: int


def _both(claims: Claims, log: Log, line: Codes, act: Codes) -> Iterator[_Both]:
    columns = (
        log.state[act],
        claims.kind[line],
        log.kind[act],
        claims.day[line],
        log.day[act],
        claims.cents[line],
        log.cents[act],
        claims.no_amount[line],
        claims.exact[line],
        log.patient[act],
    )
    return map(_Both._make, zip(*(column.tolist() for column in columns), strict=True))


def _explained(both: _Both, log: Log) -> str:
    """Each difference between a line and its act, with both values."""
    said = []
    if settled := OF_STATE.get(State(STATES[both.state])):
        said.append(settled)
    if both.kind not in (NONE, both.kind_held):
        claimed = f"« {log.kinds[both.kind]} »" if both.kind >= 0 else "un type inconnu"
        said.append(f"Type déclaré : {claimed} ; noté : « {log.kinds[both.kind_held]} ».")
    if both.day != both.day_held:
        said.append(_days(both.day, both.day_held))
    if both.cents == NONE:
        why = "absent" if both.no_amount else "illisible"
        said.append(f"Montant {why} ; noté : {_euros(both.cents_held)}.")
    elif both.cents != both.cents_held:
        said.append(f"Montant déclaré : {_euros(both.cents)} ; noté : {_euros(both.cents_held)}.")
    if not both.exact:
        patient = log.patients.codes[both.patient]
        said.append(f"Personnes ou type reconnus malgré l’écriture (dossier {patient}).")
    return " ".join(said) or AGREES


def _days(claimed: int, logged: int) -> str:
    exchanged = ", jour et mois échangés" if swapped(claimed) == logged else ""
    return f"Jour déclaré : {_day(claimed)} ; noté : {_day(logged)}{exchanged}."


@cache
def _day(number: int) -> str:
    return plain_day(EPOCH + timedelta(days=number)).replace("\u00a0", " ")


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d} €"


# --- What has no pair


def _left_lines(claims: Claims, log: Log, done: Pairing) -> pd.DataFrame:
    line = np.flatnonzero(done.act_of == NONE)
    trouble, repeats = claims.trouble[line], done.repeats[line]
    verdict = np.select(
        [
            trouble == Trouble.UNREADABLE,
            trouble != Trouble.NONE,
            repeats != NONE,
        ],
        [Left.UNREADABLE.value, Left.UNKNOWN_PATIENT.value, Left.CLAIMED_TWICE.value],
        Left.MISSING_IN_LOG.value,
    )
    return pd.DataFrame(
        {
            "source": "statement",
            "id": _identifiers(claims.ids, line),
            "verdict": verdict,
            "explanation": [
                _why_left(claims, each, int(repeated))
                for each, repeated in zip(line.tolist(), repeats.tolist(), strict=True)
            ],
            "cents": np.maximum(claims.cents[line], 0),
        }
    )[[*LEFT, "cents"]]


def _why_left(claims: Claims, line: int, repeats: int) -> str:
    match claims.trouble[line]:
        case Trouble.UNREADABLE:
            if claims.day[line] == NONE:
                return "La date est absente ou illisible."
            return "Le patient est absent ou illisible."
        case Trouble.UNKNOWN:
            return "Le professionnel ou le patient n’est pas connu du portail."
        case Trouble.AMBIGUOUS:
            people = len(claims.candidates.get(line, []))
            return f"{people} personnes peuvent convenir, et aucun acte ne les départage."
    if repeats != NONE:
        return f"Répète la ligne {claims.ids[repeats]} : aucun autre acte de ce jour n’est noté."
    return "Le patient est connu, mais aucun acte noté ne correspond."


def _unclaimed(state: str) -> str:
    if state == State.PAID:
        return "Acte déjà payé, absent du relevé."
    if state == State.REFUSED:
        return "Acte refusé, absent du relevé."
    return "Acte noté, jamais réclamé dans ce relevé."
