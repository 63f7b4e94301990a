"""Rules of identity: names compared, traits at the desk, the shape of an RPPS, minors."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum import luhn

from network.enums import Profession
from portal.kit.dates import add_years

MAJORITY = 18
RPPS_REQUIRED = frozenset(Profession) - {Profession.PSYCHOLOGIST, Profession.OTHER}
"""Professions that cannot register without their RPPS."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def fold(text: str) -> str:
    """Words without accent, case, hyphen or apostrophe: « Élise d’Aubrac » → « elise d aubrac »."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(each for each in spread if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in bare).split())


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one person from another at the desk."""

    birth_name: str
    used_name: str
    first_names: str
    birth_date: date


def looks_same(one: Traits, other: Traits) -> bool:
    """Born the same day, same first first name, and one family name in common.

    Suggests only: homonyms and twins exist, so a person decides.
    """
    return (
        one.birth_date == other.birth_date
        and fold(one.first_names).split()[:1] == fold(other.first_names).split()[:1]
        and bool(_family_names(one) & _family_names(other))
    )


def _family_names(traits: Traits) -> set[str]:
    return {fold(name) for name in (traits.birth_name, traits.used_name)} - {""}


def born_after_for_minors(on: date) -> date:
    """A person is a minor on that day when born after the date given back."""
    return add_years(on, -MAJORITY)


def is_rpps(text: str) -> bool:
    """Whether the text has the shape of an RPPS: 11 digits, the last one a Luhn key."""
    return len(text) == 11 and text.isascii() and text.isdigit() and luhn.is_valid(text)
