"""What happened to people and care, for the rooms above; published after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUpChanged:
    """A patient was included, or left: the days on which acts count have moved."""

    patient_id: int


@dataclass(frozen=True, slots=True)
class AldChanged:
    """A period of long-term condition was recorded, corrected or ended."""

    patient_id: int


@dataclass(frozen=True, slots=True)
class TreatingDoctorChanged:
    """A patient has another treating doctor, from a day that may be past."""

    patient_id: int


@dataclass(frozen=True, slots=True)
class RcpFileChanged:
    """The attendance, the minutes or the plan's revision of an RCP file were recorded."""

    file_id: int
    patient_id: int


@dataclass(frozen=True, slots=True)
class QuestionnaireSent:
    """A patient's questionnaire was sent: its answers are frozen."""

    questionnaire_id: int
    patient_id: int


@dataclass(frozen=True, slots=True)
class AgreementChanged:
    """A professional's network agreement has other dates."""

    professional_id: int


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """A role was given to, or withdrawn from, this account."""

    user_id: int


@dataclass(frozen=True, slots=True)
class MailQueued:
    """A mail waits in the outbox."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The summary of a patient's evaluation (CEO) was signed."""

    evaluation_id: int
    patient_id: int


@dataclass(frozen=True, slots=True)
class Reassessed:
    """The sheet of a patient's reassessment was signed."""

    evaluation_id: int
    patient_id: int


@dataclass(frozen=True, slots=True)
class RequestReceived:
    """A request was written, or is made again: the patient's questionnaire is waited for."""

    patient_id: int


@dataclass(frozen=True, slots=True)
class FilesJoined:
    """A request was of somebody known: what came with its file belongs to the kept one."""

    patient_id: int
    joined_id: int
