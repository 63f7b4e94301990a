"""The least team of a programme: a doctor, and two different professions (context 2.1)."""

from collections.abc import Collection

from etp.enums import TeamLack
from network.enums import Profession


def lacks(professions: Collection[Profession]) -> list[TeamLack]:
    """What a team still lacks; empty when it may give its programme."""
    found = []
    if Profession.DOCTOR not in professions:
        found.append(TeamLack.DOCTOR)
    if len(set(professions)) < 2:
        found.append(TeamLack.SECOND_PROFESSION)
    return found
