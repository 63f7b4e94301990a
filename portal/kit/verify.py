"""Recounts: each room proves what it can of its own rows; `manage.py verify` asks them all."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """A row that does not agree with the rules. `subject` names it without personal data."""

    subject: str
    found: object
    expected: object

    def __str__(self) -> str:
        return f"{self.subject} : trouvé {self.found}, attendu {self.expected}"


Recount = Callable[[Counter[str]], Iterator[Breach]]
"""Yields the breaches, and counts in the given tally what it has checked, by name."""

_RECOUNTS: dict[str, Recount] = {}


def recount(name: str) -> Callable[[Recount], Recount]:
    """Register a room's recount under a name in French, once each."""

    def register(function: Recount) -> Recount:
        if name in _RECOUNTS:
            raise ValueError(f"recount registered twice: {name}")
        _RECOUNTS[name] = function
        return function

    return register


def recounts() -> dict[str, Recount]:
    return dict(_RECOUNTS)
