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


class SiteKind(StrEnum):
    """Where the network consults: at its own site, or in an advanced clinic elsewhere."""

    OWN = "own"
    PERMANENCE = "permanence"


class VisitState(StrEnum):
    """Course of an appointment of evaluation (CEO)."""

    BOOKED = "booked"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class EvaluationKind(StrEnum):
    """The first long consultation, and the later ones that are compared with it."""

    CEO = "ceo"
    REASSESSMENT = "reassessment"


class Direction(StrEnum):
    """Where an evaluation orients the patient."""

    PAIN_CENTRE = "pain_centre"
    CITY_DOCTOR = "city_doctor"
    DAC = "dac"
    WORKSHOPS = "workshops"
    RCP = "rcp"
    PARTNERS = "partners"
    HOSPITAL = "hospital"


class Channel(StrEnum):
    """How a letter or a copy went out."""

    PORTAL = "portal"
    SECURE_MAIL = "secure_mail"
    POST = "post"
    HAND = "hand"


class ContactWay(StrEnum):
    """How the coordination tried to reach a patient."""

    PHONE = "phone"
    MAIL = "mail"
    LETTER = "letter"
    RELATIVE = "relative"
    DOCTOR = "doctor"


class MeetingState(StrEnum):
    """Where a case review (RCP) stands."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


class MeetingMove(StrEnum):
    """What happens to a case review; `network/rules/review.py` holds the table."""

    PLANNED = "planned"
    NOTED = "noted"
    CHANGED = "changed"
    HELD = "held"
    CALLED_OFF = "called_off"


class Answer(StrEnum):
    """Where the invitation of a professional to a meeting stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"


class ProposalKind(StrEnum):
    """What a case review proposes for a patient (facts 1.16)."""

    NEUROSURGERY = "neurosurgery"
    PSYCHOLOGY = "psychology"
    SOCIAL = "social"
    PRE_RETURN = "pre_return"
    DISABILITY_FILE = "disability_file"
    EDUCATION = "education"
    PAIN_CENTRE = "pain_centre"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a proposal."""

    PENDING = "pending"
    DONE = "done"
    NOT_DONE = "not_done"
    DROPPED = "dropped"


class MinutesPart(StrEnum):
    """What a file of a case review holds, part by part."""

    QUESTION = "question"
    SUMMARY = "summary"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    PROPOSALS = "proposals"


class CopyTo(StrEnum):
    """Who is given a copy of signed minutes."""

    PATIENT = "patient"
    TREATING_DOCTOR = "treating_doctor"
    OCCUPATIONAL = "occupational"
    INSURANCE = "insurance"
    DISABILITY = "disability"


class WorkStatus(StrEnum):
    """A patient's work at the review and six months later."""

    WORKING = "working"
    ON_LEAVE = "on_leave"
    OTHER = "other"
    UNKNOWN = "unknown"


class ActionStatus(StrEnum):
    """Where an action of the care plan stands."""

    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class PlanRow(StrEnum):
    """What a care plan is made of: itself, and three kinds of rows, each under the one before."""

    PLAN = "plan"
    PROBLEM = "problem"
    OBJECTIVE = "objective"
    ACTION = "action"


class Glass(StrEnum):
    """Why somebody outside the team opens a file (break-glass)."""

    EMERGENCY = "emergency"
    ON_CALL = "on_call"
    ASKED = "asked"
    OTHER = "other"


class QuestionnaireKind(StrEnum):
    """When a patient is asked: on entering, at a reassessment, or in between."""

    ENTRY = "entry"
    REASSESSMENT = "reassessment"
    SHORT = "short"


class AnsweredAs(StrEnum):
    """Who answered a questionnaire."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    COORDINATION = "coordination"


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


class Reply(StrEnum):
    """What the coordination answers to a request."""

    INCLUDE = "include"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    ASK = "ask"


class Addressee(StrEnum):
    """To whom a letter of the network goes."""

    DOCTOR = "doctor"
    PATIENT = "patient"
