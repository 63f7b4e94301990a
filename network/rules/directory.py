"""When a sheet of the directory has aged, and which sheets answer a search. Pure."""

from collections.abc import Iterable
from datetime import date

from portal.kit.dates import add_months
from portal.kit.finding import plain

VERIFY_MONTHS = 12
"""A sheet that nobody has confirmed for that long is said to be old, and asked about by mail."""
LABEL_MONTHS = 12
"""How long before its end a label is announced to the coordination (labels last five years)."""
ASK_AGAIN_DAYS = 30
"""Days before a structure that has not answered is written to again."""


def is_old(verified_on: date | None, *, on: date) -> bool:
    """Nobody has confirmed it for a year, or ever."""
    return verified_on is None or add_months(verified_on, VERIFY_MONTHS) <= on


def label_ends_soon(label_to: date | None, *, on: date) -> bool:
    """The label is over, or will be within the year."""
    return label_to is not None and label_to <= add_months(on, LABEL_MONTHS)


def holds_words(words: str, texts: Iterable[str]) -> bool:
    """Every word of the search starts a word of the sheet."""
    known = plain(" ".join(texts)).split()
    return all(any(each.startswith(word) for each in known) for word in plain(words).split())
