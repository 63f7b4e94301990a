"""Lines of the bank brought together with the transfers of signed batches (kinds D21 to D25).

Pure. Identifiers first, then the order that groups them, then amount, day and name together; never
by sums alone, never two answers for one line. Lines are sorted by what they say, so their order in
the file never counts; a transfer is debited once, and comes back once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from rapidfuzz import fuzz

from fees.enums import BankMethod as Method
from fees.enums import BankVerdict as Verdict
from fees.enums import TransferState

from .bank_cards import CardPayouts
from .bank_lines import Movement, euros_of
from .bank_words import reason_words
from .card_facts import Payout
from .reading import name as folded
from .reading import natural

SURE = Decimal("0.95")
TOLD, IN_TEXT, ALIKE = Decimal("1.00"), Decimal("0.97"), Decimal("0.80")
NEAR_NAME = 88
"""Likeness of two names, out of 100, below which they are two people's."""
DEBITED_WITHIN = timedelta(days=5)
RETURNED_WITHIN = timedelta(days=60)
SEEN_WITHIN = timedelta(days=3)
"""A batch whose day is further back, and that no line pays, is asked about (D21)."""
AT_BANK = frozenset({TransferState.SENT, TransferState.EXECUTED, TransferState.RETURNED})
_CODE = re.compile(r"\b([A-Z]{2})[- ]?(\d{4})[- ]?(\d{4})(?:[- ]?(\d{4}))?\b")


@dataclass(frozen=True, slots=True)
class Sent:
    """A transfer of a signed batch. `debited`, `returned`: a line of the bank says so already."""

    key: int
    end_to_end: str
    batch: str
    holder: str
    cents: int
    due_on: date
    state: TransferState
    debited: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a line is; without `line`, a transfer that no line pays.

    `cents`: what the portal holds. `payout`: the card service's name of the payout that it is.
    """

    line: str
    verdict: Verdict
    transfer: int | None = None
    batch: str = ""
    method: str = ""
    confidence: Decimal = Decimal(0)
    explanation: str = ""
    cents: int = 0
    payout: str = ""


def is_settled_by_itself(found: Found, state: str) -> bool:
    """What needs no person: a debit that identifiers prove, a return that was noted before."""
    if found.confidence < SURE:
        return False
    if found.verdict == Verdict.RETURNED:
        return state == TransferState.RETURNED
    return found.verdict in (Verdict.PAID, Verdict.GROUPED, Verdict.CARD_PAYOUT)


def match_bank(
    movements: Iterable[Movement],
    transfers: Iterable[Sent],
    *,
    since: date,
    until: date,
    payouts: Iterable[Payout] = (),
) -> list[Found]:
    """One answer for each line, then the transfers due since the first day that no line pays.

    `since`, `until`: the days that the account's statements cover. `payouts`: those of the card
    service, which come as credits.
    """
    rows = sorted(movements, key=_order)
    return _Matching(transfers, CardPayouts(payouts)).run(rows, since=since, until=until)


def _order(each: Movement) -> tuple[object, ...]:
    said = (each.end_to_end, each.group, each.reference, each.name, each.text)
    return (each.booked_on, each.cents, *said, natural(each.key))


class _Matching:
    def __init__(self, transfers: Iterable[Sent], cards: CardPayouts) -> None:
        self.cards = cards
        self.sent = sorted(transfers, key=lambda each: each.key)
        self.by_end = {each.end_to_end: each for each in self.sent}
        self.batches: dict[str, list[Sent]] = defaultdict(list)
        for each in self.sent:
            self.batches[each.batch].append(each)
        self.debited = {each.key for each in self.sent if each.debited}
        self.returned = {each.key for each in self.sent if each.returned}
        self.found: list[Found] = []

    def run(self, movements: Sequence[Movement], *, since: date, until: date) -> list[Found]:
        left = [each for each in movements if not self._by_identifier(each)]
        carried = self.cards.answers(left)
        self.found += [Found(line, **said) for line, said in carried.items()]
        left = [each for each in left if each.key not in carried]
        self._by_likeness([each for each in left if each.cents < 0], self._debits())
        self._by_likeness(
            [each for each in left if each.cents >= 0 and each.is_return], self._returns()
        )
        answered = {each.line for each in self.found}
        self.found += [_unknown(each) for each in left if each.key not in answered]
        self._not_seen(since, until)
        return self.found

    # --- by identifiers

    def _by_identifier(self, line: Movement) -> bool:
        transfer, batch, confidence = self._named(line)
        if transfer is None and not batch:
            return False
        if transfer is not None:
            one = self._debit if line.cents < 0 else self._credit
            self.found.append(one(line, transfer, confidence, Method.IDENTIFIER))
            return True
        if line.cents >= 0:
            return False
        self.found.append(self._group(line, batch, confidence))
        return True

    def _named(self, line: Movement) -> tuple[Sent | None, str, Decimal]:
        """The transfer or the batch that a line names, in its fields, else in its words."""
        if line.end_to_end in self.by_end:
            return self.by_end[line.end_to_end], "", TOLD
        if not line.end_to_end and line.group in self.batches:
            return None, line.group, TOLD
        batches = set()
        for letters, year, number, rank in _CODE.findall(f"{line.text} {line.reference}".upper()):
            batch = f"{letters}-{year}-{number}"
            if rank and (named := self.by_end.get(f"{batch}-{rank}")):
                return named, "", IN_TEXT
            if batch in self.batches:
                batches.add(batch)
        return None, (batches.pop() if len(batches) == 1 else ""), IN_TEXT

    def _debit(self, line: Movement, sent: Sent, confidence: Decimal, method: Method) -> Found:
        cents, said = sent.cents, ""
        verdict = Verdict.PAID
        if sent.key in self.debited:
            verdict = Verdict.PAID_TWICE
            said = f"Le virement {sent.end_to_end} est déjà débité par une autre ligne."
        elif sent.state not in AT_BANK:
            verdict = Verdict.UNKNOWN_DEBIT
            said = f"Le virement {sent.end_to_end} ne devait pas partir, et la banque l’a débité."
        elif -line.cents != cents:
            verdict = Verdict.AMOUNT_DIFFERS
            said = f"La banque a débité {euros_of(-line.cents)} au lieu de {euros_of(cents)}."
        else:
            self.debited.add(sent.key)
            said = "Même identifiant, même montant."
        return Found(line.key, verdict, sent.key, sent.batch, method, confidence, said, cents)

    def _credit(self, line: Movement, sent: Sent, confidence: Decimal, method: Method) -> Found:
        cents = sent.cents
        why = reason_words(line.reason)
        verdict = Verdict.RETURNED
        if sent.key in self.returned:
            verdict = Verdict.UNKNOWN_CREDIT
            said = f"Le virement {sent.end_to_end} est déjà revenu par une autre ligne."
        elif sent.state not in AT_BANK:
            verdict = Verdict.UNKNOWN_CREDIT
            said = f"Le virement {sent.end_to_end} n’était pas parti : rien ne peut en revenir."
        elif line.cents != cents:
            verdict = Verdict.AMOUNT_DIFFERS
            said = f"Il revient {euros_of(line.cents)}, le virement était de {euros_of(cents)}."
        else:
            self.returned.add(sent.key)
            said = f"Virement revenu : {why or 'sans motif de la banque'}."
        return Found(line.key, verdict, sent.key, sent.batch, method, confidence, said, cents)

    def _group(self, line: Movement, batch: str, confidence: Decimal) -> Found:
        parts = [each for each in self.batches[batch] if each.state in AT_BANK]
        cents = sum(each.cents for each in parts)
        if parts and all(each.key in self.debited for each in parts):
            verdict, said = Verdict.PAID_TWICE, f"Le lot {batch} est déjà débité en entier."
        elif -line.cents != cents:
            verdict = Verdict.AMOUNT_DIFFERS
            said = (
                f"La banque a débité {euros_of(-line.cents)} pour le lot {batch}, "
                f"dont les virements font {euros_of(cents)}."
            )
        elif any(each.key in self.debited for each in parts):
            verdict = Verdict.PAID_TWICE
            said = f"Une part du lot {batch} est déjà débitée par d’autres lignes."
        elif line.count not in (1, len(parts)):
            verdict = Verdict.AMOUNT_DIFFERS
            said = f"La banque compte {line.count} virements dans le lot {batch}, pas {len(parts)}."
        else:
            verdict = Verdict.GROUPED
            many = len(parts) > 1
            said = f"Débit groupé du lot {batch} : {len(parts)} virement{'s' if many else ''}."
            self.debited |= {each.key for each in parts}
        return Found(line.key, verdict, None, batch, Method.GROUP, confidence, said, cents)

    # --- by amount, day and name together

    def _debits(self) -> list[Sent]:
        return [s for s in self.sent if s.key not in self.debited and s.state in AT_BANK]

    def _returns(self) -> list[Sent]:
        return [s for s in self.sent if s.key not in self.returned and s.state in AT_BANK]

    def _by_likeness(self, lines: Sequence[Movement], free: Sequence[Sent]) -> None:
        """Only what fits one line alone and one transfer alone; never sure."""
        by_cents: dict[int, list[Sent]] = defaultdict(list)
        for each in free:
            by_cents[each.cents].append(each)
        possible = {
            line.key: [s for s in by_cents.get(abs(line.cents), ()) if _alike(line, s)]
            for line in lines
        }
        wanted = Counter(s.key for fits in possible.values() for s in fits)
        for line in lines:
            fits = possible[line.key]
            if len(fits) == 1 and wanted[fits[0].key] == 1:
                one = self._debit if line.cents < 0 else self._credit
                made = one(line, fits[0], ALIKE, Method.LIKENESS)
                said = "Même montant, même nom, jours proches ; sans identifiant de la banque."
                if made.verdict == Verdict.RETURNED:
                    said = f"{made.explanation} {said}"
                self.found.append(_with(made, said))
            elif fits:
                many = max(len(fits), wanted[fits[0].key])
                said = f"{many} lignes ou virements conviennent : à vous de choisir."
                self.found.append(_unknown(line, said))

    # --- what no line pays

    def _not_seen(self, since: date, until: date) -> None:
        for each in self.sent:
            late = since <= each.due_on and each.due_on + SEEN_WITHIN < until
            if late and each.state in AT_BANK and each.key not in self.debited:
                said = f"Exécution prévue le {each.due_on:%d/%m/%Y} : aucune ligne ne le débite."
                told = (each.key, each.batch, "", Decimal(0), said, each.cents)
                self.found.append(Found("", Verdict.NOT_SEEN, *told))


def _with(found: Found, said: str) -> Found:
    if found.verdict not in (Verdict.PAID, Verdict.RETURNED):
        return found
    return Found(
        found.line,
        found.verdict,
        found.transfer,
        found.batch,
        found.method,
        found.confidence,
        said,
        found.cents,
    )


def _unknown(line: Movement, said: str = "") -> Found:
    verdict = Verdict.UNKNOWN_DEBIT if line.cents < 0 else Verdict.UNKNOWN_CREDIT
    if not said:
        said = "Aucun virement du portail ne correspond à cette ligne."
        if line.is_return and line.reason:
            said = f"Retour ({reason_words(line.reason)}) dont le virement n’est pas reconnu."
    return Found(line.key, verdict, explanation=said)


def _alike(line: Movement, sent: Sent) -> bool:
    within = DEBITED_WITHIN if line.cents < 0 else RETURNED_WITHIN
    if not sent.due_on - timedelta(days=1) <= line.booked_on <= sent.due_on + within:
        return False
    holder = folded(sent.holder)
    if line.name:
        return fuzz.token_sort_ratio(folded(line.name), holder) >= NEAR_NAME
    words = set(folded(line.text).split())
    return len(holder) > 3 and set(holder.split()) <= words
