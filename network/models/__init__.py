"""People and care: who they are, how they are linked, and who looked at what."""

from .access import Invitation
from .care import AldPeriod, CareLink
from .journal import JournalEntry
from .links import PersonalLink
from .outbox import OutboxMessage
from .pathway import PathwayStep
from .patient import Patient, Representative
from .professional import BankDetails, Professional
from .questionnaire import AnswerAlert, ItemAnswer, Questionnaire, Response
from .rcp import RcpAttendance, RcpFile, RcpMeeting
from .sharing import SharingConsent
from .structure import Structure
from .user import RoleGrant, User

__all__ = [
    "AldPeriod",
    "AnswerAlert",
    "BankDetails",
    "CareLink",
    "Invitation",
    "ItemAnswer",
    "JournalEntry",
    "OutboxMessage",
    "PathwayStep",
    "Patient",
    "PersonalLink",
    "Professional",
    "Questionnaire",
    "RcpAttendance",
    "RcpFile",
    "RcpMeeting",
    "Representative",
    "Response",
    "RoleGrant",
    "SharingConsent",
    "Structure",
    "User",
]
