"""Facts of acts and of envelopes, as frames for the indicators: neither patient nor professional.

Acts are counted by the database, day by day: a frame of some thousand rows for a million acts.
"""

from datetime import date
from decimal import Decimal

import pandas as pd
from django.db.models import Count, Q, QuerySet, Sum

from fees.enums import HOLDING, Account, Decision, Entry, State
from fees.models import Act, ActStep, BookEntry
from fees.models.books import TOUCHES_ENVELOPE
from portal.kit.measures import frame
from portal.kit.money import ZERO, in_cents
from portal.kit.versions import last_key

COMMITTED = (State.VALIDATED, State.IN_BATCH, State.PAID)
COLUMNS = ["on", "kind", "state", "decision", "reasons", "acts", "cents"]


def acts(until: date) -> pd.DataFrame:
    """Those of everybody: see `acts_of`."""
    return acts_of(Act.objects.all(), until)


def acts_of(rows: "QuerySet[Act]", until: date) -> pd.DataFrame:
    """One row for the acts of a day alike in kind and outcome.

    `on`; `kind`; `reasons`: codes joined by |; then how many are `live` (accepted, and neither
    cancelled nor reversed since), `refused`, `decided` (both), `to_arbitrate`; `cents` of those
    validated, in a batch or paid.
    """
    done = rows.filter(done_on__lte=until).exclude(decision="")
    grouped = done.order_by().values_list("done_on", "kind", "state", "decision", "reasons")
    counted = grouped.annotate(acts=Count("pk"), euros=Sum("amount"))
    made = frame(
        ((*each[:-1], in_cents(each[-1])) for each in counted.iterator()), COLUMNS, days=["on"]
    )
    live = made["state"].isin(HOLDING) & (made["decision"] == Decision.ACCEPTED)
    refused = made["state"] == State.REFUSED
    waiting = (made["state"] == State.SUBMITTED) & (made["decision"] == Decision.TO_ARBITRATE)
    number = made["acts"]
    return pd.DataFrame(
        {
            "on": made["on"],
            "kind": made["kind"],
            "reasons": made["reasons"],
            "live": number.where(live, 0),
            "refused": number.where(refused, 0),
            "decided": number.where(live | refused, 0),
            "to_arbitrate": number.where(waiting, 0),
            "cents": made["cents"].where(made["state"].isin(COMMITTED), 0),
        }
    )


def acts_version() -> str:
    """Every change of an act is a step."""
    return last_key(ActStep)


def envelopes(until: date) -> pd.DataFrame:
    """One row a year's envelope: `year`, and cents `granted` and `committed`."""
    entries = BookEntry.objects.filter(TOUCHES_ENVELOPE, on__lte=until).order_by()
    granted = Q(kind=Entry.GRANTED)
    into, out = Q(target=Account.ENVELOPE), Q(source=Account.ENVELOPE)
    found = entries.values_list("year").annotate(
        granted_in=Sum("amount", filter=granted & into),
        granted_out=Sum("amount", filter=granted & out),
        moved_in=Sum("amount", filter=into),
        moved_out=Sum("amount", filter=out),
    )
    rows = []
    for year, *sums in found:
        granted_in, granted_out, moved_in, moved_out = (each or ZERO for each in sums)
        grant: Decimal = granted_in - granted_out
        left: Decimal = moved_in - moved_out
        rows.append((year, in_cents(grant), in_cents(grant - left)))
    return frame(rows, ["year", "granted", "committed"])


def envelopes_version() -> str:
    """The books only grow."""
    return last_key(BookEntry)
