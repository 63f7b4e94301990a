"""Texts compared whatever their accents, capitals and signs. Pure."""

import re
import unicodedata

_SPECIAL = {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l"}
_SPECIAL |= dict.fromkeys("’‘ʼ´–—‐‑−/·", " ")
_BEYOND_ASCII = str.maketrans(_SPECIAL)
_WORD = re.compile(r"[0-9a-z]+", re.ASCII)


def plain(text: str) -> str:
    """Lower case, without accents; whatever is not a letter or a digit becomes one space."""
    return " ".join(plain_words(text))


def plain_words(text: str) -> list[str]:
    """The words of `plain`."""
    if not text.isascii():
        if not _SPECIAL.keys().isdisjoint(text):
            text = text.translate(_BEYOND_ASCII)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = text.lower().split()
    return words if "".join(words).isalnum() else _WORD.findall(text.lower())
