"""The books in the accounts of the French chart, for the software of the accountant.

Source: design of payments 4 (accounts, all to be verified by the association's accountant). Due
sums and sums to recover share one auxiliary account for each professional. Pure: no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fees.enums import Entry


@dataclass(frozen=True, slots=True)
class Ledger:
    """A general account; `by_payee` when each professional has an auxiliary one under it."""

    number: str
    label: str
    by_payee: bool = False


GRANTS_DUE = Ledger("441700", "Subventions d'exploitation a recevoir")
GRANTS = Ledger("740000", "Subventions d'exploitation")
FEES = Ledger("622600", "Honoraires")
PAYEES = Ledger("467000", "Professionnels, actes derogatoires", by_payee=True)
IN_TRANSIT = Ledger("511000", "Virements emis, en attente de la banque")
BANK = Ledger("512000", "Banque")

LINES: Mapping[Entry, tuple[Ledger, Ledger]] = MappingProxyType(
    {
        Entry.GRANTED: (GRANTS_DUE, GRANTS),
        Entry.VALIDATED: (FEES, PAYEES),
        Entry.SIGNED: (PAYEES, IN_TRANSIT),
        Entry.EXECUTED: (IN_TRANSIT, BANK),
        Entry.REVERSED: (PAYEES, FEES),
        Entry.SETTLED: (IN_TRANSIT, PAYEES),
    }
)
"""Debit and credit of each kind of entry; a mirror takes them the other way.

Sums recovered change nothing here: they only give euros back to the envelope, which is a follow-up
of the agency's decision and not an account.
"""
