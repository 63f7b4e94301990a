"""What happened to acts and to payments, told after the commit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ActLogged:
    act_id: int


@dataclass(frozen=True, slots=True)
class ActAccepted:
    """An act that was waiting has become payable."""

    act_id: int


@dataclass(frozen=True, slots=True)
class TransferExecuted:
    """The bank has paid a professional, as noted `at` that instant."""

    transfer_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimSent:
    """A professional asked for the payment of a month."""

    claim_id: int


@dataclass(frozen=True, slots=True)
class EnvelopeFreed:
    """Euros came back to a year's envelope, or somebody who waited for it no longer does."""

    year: int


@dataclass(frozen=True, slots=True)
class LineReturned:
    """An accountant sent an act back to its professional, at that instant."""

    professional_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LinesHeld:
    """Controlled acts of a professional wait for the envelope, since that instant."""

    professional_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LinesReleased:
    """Acts of a professional that waited for the envelope were admitted, at that instant."""

    professional_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ColumnsConfirmed:
    """A person took the columns of a statement as right: it may be matched."""

    file_id: int


@dataclass(frozen=True, slots=True)
class BankFileConfirmed:
    """A person took what was understood of a bank's file as right: it may be imported."""

    file_id: int
