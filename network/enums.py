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
    """Where a patient stands; `network/pathway.py` holds the moves between them."""

    INCOMPLETE = "incomplete"
    REQUESTED = "requested"
    FOLLOWED = "followed"
    ENDED = "ended"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    ARCHIVED = "archived"
    JOINED = "joined"


class Move(StrEnum):
    """What happens to a patient's pathway, each time a row with its author."""

    RECEIVED = "received"
    COMPLETED = "completed"
    ASKED = "asked"
    INCLUDED = "included"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    ARCHIVED = "archived"
    JOINED = "joined"
    ASKED_AGAIN = "asked_again"
    EVALUATED = "evaluated"
    REASSESSED = "reassessed"
    RENEWED = "renewed"
    ENDED = "ended"


class ExitReason(StrEnum):
    """Why a follow-up ends."""

    TERM = "term"
    BETTER = "better"
    LOST = "lost"
    DECLINED = "declined"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    DIED = "died"
    OTHER = "other"


class FastTrack(StrEnum):
    """Situations that a pain structure sees before the others (fast-track)."""

    CANCER = "cancer"
    VERY_OLD = "very_old"
    PSYCHOSOCIAL = "psychosocial"
    FACIAL_NEURALGIA = "facial_neuralgia"
    POST_HERPETIC = "post_herpetic"


class Circle(StrEnum):
    """Readers outside the care team, each with its own consent of the patient."""

    REVIEW = "review"
    OCCUPATIONAL = "occupational"
    INSURANCE = "insurance"
    DISABILITY = "disability"


class Presence(StrEnum):
    """How somebody attended a meeting."""

    ON_SITE = "on_site"
    REMOTE = "remote"


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


class WorkFact(StrEnum):
    """What a referral says of work, beside the status."""

    WORK_ACCIDENT = "work_accident"
    OCCUPATIONAL_DISEASE = "occupational_disease"
    DISABILITY = "disability"
    INVALIDITY = "invalidity"


class FileKind(StrEnum):
    """Types of attachment, told by their content."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


class Piece(StrEnum):
    """What a request may lack."""

    QUESTIONNAIRE = "questionnaire"
    LETTER = "letter"
    IMAGING = "imaging"
    TREATMENTS = "treatments"
    CONTACT = "contact"
    OTHER = "other"


class Outcome(StrEnum):
    """What the coordination answers to a request."""

    INCLUDE = "include"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    ASK = "ask"


class Addressee(StrEnum):
    """To whom a letter of the network goes."""

    DOCTOR = "doctor"
    PATIENT = "patient"
