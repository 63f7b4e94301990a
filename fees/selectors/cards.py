"""The chain of card payments of a year, from the registrations to the bank."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from fees.enums import SETTLED, BankVerdict, CardVerdict, DifferenceState
from fees.models import BankMatch, BankStatement, CardExplanation
from fees.reconcile import card_facts as facts
from fees.reconcile.cards import Chain, Item, follow
from portal.kit.money import in_cents
from training.enums import RefundCause, RefundState
from training.models import BalanceMove, CardPayment, CardRefund, Payout
from training.rules.checkout import SETTLED as PAID

CARDS = (BankVerdict.CARD_PAYOUT, BankVerdict.CARD_UNKNOWN)
MOST_CHOICES = 20


@dataclass(slots=True)
class YearOfCards:
    """The chain of one year, its explanations by (item, kind, cents), its payouts by name."""

    chain: Chain
    explained: dict[tuple[str, str, int], CardExplanation]
    payouts: dict[str, Payout]
    lines: dict[str, BankMatch] = field(default_factory=dict)

    def explanation(self, item: Item) -> CardExplanation | None:
        return self.explained.get((item.key, item.verdict, item.cents))

    def open_items(self) -> list[Item]:
        """What differs and nobody has explained, the most euros first."""
        found = [e for e in self.chain.items if e.differs and not self.explanation(e)]
        return sorted(found, key=lambda each: (-abs(each.cents), each.on, each.key))


def year_of_cards(year: int, *, today: date) -> YearOfCards:
    """Everything of the payouts that arrive in a year, and of what no payout carries yet.

    Eight queries, whatever the volume.
    """
    sent = list(Payout.objects.filter(arrives_on__year=year))
    of_year = Q(payout__arrives_on__year=year) | Q(payout=None, made_at__year=year)
    moves = BalanceMove.objects.filter(of_year)
    matches = list(_credits(year))
    covered = BankStatement.objects.aggregate(last=Max("closed_on"))
    chain = follow(
        payments=_payments(year, moves),
        refunds=_refunds(year, moves),
        moves=[_move(each) for each in moves.select_related("payout")],
        payouts=[_payout(each) for each in sent],
        credits_=[_credit(each) for each in matches],
        today=today,
        seen_until=covered["last"],
    )
    keys = [each.key for each in chain.items if each.differs]
    rows = CardExplanation.objects.filter(ended_at=None, item__in=keys).select_related("by")
    return YearOfCards(
        chain,
        {(each.item, each.verdict, each.cents): each for each in rows},
        {each.key: each for each in sent},
        {f"credit:{each.pk}": each for each in matches},
    )


def years_with_cards(today: date) -> list[int]:
    """The years that have payouts or movements, the latest first; this one at least."""
    paid = Payout.objects.dates("arrives_on", "year")
    moved = BalanceMove.objects.filter(payout=None).dates("made_at", "year")
    return sorted({today.year, *(each.year for each in (*paid, *moved))}, reverse=True)


def _day(at: object) -> date:
    return timezone.localtime(at).date()  # type: ignore[arg-type]


def _payments(year: int, moves: QuerySet[BalanceMove]) -> list[facts.Payment]:
    charged = BalanceMove.objects.filter(payment=OuterRef("pk"), kind__in=sorted(facts.CHARGES))
    same = CardPayment.objects.filter(registration=OuterRef("registration"), kept=True)
    unseen = Q(state__in=sorted(PAID), paid_at__year=year) & ~Exists(charged)
    rows = CardPayment.objects.filter(Q(pk__in=moves.values("payment")) | unseen)
    found = rows.annotate(other=Exists(same.exclude(pk=OuterRef("pk"))))
    return [
        facts.Payment(
            key=each.pk,
            uid=str(each.uid),
            cents=each.amount,
            refunded=each.refunded,
            settled=each.is_settled,
            kept=each.kept,
            other_kept=each.other,
            dispute=each.dispute,
            on=_day(each.paid_at or each.opened_at),
        )
        for each in found
    ]


def _refunds(year: int, moves: QuerySet[BalanceMove]) -> list[facts.Refund]:
    shown = BalanceMove.objects.filter(source=OuterRef("key"))
    done = (RefundState.SENT, RefundState.DONE)
    unseen = Q(state__in=done, payment__paid_at__year=year) & ~Exists(shown)
    rows = CardRefund.objects.exclude(key=None)
    rows = rows.filter(Q(key__in=moves.values("source")) | unseen)
    return [
        facts.Refund(
            key=str(each.key),
            uid=str(each.uid),
            payment=each.payment_id,
            cents=each.amount,
            done=each.state in done,
            elsewhere=each.cause == RefundCause.ELSEWHERE,
            on=_day(each.decided_at or each.asked_at),
        )
        for each in rows
    ]


def _credits(year: int) -> QuerySet[BankMatch]:
    """Lines of the bank that come from the card service, but those that were classified."""
    ours = Q(verdict__in=CARDS) & ~Q(state=DifferenceState.REFUSED)
    ours |= Q(payout__isnull=False, verdict=BankVerdict.AMOUNT_DIFFERS)
    of_year = Q(payout__arrives_on__year=year) | Q(payout=None, line__booked_on__year=year)
    return BankMatch.objects.filter(ours, of_year).select_related("line", "payout")


def _move(each: BalanceMove) -> facts.Move:
    return facts.Move(
        key=each.key,
        kind=each.kind,
        source=each.source,
        gross=each.gross,
        fee=each.fee,
        net=each.net,
        on=_day(each.made_at),
        payment=each.payment_id,
        payout=each.payout.key if each.payout else "",
    )


def _payout(each: Payout, *, seen: bool = False) -> facts.Payout:
    return facts.Payout(
        key=each.key,
        cents=each.amount,
        state=each.state,
        automatic=each.automatic,
        arrives_on=each.arrives_on,
        reference=each.reference,
        seen=seen,
    )


def _credit(each: BankMatch) -> facts.Credit:
    if each.line is None:
        raise ValueError("a credit is a line of the bank")
    sure = each.state in SETTLED or each.verdict != BankVerdict.CARD_PAYOUT
    return facts.Credit(
        key=str(each.pk),
        cents=in_cents(each.amount),
        on=each.line.booked_on,
        payout=each.payout.key if each.payout else "",
        decided=sure,
    )


# --- for the bank's files


def _with_lines(payouts: QuerySet[Payout]) -> QuerySet[Payout]:
    lines = BankMatch.objects.filter(state__in=SETTLED, verdict=BankVerdict.CARD_PAYOUT)
    return payouts.annotate(seen=Exists(lines.filter(payout=OuterRef("pk"))))


def known_payouts(since: date) -> list[facts.Payout]:
    """The payouts of that day or later, as the bank may show them."""
    rows = _with_lines(Payout.objects.filter(arrives_on__gte=since))
    return [_payout(each, seen=each.seen) for each in rows]  # type: ignore[attr-defined]


def payout_choices_of(match: BankMatch) -> list[Payout]:
    """Payouts of the very amount that no line is yet: a person chooses."""
    if match.line is None:
        return []
    rows = Payout.objects.filter(amount=in_cents(match.amount)).exclude(amount=0)
    return [each for each in _with_lines(rows)[:MOST_CHOICES] if not each.seen]  # type: ignore[attr-defined]


WAITS = frozenset({CardVerdict.ON_ITS_WAY, CardVerdict.TO_READ, CardVerdict.SUGGESTED})
