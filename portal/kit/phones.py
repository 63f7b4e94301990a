"""French telephone numbers: how one is kept, and whether a text tells it. Pure."""

import re
import unicodedata

_TYPED = re.compile(r"(?:\+33|0033|0)([1-9]\d{8})", re.ASCII)
_SIGNS = re.compile(r"(?:\s|[.\-()/_]|&nbsp;|&#160;|&#x0*a0;|%20|%c2%a0|\\u00a0)+", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>")


def national(typed: str) -> str:
    """`01 99 00 12 34` from any usual spelling, +33 included. Raises ValueError otherwise."""
    bare = re.sub(r"[\s.\-()/]+", "", unicodedata.normalize("NFKC", typed))
    found = _TYPED.fullmatch(bare.replace("+330", "+33"))
    if found is None:
        raise ValueError("not a French telephone number")
    digits = f"0{found[1]}"
    return " ".join(digits[at : at + 2] for at in range(0, 10, 2))


def tells(text: str, number: str) -> bool:
    """Whether a text gives the number: spaced or not, by any sign, mark-up or escape between its
    digits, in the mark-up itself, written from France or from abroad."""
    digits = re.sub(r"\D", "", number)[-9:]
    whole = unicodedata.normalize("NFKC", text)
    return any(digits in _SIGNS.sub("", each) for each in (whole, _MARKUP.sub("", whole)))
