"""How right the answers given to lines of the bank have been, by how each was found."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fees.enums import BankMethod, BankVerdict, DifferenceMove, DifferenceState, TransferState
from fees.models import BankMatch, BankStep
from fees.reconcile.bank import SURE

from .statements import Tier

PROVED = (BankVerdict.PAID, BankVerdict.GROUPED, BankVerdict.CARD_PAYOUT)
ANSWERS = (*PROVED, BankVerdict.RETURNED)
UNKNOWN = (BankVerdict.UNKNOWN_DEBIT, BankVerdict.UNKNOWN_CREDIT, BankVerdict.CARD_UNKNOWN)
DECIDED = (DifferenceState.ACCEPTED, DifferenceState.REFUSED)


def bank_tiers(matches: QuerySet[BankMatch]) -> list[Tier]:
    """Measured on what was done since: automatic, suggested, by hand. One query.

    Automatic: settled by the import; wrong once the bank is known to have rejected the transfer.
    Suggested: a person decided what was proposed; wrong when refused or undone. By hand: chosen
    among the same amounts; wrong once undone, which puts the line back among the unknown ones.
    """
    moves = BankStep.objects.filter(match=OuterRef("pk"))
    lines = matches.filter(line__isnull=False).annotate(
        undone=Exists(moves.filter(move=DifferenceMove.UNDONE)),
        taken=Exists(moves.filter(move=DifferenceMove.ACCEPTED)),
    )
    person = Q(method=BankMethod.PERSON)
    sure = Q(verdict__in=PROVED, confidence__gte=SURE)
    automatic = ~person & (sure | Q(verdict=BankVerdict.RETURNED, state=DifferenceState.AGREED))
    decided = Q(state__in=DECIDED) | Q(undone=True)
    asked = {
        "automatic": automatic,
        "suggested": ~person & ~automatic & Q(verdict__in=ANSWERS) & decided,
        "by_hand": person | Q(verdict__in=UNKNOWN, taken=True, undone=True),
    }
    turned = Q(undone=True) | Q(state=DifferenceState.REFUSED)
    wrong = {
        "automatic": Q(transfer__state=TransferState.REJECTED),
        "suggested": turned,
        "by_hand": turned,
    }
    counts = lines.order_by().aggregate(
        **{name: Count("pk", filter=each) for name, each in asked.items()},
        **{f"{name}_wrong": Count("pk", filter=each & wrong[name]) for name, each in asked.items()},
    )
    return [Tier(name, counts[name], counts[f"{name}_wrong"]) for name in asked]
