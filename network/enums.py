"""Words of the network room, as closed lists. French labels live with the models that show them."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do in the portal; described for people in `network/roles.py`."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"
    ACCOUNTANT = "accountant"
    EDITOR = "editor"
    MEDICAL_DIRECTOR = "medical_director"
    ADMINISTRATOR = "administrator"


class Profession(StrEnum):
    """Professions as the fee rules see them; a doctor's speciality is a text beside."""

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


class Sex(StrEnum):
    """Sex as civil status writes it."""

    FEMALE = "F"
    MALE = "M"


class PathwayState(StrEnum):
    """Where a patient stands. The pathway's table of moves comes with the referral pages."""

    INCOMPLETE = "incomplete"
    REQUESTED = "requested"
    FOLLOWED = "followed"
    ENDED = "ended"
    REDIRECTED = "redirected"
    REFUSED = "refused"


class LinkRole(StrEnum):
    """How a professional is linked to a patient."""

    TREATING_DOCTOR = "treating_doctor"
    TEAM = "team"


class StructureKind(StrEnum):
    """Pain structures: two labelled grades, and their satellites."""

    CENTRE = "centre"
    CONSULTATION = "consultation"
    PERMANENCE = "permanence"


class InvitationState(StrEnum):
    """Where an invitation stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class BankState(StrEnum):
    """Course of a change of bank details: a second person confirms it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Proof(StrEnum):
    """What an RCP file needs at once before it can be paid."""

    MINUTES = "minutes"
    PLAN = "plan"
    QUORUM = "quorum"
