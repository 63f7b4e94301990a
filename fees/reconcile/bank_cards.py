"""Lines of the bank that the card service's payouts are (S09, S10).

A payout's reference, or its name there, in any field of the line; else amount and day together,
for lines that come from the card service. Never a sum alone, never two answers for one line.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TypedDict

from fees.enums import BankMethod as Method
from fees.enums import BankVerdict as Verdict

from .bank_lines import Movement, euros_of
from .card_facts import Payout

_SENDER = re.compile(r"\bstripe\b", re.IGNORECASE)
NAMED, ALIKE = Decimal("1.00"), Decimal("0.80")
BEFORE, WITHIN = timedelta(days=2), timedelta(days=5)
SHORTEST = 6
"""Letters below which a reference names nothing."""
_WORD = re.compile(rf"[A-Z0-9_]{{{SHORTEST},}}")


class Said(TypedDict, total=False):
    """What is found of a line, as `bank.Found` holds it."""

    verdict: Verdict
    method: str
    confidence: Decimal
    explanation: str
    cents: int
    payout: str


def of_card_service(line: Movement) -> bool:
    """Whether the name or the words of a line are those of the card service."""
    return bool(_SENDER.search(f"{line.name} {line.text}"))


class CardPayouts:
    """Payouts to find on the bank's lines."""

    def __init__(self, payouts: Iterable[Payout]) -> None:
        self.payouts = sorted(payouts, key=lambda each: each.key)
        self.named: dict[str, Payout] = {}
        for each in self.payouts:
            for name in (each.key.upper(), _bare(each.reference)):
                if len(name) >= SHORTEST:
                    self.named[name] = each
        self.taken = {each.key for each in self.payouts if each.seen}

    def answers(self, lines: Sequence[Movement]) -> dict[str, Said]:
        """What each line of the card service is; nothing for the others.

        `lines` are sorted by what they say, so that their order in the file does not count.
        """
        found = {}
        rest = []
        for line in lines:
            payout = self._named(line)
            if payout is not None:
                found[line.key] = self._by_name(line, payout)
            elif of_card_service(line):
                rest.append(line)
        return found | self._by_likeness(rest)

    def _named(self, line: Movement) -> Payout | None:
        if not self.named:
            return None
        said = f"{line.end_to_end} {line.reference} {line.text} {line.name}".upper()
        hits = [self.named[word] for word in _WORD.findall(said) if word in self.named]
        return hits[0] if len({each.key for each in hits}) == 1 else None

    def _by_name(self, line: Movement, payout: Payout) -> Said:
        base = Said(payout=payout.key, cents=payout.cents, method=Method.IDENTIFIER)
        base["confidence"] = NAMED
        if payout.key in self.taken:
            said = "Ce versement du service de carte est déjà arrivé par une autre ligne."
            return base | Said(verdict=Verdict.CARD_UNKNOWN, explanation=said)
        if line.cents != payout.cents:
            said = f"La banque a reçu {euros_of(line.cents)}, pas {euros_of(payout.cents)}."
            return base | Said(verdict=Verdict.AMOUNT_DIFFERS, explanation=said)
        self.taken.add(payout.key)
        said = "Versement du service de carte : même référence, même montant."
        return base | Said(verdict=Verdict.CARD_PAYOUT, explanation=said)

    def _by_likeness(self, lines: Sequence[Movement]) -> dict[str, Said]:
        free: dict[int, list[Payout]] = defaultdict(list)
        for each in self.payouts:
            if each.key not in self.taken:
                free[each.cents].append(each)
        fits = {
            line.key: [each for each in free.get(line.cents, ()) if _near(line, each)]
            for line in lines
        }
        wanted = Counter(each.key for rows in fits.values() for each in rows)
        found = {}
        for line in lines:
            rows = fits[line.key]
            if len(rows) == 1 and wanted[rows[0].key] == 1:
                found[line.key] = Said(
                    verdict=Verdict.CARD_PAYOUT,
                    method=Method.LIKENESS,
                    confidence=ALIKE,
                    explanation="Même montant, jours proches ; la référence n’est pas dite.",
                    cents=rows[0].cents,
                    payout=rows[0].key,
                )
                continue
            if line.cents < 0 and not rows:
                continue  # a debit: what it takes is no payout
            said = "Vient du service de carte, sans versement connu de ce montant à ces jours."
            if rows:
                many = max(len(rows), wanted[rows[0].key])
                said = f"{many} lignes ou versements conviennent : à vous de choisir."
            found[line.key] = Said(verdict=Verdict.CARD_UNKNOWN, explanation=said)
        return found


def _bare(reference: str) -> str:
    """A reference as a bank may print it: capitals, without what is between words."""
    return re.sub(r"[^A-Z0-9_]", "", reference.upper())


def _near(line: Movement, payout: Payout) -> bool:
    return payout.arrives_on - BEFORE <= line.booked_on <= payout.arrives_on + WITHIN
