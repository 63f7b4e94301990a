"""Accountants' rules: what they would have settled, and the open lines that they fit now."""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from fees.enums import BankMethod, BankVerdict, DifferenceState, RuleSide
from fees.models import BankFile, BankMatch, Difference, ReconcileRule, StatementFile
from fees.reconcile.frames import Pair
from fees.reconcile.rules import Past
from portal.kit.money import in_cents

UNKNOWN = (BankVerdict.UNKNOWN_DEBIT, BankVerdict.UNKNOWN_CREDIT)
GAPS = (Pair.AMOUNT_DIFFERS,)
DECIDED = (DifferenceState.ACCEPTED, DifferenceState.REFUSED, DifferenceState.ASKED)
MOST = 5_000
"""Decisions looked back at."""


def rules_in_use(side: RuleSide) -> list[ReconcileRule]:
    return list(ReconcileRule.objects.filter(side=side, stopped_at=None))


def past_of(side: RuleSide) -> Iterator[Past]:
    """The last decisions of persons, the latest first: as a rule would have done, or not."""
    if side == RuleSide.BANK:
        lines = BankMatch.objects.filter(line__isnull=False, state__in=DECIDED)
        asked = lines.filter(Q(verdict__in=UNKNOWN) | Q(method=BankMethod.PERSON))
        for match in asked.select_related("line").order_by("-pk")[:MOST]:
            sender, text, cents = said_by(match)
            yield Past(sender, text, cents, match.state == DifferenceState.REFUSED)
        return
    gaps = Difference.objects.filter(verdict__in=GAPS, line__isnull=False, state__in=DECIDED)
    shown = gaps.select_related("line", "file__professional").defer("file__content")
    for gap in shown.order_by("-pk")[:MOST]:
        sender, text, cents = said_by_statement(gap)
        yield Past(sender, text, cents, gap.state == DifferenceState.ACCEPTED)


def said_by(match: BankMatch) -> tuple[str, str, int]:
    """Who, in which words, how many cents."""
    line = match.line
    return (line.name, line.text, in_cents(match.amount)) if line else ("", "", 0)


def said_by_statement(gap: Difference) -> tuple[str, str, int]:
    text = gap.line.kind if gap.line else ""
    return str(gap.file.professional), text, in_cents(abs(gap.claimed - gap.held))


def first_fitting(
    rules: Iterable[ReconcileRule], said: tuple[str, str, int]
) -> ReconcileRule | None:
    sender, text, cents = said
    return next((e for e in rules if e.rule.fits(sender=sender, text=text, cents=cents)), None)


def bank_lines_to_settle(file: BankFile) -> list[tuple[BankMatch, ReconcileRule]]:
    """Open lines of a file that a rule in use fits, with the oldest such rule."""
    rules = rules_in_use(RuleSide.BANK)
    if not rules:
        return []
    rows = file.matches.filter(state=DifferenceState.OPEN, verdict__in=UNKNOWN)
    found = [
        (match, first_fitting(rules, said_by(match)))
        for match in rows.select_related("line").order_by("pk")[:MOST]
    ]
    return [(match, rule) for match, rule in found if rule is not None]


def gaps_to_settle(file: StatementFile) -> list[tuple[Difference, ReconcileRule]]:
    """The same for the gaps of a statement."""
    rules = rules_in_use(RuleSide.STATEMENT)
    if not rules:
        return []
    rows = file.differences.filter(state=DifferenceState.OPEN, verdict__in=GAPS)
    shown = rows.select_related("line", "file__professional").defer("file__content")
    found = [
        (gap, first_fitting(rules, said_by_statement(gap)))
        for gap in shown.filter(line__isnull=False).order_by("pk")[:MOST]
    ]
    return [(gap, rule) for gap, rule in found if rule is not None]
