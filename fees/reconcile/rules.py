"""Rules that accountants add: who sends, what the words contain, up to how many euros.

Pure. A rule only ever proposes: a person applies it, and what it would have done wrong in the past
is counted before it is used.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fees.enums import RuleSide
from portal.kit.folding import plain

from .bank_lines import euros_of


@dataclass(frozen=True, slots=True)
class Rule:
    """`sender`, `text`: words that must be there, whatever their case and accents; empty: any.

    `cents`: the most that the line (bank) or the gap (statement) may be.
    """

    side: RuleSide
    sender: str
    text: str
    cents: int
    reason: str = ""

    def fits(self, *, sender: str, text: str, cents: int) -> bool:
        return (
            abs(cents) <= self.cents
            and plain(self.sender) in plain(sender)
            and plain(self.text) in plain(text)
        )

    @property
    def sentence(self) -> str:
        """The rule in words, as its page tells it."""
        bank = self.side == RuleSide.BANK
        said = []
        if self.sender:
            said.append(
                f"que l’émetteur ou le bénéficiaire contient « {self.sender} »"
                if bank
                else f"que le relevé vient de « {self.sender} »"
            )
        if self.text:
            said.append(f"que le libellé contient « {self.text} »")
        most = euros_of(self.cents)
        said.append(
            f"que le montant est de {most} au plus"
            if bank
            else f"que l’écart est de {most} au plus"
        )
        then = f"classer la ligne : « {self.reason} »" if bank else "accepter au montant de l’acte"
        return f"Dès lors {_and(said)} : {then}."


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


@dataclass(frozen=True, slots=True)
class Past:
    """What a person did with a line: as the rule would have done, or not (`right`)."""

    sender: str
    text: str
    cents: int
    right: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule over the past: the lines that it would have settled, those against a person's word."""

    settled: int
    wrong: int

    @property
    def sentence(self) -> str:
        lines = f"{self.settled} ligne{'s' if self.settled > 1 else ''}"
        wrong = "aucune à tort" if not self.wrong else f"{self.wrong} à tort"
        return f"Sur le passé, cette règle aurait réglé {lines}, {wrong}."


def try_rule(rule: Rule, past: Iterable[Past]) -> Tried:
    fitting = [e for e in past if rule.fits(sender=e.sender, text=e.text, cents=e.cents)]
    return Tried(len(fitting), sum(not each.right for each in fitting))
