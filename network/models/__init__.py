"""People and care: who they are, how they are linked, and who looked at what."""

from .access import Invitation
from .care import AldPeriod, CareLink
from .journal import JournalEntry
from .outbox import OutboxMessage
from .pathway import PathwayStep
from .patient import Patient, Representative
from .professional import BankDetails, Professional
from .rcp import RcpAttendance, RcpFile, RcpMeeting
from .referral import Attachment, Referral
from .request import DistinctFiles, RequestLetter
from .sharing import SharingConsent
from .structure import Structure
from .user import RoleGrant, User

__all__ = [
    "AldPeriod",
    "Attachment",
    "BankDetails",
    "CareLink",
    "DistinctFiles",
    "Invitation",
    "JournalEntry",
    "OutboxMessage",
    "PathwayStep",
    "Patient",
    "Professional",
    "RcpAttendance",
    "RcpFile",
    "RcpMeeting",
    "Referral",
    "Representative",
    "RequestLetter",
    "RoleGrant",
    "SharingConsent",
    "Structure",
    "User",
]
