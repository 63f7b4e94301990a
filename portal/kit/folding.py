"""Texts compared whatever their accents, capitals and signs. Pure."""

import string
import unicodedata

_SPECIAL = {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l"}
_SPECIAL |= dict.fromkeys("’‘ʼ´–—‐‑−/·", " ")
_KEPT = string.ascii_lowercase + string.digits + "\n"
_PLAIN = bytes(ord(sign) if sign in _KEPT else 32 for sign in map(str.lower, map(chr, range(256))))
"""Each ASCII sign in lower case, or a space when it is neither letter nor digit."""


def plain(text: str) -> str:
    """Lower case, without accents; whatever is not a letter or a digit becomes one space."""
    return " ".join(plain_words(text))


def plain_words(text: str) -> list[str]:
    """The words of `plain`."""
    return plain_lines(text).split()


def plain_lines(text: str) -> str:
    """As `plain`, but line by line, and with a space for each sign: many texts folded at once."""
    if not text.isascii():
        for sign, letters in _SPECIAL.items():
            text = text.replace(sign, letters)
        text = unicodedata.normalize("NFKD", text)
    return text.encode("ascii", "ignore").translate(_PLAIN).decode()
