"""Cases as authors write them, short: what a test does not say is beyond reproach."""

from typing import Any

from training.rules.cases import Case, Decision, read_case

type Raw = dict[str, Any]


def option(key: str, verdict: str = "wrong", **value: Any) -> Raw:
    """An option with its feedback."""
    known = {"text": f"Réponse {key}", "feedback": "<p>Parce que.</p>", "evidence": cards(1)}
    return {"type": "item", "id": key, "value": {**known, "verdict": verdict, **value}}


def decision(key: str = "d", *options: Raw, **value: Any) -> Raw:
    """A single best answer among three, unless told otherwise."""
    known = {"answering": "one", "stem": "Que proposez-vous ?", "evidence": cards(1)}
    defaults = (option("a"), option("b", "right"), option("c"))
    shown = [*(options or defaults)]
    return {"type": "decision", "id": key, "value": {**known, "options": shown, **value}}


def narrative(key: str = "n", **value: Any) -> Raw:
    return {"type": "narrative", "id": key, "value": {"text": "<p>Elle a mal.</p>", **value}}


def figure(key: str = "f", **value: Any) -> Raw:
    known = {"image": 1, "alt": "Territoire douloureux", "evidence": cards(1)}
    return {"type": "figure", "id": key, "value": {**known, **value}}


def take_home(key: str = "t", points: tuple[str, ...] = ("Nommer la douleur.",), **v: Any) -> Raw:
    items = [{"type": "item", "id": f"{key}{n}", "value": each} for n, each in enumerate(points)]
    return {"type": "take_home", "id": key, "value": {"points": items, **v}}


def cards(*ids: int) -> list[Raw]:
    return [{"type": "item", "id": f"card{each}", "value": each} for each in ids]


def case(*steps: Raw) -> Case:
    return read_case(list(steps))


def single(*options: Raw, **value: Any) -> Decision:
    """The one decision of a case."""
    return case(decision("d", *options, **value)).decisions[0]
