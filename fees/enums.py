"""Words of the fee room, as closed lists. Codes are those of the fee table (docs/glossary.md)."""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of derogatory acts, one line each of the network's fee table."""

    MED_BILAN = "MED-BILAN"
    MED_REEVAL = "MED-REEVAL"
    KINE_REMOB = "KINE-REMOB"
    PSY_SUIVI = "PSY-SUIVI"
    RCP_MT = "RCP-MT"
    RCP_PARA = "RCP-PARA"

    @property
    def is_rcp(self) -> bool:
        return self in (Kind.RCP_MT, Kind.RCP_PARA)


class Decision(StrEnum):
    """What the rules say of an act."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    TO_ARBITRATE = "to_arbitrate"


class Reason(StrEnum):
    """Why an act is not payable, in the order in which reasons are listed."""

    CAP_REACHED = "cap_reached"
    OUTSIDE_FOLLOW_UP = "outside_follow_up"
    NO_AGREEMENT = "no_agreement"
    WRONG_PROFESSION = "wrong_profession"
    NOT_TREATING_DOCTOR = "not_treating_doctor"
    MINUTES_MISSING = "minutes_missing"
    PLAN_NOT_REVISED = "plan_not_revised"
    TOO_FEW_PROFESSIONALS = "too_few_professionals"
    NOT_ATTENDING = "not_attending"
    DUPLICATE = "duplicate"
    CLAIM_WINDOW_CLOSED = "claim_window_closed"
    MSP_NOT_DECLARED = "msp_not_declared"
    DONE_IN_FUTURE = "done_in_future"
    NO_TARIFF = "no_tariff"


class DoctorCap(StrEnum):
    """AMB-1: do assessment and reassessment by a doctor share one cap?"""

    SHARED = "shared"
    SEPARATE = "separate"


class WindowKind(StrEnum):
    """AMB-2: what "a year" is."""

    CIVIL = "civil"
    INCLUSION = "inclusion"
    FOLLOW_UP = "follow_up"


class State(StrEnum):
    """Course of an act, from the draft to the payment (facts of the network, 1.9)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    VALIDATED = "validated"
    IN_BATCH = "in_batch"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    REVERSED = "reversed"


HOLDING = (State.SUBMITTED, State.VALIDATED, State.IN_BATCH, State.PAID)
"""States in which an accepted act holds its slot (AMB-11)."""


OPEN = (State.SUBMITTED, State.VALIDATED, State.IN_BATCH)
"""States of an act on its way to payment: what an accountant has to do, few at any volume."""


class Move(StrEnum):
    """Why an act changed: one immutable step each."""

    DRAFTED = "drafted"
    LOGGED = "logged"
    REDECIDED = "redecided"
    ARBITRATED = "arbitrated"
    VALIDATED = "validated"
    BATCHED = "batched"
    PAID = "paid"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    REVERSED = "reversed"
    REOPENED = "reopened"


class Account(StrEnum):
    """Where euros stand in the books; described in `fees/ledger.py`."""

    AGENCY = "agency"
    ENVELOPE = "envelope"
    DUE = "due"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    TO_RECOVER = "to_recover"


class Entry(StrEnum):
    """Why euros moved; each has one route (`fees/ledger.py`)."""

    GRANTED = "granted"
    VALIDATED = "validated"
    SIGNED = "signed"
    EXECUTED = "executed"
    REVERSED = "reversed"
    SETTLED = "settled"
    RECOVERED = "recovered"


class BatchState(StrEnum):
    """Course of a payment batch."""

    DRAFT = "draft"
    SIGNED = "signed"
    DROPPED = "dropped"


class TransferState(StrEnum):
    """Course of one transfer of a batch."""

    PREPARED = "prepared"
    SENT = "sent"
    EXECUTED = "executed"
    REJECTED = "rejected"
    RETURNED = "returned"
    DROPPED = "dropped"


class Payment(StrEnum):
    """What happens to a batch and to its transfers: one immutable step each."""

    PREPARED = "prepared"
    DROPPED = "dropped"
    TAKEN_OUT = "taken_out"
    CALLED = "called"
    SIGNED = "signed"
    DOWNLOADED = "downloaded"
    EXECUTED = "executed"
    REJECTED = "rejected"
    RETURNED = "returned"


class LineKind(StrEnum):
    """What a line of a transfer does with an act's amount."""

    PAYS = "pays"
    RECOVERS = "recovers"


class LineState(StrEnum):
    """Course of one act within the claims of its professional."""

    SENT = "sent"
    HELD = "held"
    ADMITTED = "admitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


CLAIMED = (LineState.SENT, LineState.HELD, LineState.ADMITTED)
"""States in which a claim line stands for its act; an act has one such line at most."""


class ClaimMove(StrEnum):
    """What happens to a claim line: one immutable step each."""

    SENT = "sent"
    HELD = "held"
    ADMITTED = "admitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    REOPENED = "reopened"


class Remark(StrEnum):
    """What a control says of a claim line beside the reasons of the fee rules (`Reason`)."""

    RPPS_UNVERIFIED = "rpps_unverified"
    TARIFF_CHANGED = "tariff_changed"
    OWN_CLAIM = "own_claim"
    FAR_ABOVE_PEERS = "far_above_peers"
    MANY_ON_A_DAY = "many_on_a_day"
    DAY_OFF = "day_off"
    SAME_FOR_ALL = "same_for_all"
    ALL_ON_A_DAY = "all_on_a_day"
    CLAIMED_LATE = "claimed_late"
    REOPENED = "reopened"


OUTLIERS = (
    Remark.FAR_ABOVE_PEERS,
    Remark.MANY_ON_A_DAY,
    Remark.DAY_OFF,
    Remark.SAME_FOR_ALL,
    Remark.ALL_ON_A_DAY,
)
"""Remarks that only ask for a look: unusual, and perhaps quite right."""

READABLE = frozenset(
    {
        Reason.CAP_REACHED,
        Remark.RPPS_UNVERIFIED,
        Remark.TARIFF_CHANGED,
        Remark.CLAIMED_LATE,
        Remark.REOPENED,
        *OUTLIERS,
    }
)
"""Remarks that a person may read and pass over, one line at a time, leaving a trace.

A cap reached since: an act stays valid when the ALD changes behind it (AMB-3). An RPPS that nobody
found in the directory: the fee rules do not ask for one. An act noted in time and asked for late:
a person lets it through, or not (ADR 0016). The other reasons are conditions of the payment: the
line goes back to its professional, or waits for its proof.
"""


class SpotResult(StrEnum):
    """What a check after the payment found."""

    RIGHT = "right"
    FAULT = "fault"


class Stop(StrEnum):
    """Where the payment of an act stands: what keeps it, in the order of its course."""

    DRAFT = "draft"
    REFUSED = "refused"
    REFUSED_BY_PERSON = "refused_by_person"
    TO_ARBITRATE = "to_arbitrate"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    NOT_CLAIMED = "not_claimed"
    RETURNED = "returned"
    TO_CONTROL = "to_control"
    REOPENED = "reopened"
    HELD = "held"
    TO_BATCH = "to_batch"
    NO_ACCOUNT = "no_account"
    ACCOUNT_TO_CONFIRM = "account_to_confirm"
    TO_SIGN = "to_sign"
    SENT_TO_BANK = "sent_to_bank"
    REJECTED = "rejected"
    SENT_BACK = "sent_back"
    PAID = "paid"
    REVERSED = "reversed"


class FileState(StrEnum):
    """Course of a statement's file; an author's own is shown to accountants once it is open."""

    RECEIVED = "received"
    MATCHING = "matching"
    CHECKED = "checked"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


class DifferenceState(StrEnum):
    """What became of a line of a statement, or of an act that no line claims."""

    AGREED = "agreed"
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ASKED = "asked"


SETTLED = (DifferenceState.AGREED, DifferenceState.ACCEPTED)
"""States in which a line pays its act."""


class DifferenceMove(StrEnum):
    """What happens to a difference: one immutable step each."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    ASKED = "asked"
    UNDONE = "undone"
    SPLIT = "split"
    NOTED = "noted"
    ASSIGNED = "assigned"
    FOUND = "found"


class BankVerdict(StrEnum):
    """What a line of the bank's statement is, or a transfer that no line pays (D21 to D25)."""

    PAID = "paid"
    GROUPED = "grouped"
    RETURNED = "returned"
    AMOUNT_DIFFERS = "amount_differs"
    PAID_TWICE = "paid_twice"
    UNKNOWN_DEBIT = "unknown_debit"
    UNKNOWN_CREDIT = "unknown_credit"
    NOT_SEEN = "not_seen"
    CARD_PAYOUT = "card_payout"
    CARD_UNKNOWN = "card_unknown"


class BankMethod(StrEnum):
    """How a line of the bank was brought together with what it pays."""

    IDENTIFIER = "identifier"
    GROUP = "group"
    LIKENESS = "likeness"
    PERSON = "person"


class RuleSide(StrEnum):
    """What an accountant's rule is about: lines of the bank, or differences of statements."""

    BANK = "bank"
    STATEMENT = "statement"


class CardVerdict(StrEnum):
    """What a thing of the chain of card payments is: what agrees, what waits, then S01 to S11."""

    CHARGED = "charged"
    GIVEN_BACK = "given_back"
    DISPUTE_WON = "dispute_won"
    SERVICE_FEE = "service_fee"
    SENT = "sent"
    PAID_OUT = "paid_out"
    CREDITED = "credited"
    SUGGESTED = "suggested"
    ON_ITS_WAY = "on_its_way"
    TO_READ = "to_read"
    NO_SEAT = "no_seat"
    NOT_SHOWN = "not_shown"
    AMOUNT_DIFFERS = "amount_differs"
    PAID_TWICE = "paid_twice"
    UNKNOWN_REFUND = "unknown_refund"
    REFUND_FAILED = "refund_failed"
    DISPUTED = "disputed"
    FEE_DIFFERS = "fee_differs"
    NET_DIFFERS = "net_differs"
    BY_HAND = "by_hand"
    NOT_AT_BANK = "not_at_bank"
    BANK_DIFFERS = "bank_differs"
    PAYOUT_FAILED = "payout_failed"
    UNKNOWN_CREDIT = "unknown_credit"
    NOT_NOTED = "not_noted"
    OTHER = "other"
