"""People and care: who they are, how they are linked, and who looked at what."""

from .access import Invitation
from .break_glass import BreakGlass
from .care import AldPeriod, CareLink
from .consultation import ConsultationSite, ConsultationSlot, Visit
from .evaluation import (
    ContactAttempt,
    Evaluation,
    EvaluationAddendum,
    LiaisonLetter,
    Orientation,
)
from .former import FormerFollowUp
from .journal import JournalEntry
from .links import PersonalLink
from .outbox import OutboxMessage
from .pathway import PathwayStep
from .patient import Patient, Representative
from .phone_line import LineDay, LineHours, PhoneLine
from .plan import PlanAction, PlanAgreement, PlanObjective, PlanProblem, PlanVersion
from .professional import BankDetails, Professional
from .questionnaire import AnswerAlert, ItemAnswer, Questionnaire, Response
from .rcp import RcpAttendance, RcpFile, RcpInvitation, RcpMeeting
from .rcp_minutes import PaperPlan, RcpCopy, RcpMinutes, RcpProposal, RcpQuorum
from .referral import Attachment, Referral
from .request import DistinctFiles, RequestLetter
from .resource import Resource, SearchMiss
from .sharing import SharingConsent
from .structure import Structure, StructureRemark, WaitReading
from .user import RoleGrant, User

__all__ = [
    "AldPeriod",
    "AnswerAlert",
    "Attachment",
    "BankDetails",
    "BreakGlass",
    "CareLink",
    "ConsultationSite",
    "ConsultationSlot",
    "ContactAttempt",
    "DistinctFiles",
    "Evaluation",
    "EvaluationAddendum",
    "FormerFollowUp",
    "Invitation",
    "ItemAnswer",
    "JournalEntry",
    "LiaisonLetter",
    "LineDay",
    "LineHours",
    "Orientation",
    "OutboxMessage",
    "PaperPlan",
    "PathwayStep",
    "Patient",
    "PersonalLink",
    "PhoneLine",
    "PlanAction",
    "PlanAgreement",
    "PlanObjective",
    "PlanProblem",
    "PlanVersion",
    "Professional",
    "Questionnaire",
    "RcpAttendance",
    "RcpCopy",
    "RcpFile",
    "RcpInvitation",
    "RcpMeeting",
    "RcpMinutes",
    "RcpProposal",
    "RcpQuorum",
    "Referral",
    "Representative",
    "RequestLetter",
    "Resource",
    "Response",
    "RoleGrant",
    "SearchMiss",
    "SharingConsent",
    "Structure",
    "StructureRemark",
    "User",
    "Visit",
    "WaitReading",
]
