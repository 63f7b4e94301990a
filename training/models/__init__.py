"""Education of professionals: the catalogue, what was published, what people answered."""

from .attendance import AttendanceFile, Stay
from .body import TrainingBody
from .cards import ClinicalTool, EvidenceCard, Expert, Objective
from .catalogue import LessonPage, ModulePage, TrainingIndexPage, VignettePage
from .committee import CardChange, ItemSummary
from .invoice import Invoice, InvoiceYear
from .meeting import DateWish, Meeting, Registration
from .payment import CardEvent, CardPayment, CardRefund
from .payout import BalanceMove, Payout
from .progress import Attestation, Enrolment, LessonRead, Return, ReturnPause
from .replay import Replay, ReplayAnswer, ReplayPart, ReplayQuestion, Viewing
from .review import EditorialReview, ScientificReview
from .runs import Answer, Run, Tally
from .sign_off import SignOff
from .signed_page import PublishRefused, SignedPage
from .survey import SurveyAnswer, SurveyCall
from .versions import CaseItem, CaseVersion, ItemVersion
from .webinar import WebinarIndexPage, WebinarPage

__all__ = [
    "Answer",
    "AttendanceFile",
    "Attestation",
    "BalanceMove",
    "CardChange",
    "CardEvent",
    "CardPayment",
    "CardRefund",
    "CaseItem",
    "CaseVersion",
    "ClinicalTool",
    "DateWish",
    "EditorialReview",
    "Enrolment",
    "EvidenceCard",
    "Expert",
    "Invoice",
    "InvoiceYear",
    "ItemSummary",
    "ItemVersion",
    "LessonPage",
    "LessonRead",
    "Meeting",
    "ModulePage",
    "Objective",
    "Payout",
    "PublishRefused",
    "Registration",
    "Replay",
    "ReplayAnswer",
    "ReplayPart",
    "ReplayQuestion",
    "Return",
    "ReturnPause",
    "Run",
    "ScientificReview",
    "SignOff",
    "SignedPage",
    "Stay",
    "SurveyAnswer",
    "SurveyCall",
    "Tally",
    "TrainingBody",
    "TrainingIndexPage",
    "Viewing",
    "VignettePage",
    "WebinarIndexPage",
    "WebinarPage",
]
