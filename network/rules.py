"""Rules of identity, dates and proofs, over plain values: no database, no framework."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum import luhn

from network.enums import Profession, Proof
from portal.kit.dates import add_months, add_years

FOLLOW_UP_MONTHS = 15
"""Length of the follow-up, from the decision of inclusion (AMB-5)."""
PLAN_DAYS = 30
"""Days after the meeting during which a revision of the care plan still cites it (AMB-10)."""
QUORUM = 2
"""Professionals who must be present for a patient's file (AMB-6)."""
COUNTED = frozenset(Profession) - {Profession.OTHER}
"""Professions that make the quorum; the network's own employees never do (AMB-6)."""
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


def last_day_of_follow_up(included_on: date) -> date:
    """The day before the same day 15 months later: 5 January 2026 → 4 April 2027."""
    return add_months(included_on, FOLLOW_UP_MONTHS) - timedelta(days=1)


def whole_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`; 0 when `end` comes first."""
    months = max(0, (end.year - start.year) * 12 + end.month - start.month)
    return months - 1 if months and add_months(start, months) > end else months


def born_after_for_minors(on: date) -> date:
    """A person is a minor on that day when born after the date given back."""
    return add_years(on, -MAJORITY)


def overlap(first: date, last: date | None, start: date, end: date | None) -> bool:
    """Whether two spans share a day; their ends are inside, and None = open."""
    return (last is None or start <= last) and (end is None or first <= end)


def is_rpps(text: str) -> bool:
    """Whether the text has the shape of an RPPS: 11 digits, the last one a Luhn key."""
    return len(text) == 11 and text.isascii() and text.isdigit() and luhn.is_valid(text)


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person listed as present for a file; `employee` of the network."""

    professional: str | int
    profession: Profession
    employee: bool


def count_professionals(attendees: Iterable[Attendee], *, exclude_employees: bool = True) -> int:
    """Distinct attendees who make the quorum; whoever asks to be paid counts like any other."""
    return len(
        {
            each.professional
            for each in attendees
            if each.profession in COUNTED and not (each.employee and exclude_employees)
        }
    )


def plan_in_time(held_on: date, revised_on: date | None, days: int = PLAN_DAYS) -> bool:
    """Whether the care plan was revised from the meeting's day to `days` after it, both inside."""
    return revised_on is not None and 0 <= (revised_on - held_on).days <= days


def missing_proofs(
    *, held_on: date, minutes_signed_on: date | None, plan_revised_on: date | None, present: int
) -> tuple[Proof, ...]:
    """What an RCP file lacks before it can be paid, in the order in which it is told.

    For the pages: whether an act is paid is decided by the fee room, under its own dated policy.
    """
    missing = {
        Proof.MINUTES: minutes_signed_on is None,
        Proof.PLAN: not plan_in_time(held_on, plan_revised_on),
        Proof.QUORUM: present < QUORUM,
    }
    return tuple(proof for proof, lacks in missing.items() if lacks)
