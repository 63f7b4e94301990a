"""Rules of identity, over plain values: no database, no framework."""

from stdnum import luhn

from network.enums import Profession

RPPS_REQUIRED = frozenset(Profession) - {Profession.PSYCHOLOGIST, Profession.OTHER}


def is_rpps(text: str) -> bool:
    """Whether the text has the shape of an RPPS: 11 digits, the last one a Luhn key."""
    return len(text) == 11 and text.isascii() and text.isdigit() and luhn.is_valid(text)
