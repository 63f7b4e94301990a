"""People and care: who they are, how they are linked, and who looked at what."""

from .access import Invitation
from .care import AldPeriod, CareLink
from .journal import JournalEntry
from .links import PersonalLink
from .outbox import OutboxMessage
from .pathway import PathwayStep
from .patient import Patient, Representative
from .professional import BankDetails, Professional
from .rcp import RcpAttendance, RcpFile, RcpMeeting
from .sharing import SharingConsent
from .structure import Structure
from .user import RoleGrant, User

__all__ = [
    "AldPeriod",
    "BankDetails",
    "CareLink",
    "Invitation",
    "JournalEntry",
    "OutboxMessage",
    "PathwayStep",
    "Patient",
    "PersonalLink",
    "Professional",
    "RcpAttendance",
    "RcpFile",
    "RcpMeeting",
    "Representative",
    "RoleGrant",
    "SharingConsent",
    "Structure",
    "User",
]
