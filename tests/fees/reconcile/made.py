"""Statements with known truth: acts are logged, then claimed by people who slip now and then.

Invented names only, made of stems; a share of `noise` of the lines has one slip each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pandas as pd

from fees.reconcile.frames import ACTS, STATEMENT

FIRST_NAMES = (
    *("Solène", "Maëlle", "Anaïs", "Inès", "Joëlle", "Zoé", "Éloïse", "Léa", "Noé", "Gaël"),
    *("Loïc", "Rémi", "Théo", "Joël", "Cléo", "Aimé", "Marie-Ève", "Jean-Loup", "Paul-Élie"),
)
STEMS = (
    *("Aub", "Bren", "Cor", "Dal", "Érin", "Fal", "Gar", "Hau", "Ivr", "Jol", "Ker", "Lam"),
    *("Mor", "Nav", "Orl", "Pev", "Quin", "Roc", "Sal", "Tar"),
)
ENDS = ("ac", "in", "oux", "et", "ière", "on", "elle", "art", "eau", "ois", "ure", "and")
KINDS = {"MED-BILAN": "50.00", "KINE-REMOB": "30.00", "PSY-SUIVI": "50.00", "RCP-PARA": "50.00"}
FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Made:
    """`truth`: for each line, the acts that it may be paired with; empty when it has none."""

    acts: pd.DataFrame
    statement: pd.DataFrame
    truth: dict[str, frozenset[str]]
    slips: dict[str, str]


def make(acts: int, *, noise: float, seed: int = 1, names_only: bool = False) -> Made:
    """So many acts, their statement, and what is true. `names_only`: no patient number claimed."""
    random = Random(seed)
    people = _professionals(max(3, acts // 400), random)
    logged: list[dict[str, str]] = []
    for number in range(acts):
        who = random.choice(people)
        patient = random.choice(who.panel)
        kind = who.kind
        logged.append(
            {
                "act": f"A{number + 1}",
                "professional": who.code,
                "professional_name": who.name,
                **patient,
                "kind": kind,
                "done_on": str(FIRST_DAY + timedelta(days=random.randrange(330))),
                "amount": KINDS[kind],
                "state": random.choices(("accepted", "paid", "refused"), (90, 6, 4))[0],
            }
        )
    lines, truth, slips = _claimed(logged, noise, random, names_only=names_only)
    return Made(
        acts=pd.DataFrame(logged, columns=list(ACTS), dtype=str),
        statement=pd.DataFrame(lines, columns=list(STATEMENT), dtype=str),
        truth=truth,
        slips=slips,
    )


@dataclass(frozen=True, slots=True)
class _Professional:
    code: str
    name: str
    kind: str
    panel: list[dict[str, str]]


def _professionals(count: int, random: Random) -> list[_Professional]:
    people = []
    for number in range(count):
        patients = [_patient(number * 100 + each, random) for each in range(40)]
        people.append(
            _Professional(
                code=f"9970000{number:04d}",
                name=f"{random.choice(FIRST_NAMES)} {_surname(random)}",
                kind=random.choice(list(KINDS)),
                panel=patients,
            )
        )
    return people


def _patient(number: int, random: Random) -> dict[str, str]:
    born = date(1940, 1, 1) + timedelta(days=random.randrange(24_000))
    return {
        "patient_code": f"P{number:06d}",
        "patient_name": f"{_surname(random)} {random.choice(FIRST_NAMES)}",
        "birth_date": str(born),
    }


def _surname(random: Random) -> str:
    return random.choice(STEMS) + random.choice(ENDS) + random.choice(("", "", "", "-Mer"))


# --- Claims and their slips


def _claimed(
    logged: list[dict[str, str]], noise: float, random: Random, *, names_only: bool
) -> tuple[list[dict[str, str]], dict[str, frozenset[str]], dict[str, str]]:
    twins: dict[tuple[str, ...], list[str]] = {}
    for act in logged:
        twins.setdefault(_key(act), []).append(act["act"])
    lines: list[dict[str, str]] = []
    truth: dict[str, frozenset[str]] = {}
    slips: dict[str, str] = {}
    for act in logged:
        line = {each: act[each] for each in STATEMENT if each != "line"}
        if names_only:
            line["patient_code"] = ""
        line["line"] = f"L{len(lines) + 1}"
        fits = frozenset(twins[_key(act)])
        if random.random() < noise:
            slip = random.choice(list(SLIPS))
            if slip == "missing":
                continue
            if slip != "twice":
                slips[line["line"]] = slip
            if slip == "invented":
                line["done_on"] = str(date(2024, 1, 1) + timedelta(days=random.randrange(300)))
                fits = frozenset()
            elif slip == "twice":
                lines.append(line)
                truth[line["line"]] = fits
                line = {**line, "line": f"L{len(lines) + 1}"}
                slips[line["line"]] = slip
            else:
                SLIPS[slip](line, random)
                # a slip may land on another real act: the line then claims that one
                fits = frozenset(twins.get(_key(act | {"done_on": line["done_on"]}), fits))
        lines.append(_spelt(line, random))
        truth[line["line"]] = fits
    return lines, truth, slips


def _key(act: dict[str, str]) -> tuple[str, ...]:
    return tuple(act[each] for each in ("professional", "patient_code", "kind", "done_on"))


def _spelt(line: dict[str, str], random: Random) -> dict[str, str]:
    """The same facts in somebody's way of writing, which is no slip."""
    way = random.randrange(4)
    read = date.fromisoformat(line["done_on"])
    if way == 1:
        line["done_on"] = f"{read:%d/%m/%Y}"
        line["amount"] = line["amount"].replace(".", ",")
    elif way == 2:
        line["patient_name"] = line["patient_name"].upper().replace("É", "E")
        line["amount"] += " €"
    elif way == 3:
        line["patient_name"] = " ".join(reversed(line["patient_name"].split(" ")))
        line["kind"] = line["kind"].replace("-", " ").lower()
    return line


def _typo(text: str, random: Random) -> str:
    place = random.randrange(1, len(text))
    return random.choice(
        (
            text[:place] + text[place + 1 :],
            text[:place] + random.choice("aeioun") + text[place:],
            text[: place - 1]
            + text[place : place + 1]
            + text[place - 1 : place]
            + text[place + 1 :],
        )
    )


def _misspell(line: dict[str, str], random: Random) -> None:
    line["patient_name"] = _typo(line["patient_name"], random)


def _renumber(line: dict[str, str], random: Random) -> None:
    line["patient_code"] = _typo(line["patient_code"], random) if line["patient_code"] else ""


def _shift(line: dict[str, str], random: Random) -> None:
    moved = date.fromisoformat(line["done_on"]) + timedelta(days=random.choice((-2, -1, 1, 2)))
    line["done_on"] = str(moved)


def _swap(line: dict[str, str], random: Random) -> None:
    read = date.fromisoformat(line["done_on"])
    if read.day <= 12:
        line["done_on"] = str(date(read.year, read.day, read.month))


def _misprice(line: dict[str, str], random: Random) -> None:
    line["amount"] = random.choice(("25.00", "75.00", "300.00", "trente", ""))


def _nothing(line: dict[str, str], random: Random) -> None:
    """Handled where lines are written."""


SLIPS: dict[str, Callable[[dict[str, str], Random], None]] = {
    "misspelt": _misspell,
    "number": _renumber,
    "day": _shift,
    "swapped": _swap,
    "amount": _misprice,
    "twice": _nothing,
    "invented": _nothing,
    "missing": _nothing,
}


# --- Measures


@dataclass(frozen=True, slots=True)
class Measure:
    """Of the pairs accepted by themselves (confidence ≥ 0.95), and of all proposed ones."""

    automatic: int
    wrong_automatic: int
    pairable: int
    found: int
    found_automatic: int
    mistakes: list[tuple[str, str, str, float]]

    @property
    def precision(self) -> float:
        return 1 - self.wrong_automatic / max(1, self.automatic)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.pairable)


def measure(made: Made, pairs: pd.DataFrame) -> Measure:
    """How many pairs are right. A line said twice is right with its act, whichever says it."""
    automatic = wrong = found = found_automatic = 0
    mistakes = []
    for line, act, confidence in pairs[["line", "act", "confidence"]].to_numpy().tolist():
        right = act in made.truth[line]
        sure = confidence >= 0.95
        automatic += sure
        wrong += sure and not right
        found += right
        found_automatic += right and sure
        if not right:
            mistakes.append((line, made.slips.get(line, ""), act, confidence))
    twice = sum(slip == "twice" for slip in made.slips.values())
    pairable = sum(bool(fits) for fits in made.truth.values()) - twice
    return Measure(automatic, wrong, pairable, found, found_automatic, mistakes)
