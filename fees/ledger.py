"""The books: every euro moves from one account to another, by one immutable entry.

An entry takes from one account what it gives to another, so the whole sums to zero by construction;
a balance is only ever the sum of entries. The accounts:

    AGENCY        where the money comes from
    ENVELOPE      what the agency granted for the year; falls as acts are validated
    DUE           owed to professionals for validated acts
    IN_TRANSIT    in a signed batch, not yet confirmed by the bank
    PAID          transferred
    TO_RECOVER    transferred for an act that was reversed since

Pure: no database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from fees.enums import Account, Entry
from portal.kit.money import ZERO

ROUTES: Mapping[Entry, tuple[Account, Account]] = MappingProxyType(
    {
        Entry.GRANTED: (Account.AGENCY, Account.ENVELOPE),
        Entry.VALIDATED: (Account.ENVELOPE, Account.DUE),
        Entry.SIGNED: (Account.DUE, Account.IN_TRANSIT),
        Entry.EXECUTED: (Account.IN_TRANSIT, Account.PAID),
        Entry.REVERSED: (Account.PAID, Account.TO_RECOVER),
        Entry.RECOVERED: (Account.TO_RECOVER, Account.ENVELOPE),
        Entry.SETTLED: (Account.IN_TRANSIT, Account.PAID),
    }
)
"""Where each kind of entry takes from, and where it gives.

What did not hold (an act cancelled, a transfer rejected or returned) is undone by the mirror of the
entry: the same euros, the other way.
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """One entry: how many euros, more than zero, by which route and in which direction."""

    kind: Entry
    amount: Decimal
    mirrors: bool = False

    @property
    def route(self) -> tuple[Account, Account]:
        source, target = ROUTES[self.kind]
        return (target, source) if self.mirrors else (source, target)


def balances(entries: Iterable[Moved]) -> dict[Account, Decimal]:
    """What each account holds in euros; their sum is zero."""
    held = dict.fromkeys(Account, ZERO)
    for each in entries:
        source, target = each.route
        held[source] -= each.amount
        held[target] += each.amount
    return held
