"""Texts and account numbers as European transfers (SEPA) accept them."""

import re
import unicodedata

from stdnum import iban
from stdnum.exceptions import ValidationError

HOLDER_LENGTH = 70
_REFUSED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def text(words: str) -> str:
    """Words in the SEPA character set: accents and ligatures folded, other signs made spaces."""
    spelled = words.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    spelled = spelled.replace("’", "'")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return " ".join(_REFUSED.sub(" ", plain).split())


def compact_iban(typed: str) -> str | None:
    """The IBAN without spaces, in capitals; None when its length or its key is wrong."""
    try:
        return str(iban.validate(typed))
    except ValidationError:
        return None


def grouped_iban(number: str) -> str:
    """Groups of four, as on a bank card or a RIB."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
