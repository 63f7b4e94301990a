"""Instruments of the questionnaire: what they ask, how answers are checked and scored.

Pure: values in, values out. An instrument is data (`network/instruments/`); nothing here knows one
by name. A score is a count with its published bands, never a diagnosis.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

type Value = int | str | list[str] | None
"""An answer; None = passed over."""

NOWHERE = "none"
"""The answer of a body map without any painful place, sent alone."""
UNHASHED = frozenset({"rights"})
"""What may be completed without a new version: nobody answers it, no score counts it."""


class InvalidInstrument(Exception):
    """The file does not describe an instrument."""


class InvalidAnswer(Exception):
    """The value is not one that the item allows."""


class Licence(StrEnum):
    """What the owner of an instrument asks."""

    FREE = "free"
    PERMISSION = "permission"
    COMMERCIAL = "commercial"


class Kind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"
    NUMBER = "number"
    REGIONS = "regions"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `group` gathers the places of a body map."""

    value: int | str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers of an item; `low` and `high` say the ends of a scale of numbers."""

    kind: Kind
    choices: tuple[Choice, ...] = ()
    low: str = ""
    high: str = ""
    longest: int = 0

    def label_of(self, value: Value) -> str:
        """The answer in words; empty when it was passed over."""
        if value is None:
            return ""
        if self.kind is Kind.TEXT:
            return str(value)
        labels = {each.value: each.label for each in self.choices}
        if isinstance(value, list):
            return ", ".join(labels[each] for each in value)
        return labels[value]


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    scale: Scale
    hint: str = ""

    def check(self, value: Value) -> Value:
        """The value, when the item allows it (None always: an answer is never forced).

        Raises InvalidAnswer.
        """
        if value is None:
            return None
        if self.scale.kind is Kind.TEXT:
            if isinstance(value, str) and 0 < len(value) <= self.scale.longest:
                return value
            raise InvalidAnswer(self.id)
        allowed = [each.value for each in self.scale.choices]
        if self.scale.kind is Kind.REGIONS:
            if not isinstance(value, list) or not set(value) <= set(allowed):
                raise InvalidAnswer(self.id)
            return [str(each) for each in allowed if each in value]
        if isinstance(value, bool | list) or value not in allowed:
            raise InvalidAnswer(self.id)
        return value


@dataclass(frozen=True, slots=True)
class Band:
    """A published span of a score: from `start`, up to the next one."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Score:
    """How answers make a figure. `missing`: items that may be passed over, replaced by the mean
    of the others; beyond, there is no score. `plain` is what patients read instead of `label`;
    `lower_is_better` only says how a curve reads.
    """

    id: str
    label: str
    plain: str
    items: tuple[str, ...]
    lowest: int
    highest: int
    lower_is_better: bool
    counted: bool = False
    factor: int = 1
    missing: int = 0
    bands: tuple[Band, ...] = ()
    note: str = ""

    def of(self, answers: Mapping[str, Value]) -> int | None:
        """The score of these answers; None when too many were passed over."""
        given = [answers.get(item) for item in self.items]
        if self.counted:
            places = [each for each in given if isinstance(each, list)]
            return sum(map(len, places)) if len(places) == len(given) else None
        numbers = [each for each in given if isinstance(each, int)]
        if not numbers or len(self.items) - len(numbers) > self.missing:
            return None
        whole = Decimal(sum(numbers) * len(self.items)) / len(numbers)
        return int(whole.quantize(Decimal(1), ROUND_HALF_UP)) * self.factor

    def estimated(self, answers: Mapping[str, Value]) -> bool:
        """Whether an answer passed over was replaced by the mean of the others."""
        return self.of(answers) is not None and any(
            answers.get(item) is None for item in self.items
        )

    def band(self, score: int | None) -> str:
        """The words of the published band; empty without score or without bands."""
        if score is None:
            return ""
        reached = [band.label for band in self.bands if band.start <= score]
        return reached[-1] if reached else ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An item whose answer above this value opens the alert path at once."""

    item: str
    above: int


@dataclass(frozen=True, slots=True)
class Rights:
    """Who owns the words, and what proves that they may be shown."""

    licence: Licence
    citation: str
    terms: str = ""
    proof: str = ""
    valid_until: date | None = None
    to_verify: bool = True

    def allow(self, on: date) -> bool:
        """Whether the words may be shown that day: free, or proven and still valid."""
        if self.licence is Licence.FREE:
            return True
        return bool(self.proof) and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument. `theme` is what patients read instead of its title."""

    id: str
    version: int
    language: str
    title: str
    theme: str
    intro: str
    items: tuple[Item, ...]
    scores: tuple[Score, ...]
    alerts: tuple[Alert, ...]
    rights: Rights
    content_hash: str

    def item(self, key: str) -> Item:
        return next(each for each in self.items if each.id == key)

    def alarms(self, item: str, value: Value) -> bool:
        """Whether this answer opens the alert path."""
        return any(
            alert.item == item and isinstance(value, int) and value > alert.above
            for alert in self.alerts
        )


def content_hash(data: Mapping[str, Any]) -> str:
    """What names this very content: the same for the same words and rules, whatever the layout."""
    kept = {key: value for key, value in data.items() if key not in UNHASHED}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_instrument(data: Mapping[str, Any]) -> Instrument:
    """The instrument that the file describes. Raises InvalidInstrument: what is wrong."""
    try:
        found = _read(data)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInstrument(f"{data.get('id', '?')}: {error!r}") from error
    for problem in _problems(found):
        raise InvalidInstrument(f"{found.id}: {problem}")
    return found


def _read(data: Mapping[str, Any]) -> Instrument:
    scales = {name: _scale(each) for name, each in data["scales"].items()}
    rights = data["rights"]
    until = rights.get("valid_until")
    return Instrument(
        id=data["id"],
        version=int(data["version"]),
        language=data["language"],
        title=data["title"],
        theme=data["theme"],
        intro=data.get("intro", ""),
        items=tuple(
            Item(each["id"], each["text"], scales[each["scale"]], each.get("hint", ""))
            for each in data["items"]
        ),
        scores=tuple(_score(each) for each in data["scores"]),
        alerts=tuple(Alert(each["item"], each["above"]) for each in data.get("alerts", ())),
        rights=Rights(
            licence=Licence(rights["licence"]),
            citation=rights["citation"],
            terms=rights.get("terms", ""),
            proof=rights.get("proof") or "",
            valid_until=date.fromisoformat(until) if until else None,
            to_verify=rights.get("to_verify", True),
        ),
        content_hash=content_hash(data),
    )


def _scale(data: Mapping[str, Any]) -> Scale:
    kind = Kind(data["kind"])
    if kind is Kind.TEXT:
        return Scale(kind, longest=int(data["max"]))
    if kind is Kind.NUMBER:
        numbers = range(int(data["min"]), int(data["max"]) + 1)
        choices = tuple(Choice(each, str(each)) for each in numbers)
        return Scale(kind, choices, low=data["low"], high=data["high"])
    if kind is Kind.REGIONS:
        places = tuple(
            Choice(each["value"], each["label"], group["label"])
            for group in data["groups"]
            for each in group["regions"]
        )
        return Scale(kind, places)
    return Scale(kind, tuple(Choice(each["value"], each["label"]) for each in data["choices"]))


def _score(data: Mapping[str, Any]) -> Score:
    if data["method"] not in ("sum", "count") or data["better"] not in ("low", "high"):
        raise ValueError(f"unknown method or direction of {data['id']}")
    return Score(
        id=data["id"],
        label=data["label"],
        plain=data["plain"],
        items=tuple(data["items"]),
        lowest=data["min"],
        highest=data["max"],
        lower_is_better=data["better"] == "low",
        counted=data["method"] == "count",
        factor=data["factor"],
        missing=data["missing"],
        bands=tuple(Band(each["from"], each["label"]) for each in data["bands"]),
        note=data.get("note", ""),
    )


def _problems(found: Instrument) -> list[str]:
    """What does not hold together."""
    keys = [each.id for each in found.items]
    problems = []
    if not keys or len(set(keys)) != len(keys):
        problems.append("items missing, or named twice")
    for item in found.items:
        values = [each.value for each in item.scale.choices]
        if len(set(values)) != len(values) or (not values and item.scale.kind is not Kind.TEXT):
            problems.append(f"answers of {item.id} missing, or given twice")
    named = [key for score in found.scores for key in score.items] + [a.item for a in found.alerts]
    if not set(named) <= set(keys):
        problems.append("a score or an alert names an unknown item")
    for score in found.scores:
        starts = [band.start for band in score.bands]
        if starts and (starts != sorted(set(starts)) or starts[0] != score.lowest):
            problems.append(f"bands of {score.id} do not cover it in order")
        if not problems and (score.lowest, score.highest) != _reach(found, score):
            problems.append(f"{score.id} does not reach from its lowest to its highest")
    if not found.rights.citation:
        problems.append("no citation")
    return problems


def _reach(found: Instrument, score: Score) -> tuple[int, int]:
    """The lowest and the highest score that answers can make."""
    scales = [found.item(key).scale for key in score.items]
    if score.counted:
        return 0, sum(len(scale.choices) for scale in scales)
    ends: Sequence[list[int]] = [[int(each.value) for each in scale.choices] for scale in scales]
    return sum(map(min, ends)) * score.factor, sum(map(max, ends)) * score.factor
