"""Lines and acts joined one to one: the same key first, then within the rules of tolerance.

1. The same professional, patient, kind and day: equal amounts first, then the others.
2. What is left of such a group repeats a line already paired: it is claimed twice.
3. The same kind within some days, or with day and month exchanged.
4. The same day under another kind.
5. Lines of which several people fit: the act that was logged chooses.
In each, the order is that of the identifiers, so the order of the files never counts.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .claims import Claims, Trouble
from .coding import NONE, Codes, distinct, occurrence, stacked
from .frames import State
from .log import STATES, Log
from .reading import swapped

CANCELLED = STATES.index(State.CANCELLED)
SWAPPED_COST = 1.5
"""A day exchanged with its month is likelier than two days of difference."""
SHARED = 0.85
"""Confidence left when another act would have done nearly as well."""


@dataclass(slots=True)
class Pairing:
    """`act_of`: the act of each line, NONE without; `repeats`: the line that a line repeats."""

    act_of: Codes
    repeats: Codes
    taken: NDArray[np.bool_]
    sure: NDArray[np.float64]
    keys: dict[tuple[int, ...], int] = field(default_factory=dict)

    def join(self, lines: Codes, acts: Codes) -> None:
        self.act_of[lines] = acts
        self.taken[acts] = True


def pair(claims: Claims, log: Log, *, days: int) -> Pairing:
    """Join what can be; `days`: how far from its act a line's date may be."""
    done = Pairing(
        act_of=np.full(len(claims.ids), NONE, np.int64),
        repeats=np.full(len(claims.ids), NONE, np.int64),
        taken=log.state == CANCELLED,
        sure=claims.sure.copy(),
    )
    _same_key(claims, log, done)
    _within_days(claims, log, done, days)
    _other_kind(claims, log, done)
    _by_the_act(claims, log, done, days)
    return done


def _open(claims: Claims, done: Pairing) -> Codes:
    """Lines of a known person, without act yet, that repeat nothing."""
    waiting = (claims.trouble == Trouble.NONE) & (done.act_of == NONE) & (done.repeats == NONE)
    return np.flatnonzero(waiting)


# --- 1 and 2. The same key


def _same_key(claims: Claims, log: Log, done: Pairing) -> None:
    lines = _open(claims, done)
    lines = lines[claims.kind[lines] >= 0]
    acts = np.flatnonzero(~done.taken)
    acts = acts[np.argsort(log.state[acts].astype(np.int8), kind="stable")]  # payable first
    columns = (
        (claims.professional, log.professional),
        (claims.patient, log.patient),
        (claims.kind, log.kind),
        (claims.day, log.day),
    )
    key = stacked((claimed[lines], logged[acts]) for claimed, logged in columns)
    full = stacked([(key,), (claims.cents[lines], log.cents[acts])])
    _join_ranked(lines, acts, full, done)
    free = np.r_[done.act_of[lines] == NONE, ~done.taken[acts]]
    _join_ranked(lines[free[: len(lines)]], acts[free[len(lines) :]], key[free], done)
    _mark_repeats(claims, done)


def _join_ranked(lines: Codes, acts: Codes, key: Codes, done: Pairing) -> None:
    """The first line of a key with its first act, the second with the second.

    `key`: of the lines, then of the acts.
    """
    places, values = pd.factorize(key)
    of_lines, of_acts = places[: len(lines)], places[len(lines) :]
    counts = np.bincount(of_acts, minlength=len(values))
    starts = np.cumsum(counts) - counts
    by_key = np.empty_like(acts)
    by_key[starts[of_acts] + occurrence(of_acts)] = acts
    ranks = occurrence(of_lines)
    found = ranks < counts[of_lines]
    done.join(lines[found], by_key[starts[of_lines[found]] + ranks[found]])


def _mark_repeats(claims: Claims, done: Pairing) -> None:
    """Lines of a key whose acts all went to other lines: they say again what those said."""
    rest = _open(claims, done)
    if not len(rest):
        return
    patients = np.zeros(int(claims.patient.max(initial=0)) + 1, bool)
    patients[claims.patient[rest]] = True
    said = np.flatnonzero((done.act_of != NONE) & patients[claims.patient])
    columns = (claims.professional, claims.patient, claims.kind + 1, claims.day)
    key = stacked((column[said], column[rest]) for column in columns)
    first, place = distinct(key)
    repeated = first[place[len(said) :]]
    again = repeated < len(said)
    done.repeats[rest[again]] = said[repeated[again]]


# --- 3 and 4. Another day, another kind


def _within_days(claims: Claims, log: Log, done: Pairing, days: int) -> None:
    near = _candidates(claims, log, done, with_kind=True)
    gap = np.abs(claims.day[near.line] - log.day[near.act])
    exchanged = _exchanged(claims.day[near.line]) == log.day[near.act]
    cost = np.where(gap <= days, gap.astype(float), np.inf)
    cost = np.where(exchanged, np.minimum(cost, SWAPPED_COST), cost)
    cost += 100.0 * (claims.cents[near.line] != log.cents[near.act])  # an equal amount first
    _greedy(near, cost, log, done)
    _mark_repeats(claims, done)


def _other_kind(claims: Claims, log: Log, done: Pairing) -> None:
    near = _candidates(claims, log, done, with_kind=False)
    same_day = claims.day[near.line] == log.day[near.act]
    equal = claims.cents[near.line] == log.cents[near.act]
    cost = np.where(same_day, 1.0 - equal, np.inf)
    _greedy(near, cost, log, done)
    _mark_repeats(claims, done)


@dataclass(frozen=True, slots=True)
class _Near:
    line: Codes
    act: Codes


def _candidates(claims: Claims, log: Log, done: Pairing, *, with_kind: bool) -> _Near:
    """Every open line with every free act of the same people, and of the same kind."""
    lines, acts = _open(claims, done), np.flatnonzero(~done.taken)
    if with_kind:
        lines = lines[claims.kind[lines] >= 0]
    columns = [(claims.professional, log.professional), (claims.patient, log.patient)]
    if with_kind:
        columns.append((claims.kind, log.kind))
    key = stacked((claimed[lines], logged[acts]) for claimed, logged in columns)
    left = pd.DataFrame({"key": key[: len(lines)], "line": lines})
    right = pd.DataFrame({"key": key[len(lines) :], "act": acts})
    both = left.merge(right[right["key"].isin(left["key"])], on="key")
    return _Near(both["line"].to_numpy(np.int64), both["act"].to_numpy(np.int64))


def _exchanged(days: Codes) -> Codes:
    values, inverse = np.unique(days, return_inverse=True)
    others = [swapped(int(each)) for each in values]
    return np.array([NONE if each is None else each for each in others], np.int64)[inverse]


def _greedy(near: _Near, cost: NDArray[np.float64], log: Log, done: Pairing) -> None:
    """Join the closest first; a choice between two acts as close leaves a doubt."""
    kept = np.isfinite(cost)
    line, act, cost = near.line[kept], near.act[kept], cost[kept]
    order = np.lexsort((act, line, log.state[act], cost))
    choices = np.bincount(line, minlength=len(done.act_of)) if len(line) else done.act_of
    for position in order.tolist():
        one, other = int(line[position]), int(act[position])
        if done.act_of[one] == NONE and not done.taken[other]:
            done.act_of[one], done.taken[other] = other, True
            if choices[one] > 1:
                done.sure[one] = min(done.sure[one], SHARED)


# --- 5. Several people fit


def _by_the_act(claims: Claims, log: Log, done: Pairing, days: int) -> None:
    """For each line, the free acts of those who fit: one person's alone, and the line is theirs.

    The nearest act counts: the same day, kind and amount, else the same day and kind, else within
    the tolerance. Equal acts of two people leave it unknown.
    """
    people = {each for pairs in claims.candidates.values() for each in pairs}
    if not people:
        return
    wanted = pd.MultiIndex.from_tuples(sorted(people))
    held = pd.MultiIndex.from_arrays([log.professional, log.patient])
    of_people: dict[tuple[int, int], list[int]] = defaultdict(list)
    live = log.state != CANCELLED
    for act in np.flatnonzero(held.isin(wanted) & live).tolist():
        of_people[int(log.professional[act]), int(log.patient[act])].append(act)
    said: dict[int, int] = {}
    for line in np.flatnonzero(done.act_of != NONE).tolist() if of_people else []:
        said.setdefault(int(done.act_of[line]), line)
    for line in sorted(claims.candidates):
        if claims.trouble[line] != Trouble.AMBIGUOUS:
            continue
        ranked = sorted(
            (cost, act, pair)
            for pair in claims.candidates[line]
            for act in of_people[pair]
            if (cost := _cost(claims, log, line, act, days)) is not None
        )
        free = [each for each in ranked if not done.taken[each[1]]]
        if not free:
            same_day = [each for each in ranked if log.day[each[1]] == claims.day[line]]
            if len({pair for _, _, pair in same_day}) == 1 and same_day[0][1] in said:
                done.repeats[line] = said[same_day[0][1]]
                _settle(claims, line, same_day[0][2])
            continue
        best = [each for each in free if each[0] == free[0][0]]
        if len({pair for _, _, pair in best}) > 1:
            continue
        _, act, pair = best[0]
        done.act_of[line], done.taken[act], said[act] = act, True, line
        _settle(claims, line, pair)
        if len({pair for _, _, pair in free}) > 1 or free[0][0] > 0:
            done.sure[line] = min(done.sure[line], SHARED)


def _settle(claims: Claims, line: int, people: tuple[int, int]) -> None:
    """The line is known to be theirs."""
    claims.professional[line], claims.patient[line] = people
    claims.trouble[line] = Trouble.NONE


def _cost(claims: Claims, log: Log, line: int, act: int, days: int) -> float | None:
    """How far an act is from a line, 0 when all agrees; None when they cannot be the same."""
    kind = claims.kind[line]
    same_kind = kind in (NONE, log.kind[act])
    gap = abs(int(claims.day[line]) - int(log.day[act]))
    amount = 0.5 * bool(claims.cents[line] != log.cents[act])
    if not same_kind:
        return 8 + amount if gap == 0 else None
    if gap == 0:
        return amount
    if gap <= days:
        return gap + amount
    exchanged = swapped(int(claims.day[line])) == int(log.day[act])
    return SWAPPED_COST + amount if exchanged else None
