"""Acts, the slots they hold, their steps, the dated rules; payments, and the books under them."""

from .act import Act, ActStep, GrantedSlot
from .bank import BankColumns, BankFile, BankLine, BankMatch, BankStatement, BankStep
from .batch import Batch, PaymentStep, Transfer, TransferLine
from .books import BookEntry, Envelope
from .card import CardExplanation
from .claim import Claim, ClaimLine, ClaimStep
from .closing import ClosedAccount, ClosedKind, Closing
from .control import ControlRun, SpotCheck, SpotRate
from .rule import ReconcileRule
from .schedule import PolicyVersion, TariffLine
from .statement import (
    ColumnMemory,
    Difference,
    DifferenceStep,
    StatementFile,
    StatementLine,
)

__all__ = [
    "Act",
    "ActStep",
    "BankColumns",
    "BankFile",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "BankStep",
    "Batch",
    "BookEntry",
    "CardExplanation",
    "Claim",
    "ClaimLine",
    "ClaimStep",
    "ClosedAccount",
    "ClosedKind",
    "Closing",
    "ColumnMemory",
    "ControlRun",
    "Difference",
    "DifferenceStep",
    "Envelope",
    "GrantedSlot",
    "PaymentStep",
    "PolicyVersion",
    "ReconcileRule",
    "SpotCheck",
    "SpotRate",
    "StatementFile",
    "StatementLine",
    "TariffLine",
    "Transfer",
    "TransferLine",
]
