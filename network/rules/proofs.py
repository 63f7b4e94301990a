"""Rules of the case review (RCP): who makes the quorum, which proofs a file lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network.enums import Profession, Proof

PLAN_DAYS = 30
"""Days after the meeting during which a revision of the care plan still cites it (AMB-10)."""
QUORUM = 2
"""Professionals who must be present for a patient's file (AMB-6)."""
COUNTED = frozenset(Profession) - {Profession.OTHER}
"""Professions that make the quorum; the network's own employees never do (AMB-6)."""


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
