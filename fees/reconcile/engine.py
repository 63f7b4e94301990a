"""The whole engine: read, identify, pair, judge."""

from decimal import Decimal

import pandas as pd
import pyarrow as pa

from .claims import read_claims
from .frames import Reconciliation
from .log import read_log
from .pairing import pair
from .verdicts import judge

DAYS = 3
"""By default a date may be three days off, or its day and month exchanged (D05)."""


def reconcile(
    acts: pd.DataFrame,
    statement: pd.DataFrame,
    *,
    date_tolerance: int = DAYS,
    amount_tolerance: Decimal = Decimal(0),
) -> Reconciliation:
    """Join a statement's lines with logged acts; columns in and out as in `frames`.

    `date_tolerance` in days, `amount_tolerance` in euros. Every line, and every act that is not
    cancelled, comes out exactly once; the order of the rows changes nothing.
    """
    log = read_log(pa.Table.from_pandas(acts, preserve_index=False))
    claims = read_claims(pa.Table.from_pandas(statement, preserve_index=False), log)
    done = pair(claims, log, days=date_tolerance)
    return judge(claims, log, done, tolerance=int(amount_tolerance * 100))
