"""Words of the network room, as closed lists. French labels live with the models that show them."""

from enum import StrEnum


class Profession(StrEnum):
    """Professions as the fee rules see them; a doctor's speciality is a text on the professional."""

    DOCTOR = "doctor"
    PHYSIO = "physio"
    PSYCHOLOGIST = "psychologist"
    NURSE = "nurse"
    PSYCHOMOTOR = "psychomotor"
    PHARMACIST = "pharmacist"
    OTHER = "other"


class AldKind(StrEnum):
    """Kinds of long-term condition (ALD); 30, 31 and 32 are exempting and count for the caps."""

    ALD_30 = "30"
    ALD_31 = "31"
    ALD_32 = "32"
    OTHER = "other"
