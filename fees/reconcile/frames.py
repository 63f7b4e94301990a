"""The columns that the engine reads and writes.

acts: `act`, `professional`, `professional_name`, `patient_code`, `patient_name`, `birth_date`,
`kind`, `done_on` (ISO), `amount` (euros, decimal point), `state` (accepted, refused, paid,
cancelled); statement: `line` and the same without `state`. All texts, categorical or not; any
cell of the statement may be empty or wrong.

pairs: `line`, `act`, `verdict`, `confidence` (0 to 1), `method`, `explanation`; left: `source`
(statement, acts), `id`, `verdict`, `explanation`. Euros of both are beside, in cents.
"""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

OF_PEOPLE = ("professional", "professional_name", "patient_code", "patient_name", "birth_date")
ACTS = ("act", *OF_PEOPLE, "kind", "done_on", "amount", "state")
STATEMENT = ("line", *OF_PEOPLE, "kind", "done_on", "amount")
PAIRS = ("line", "act", "verdict", "confidence", "method", "explanation")
LEFT = ("source", "id", "verdict", "explanation")


class State(StrEnum):
    """Of an act; the order is the one in which identical acts are given to lines."""

    ACCEPTED = "accepted"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Pair(StrEnum):
    """Verdicts on a line and its act; the first that fits is the one."""

    ALREADY_PAID = "already_paid"
    NOT_PAYABLE = "not_payable"
    KIND_DIFFERS = "kind_differs"
    DATE_DIFFERS = "date_differs"
    AMOUNT_DIFFERS = "amount_differs"
    MATCHED = "matched"


class Left(StrEnum):
    """Verdicts on what has no pair."""

    MISSING_IN_LOG = "missing_in_log"
    MISSING_IN_STATEMENT = "missing_in_statement"
    CLAIMED_TWICE = "claimed_twice"
    UNKNOWN_PATIENT = "unknown_patient"
    UNREADABLE = "unreadable"


class Method(StrEnum):
    EXACT = "exact"
    TOLERANCE = "tolerance"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """`pairs` and `left` as above, each with a column `cents` (int64) for the sums."""

    pairs: pd.DataFrame
    left: pd.DataFrame
    lines: int
    acts: int
