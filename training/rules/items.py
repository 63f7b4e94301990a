"""From a decision to the item that is answered: a stable hash, and letters in the order shown."""

import json
from collections.abc import Mapping
from hashlib import sha256
from string import ascii_uppercase
from typing import Any
from uuid import UUID, uuid5

from training.enums import Answering
from training.rules.cases import Decision


def content_hash(raw: Any) -> str:
    """SHA-256 in hexadecimal: the same for the same content, whatever the order of keys."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def line_key(translation_key: UUID, language: str, original: str) -> UUID:
    """The key of a content in one language; in the original one, its translation key itself."""
    return translation_key if language == original else uuid5(translation_key, language)


def shown_order(decision: Decision) -> tuple[str, ...]:
    """Ids of the options in the order in which learners see them.

    The author's order, except where it is the answer: there, an order that has nothing to do with
    it and stays the same for everybody, so that letters mean the same in every answer.
    """
    ids = [option.id for option in decision.options]
    if decision.answering is Answering.ORDER:
        ids.sort(key=lambda option_id: sha256(option_id.encode()).digest())
    return tuple(ids)


def to_letters(shown: tuple[str, ...], chosen: list[str]) -> str:
    """Option ids as the letters that an answer stores, in the order given. Raises ValueError."""
    return "".join(ascii_uppercase[shown.index(option_id)] for option_id in chosen)


def from_letters(shown: tuple[str, ...], letters: str) -> list[str]:
    """The option ids of stored letters. Raises IndexError for a letter beyond the options."""
    return [shown[ascii_uppercase.index(letter)] for letter in letters]


def raw_decision(decision: Decision) -> Mapping[str, Any]:
    """The raw block that `cases.read_case` takes back."""
    return {"type": decision.kind.value, "id": decision.id, "value": decision.value}
