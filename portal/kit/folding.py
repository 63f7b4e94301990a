"""Texts compared whatever their accents, capitals and signs. Pure."""

import re
import unicodedata

_BEYOND_ASCII = str.maketrans(
    {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l"}
    | dict.fromkeys("’‘ʼ´–—‐‑−/·", " ")
)
_WORD = re.compile(r"[0-9a-z]+", re.ASCII)


def plain(text: str) -> str:
    """Lower case, without accents; whatever is not a letter or a digit becomes one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_BEYOND_ASCII))
        text = text.encode("ascii", "ignore").decode()
    return " ".join(_WORD.findall(text.lower()))
