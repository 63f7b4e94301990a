"""Card payments from the registration to the bank: payment, movement, payout, credit (S01 to S12).

Pure. Every movement of the card service, every payout, every credit of the bank, and every payment
or refund that the portal holds and no movement shows, ends in exactly one kind, with a sentence.
Cents are signed as they move the balance; what is paid out leaves it. A difference of keys between
a test and a real account (S12) never comes here: such facts are refused as they are read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from fees.enums import CardVerdict as Verdict

from .bank_lines import euros_of
from .card_facts import (
    ADJUSTMENTS,
    CHARGES,
    FAILED_REFUNDS,
    FEES,
    OUT,
    OUT_AND_BACK,
    REFUNDS,
    Credit,
    Move,
    Payment,
    Payout,
    Refund,
    ordinary_fee,
    tariff_of,
)

READ_WITHIN = timedelta(days=3)
"""How long a payment may have no movement: the balance is read twice a day."""
SEEN_WITHIN = timedelta(days=3)
"""How long after its day a payout may be missing from the bank's statements."""
FAILED = frozenset({"failed", "canceled"})
DIFFERENCES = frozenset(Verdict) - {
    Verdict.CHARGED,
    Verdict.GIVEN_BACK,
    Verdict.DISPUTE_WON,
    Verdict.SERVICE_FEE,
    Verdict.SENT,
    Verdict.PAID_OUT,
    Verdict.ON_ITS_WAY,
    Verdict.TO_READ,
    Verdict.CREDITED,
    Verdict.SUGGESTED,
}
"""Kinds that somebody has to explain; the others agree, or wait for what is to come."""


type Said = tuple[Verdict, str]
FAILED_OUT = (Verdict.PAYOUT_FAILED, "La banque l’a refusé : la somme revient au solde.")
BY_HAND = (
    Verdict.BY_HAND,
    "Versement demandé à la main : le service ne dit pas de quels paiements il est fait.",
)
NO_PAYMENT = (Verdict.NO_SEAT, "Encaissé par le service de carte, sans inscription au portail.")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the chain and what it is.

    `key` names it for ever, `cents` is what it moves (of a movement, its net). `payment` is the
    portal's, `payout` the card service's name of the payout that carries it.
    """

    key: str
    verdict: Verdict
    cents: int
    on: date
    said: str
    payment: int | None = None
    payout: str = ""

    @property
    def differs(self) -> bool:
        return self.verdict in DIFFERENCES


@dataclass(slots=True)
class Sums:
    """What a payout is made of, in cents: the five parts make `net`."""

    charged: int = 0
    refunded: int = 0
    disputed: int = 0
    other: int = 0
    fees: int = 0
    count: int = 0

    @property
    def net(self) -> int:
        return self.charged + self.refunded + self.disputed + self.other - self.fees

    def add(self, move: Move) -> None:
        self.fees += move.fee
        self.count += 1
        if move.kind in CHARGES:
            self.charged += move.gross
        elif move.kind in REFUNDS | FAILED_REFUNDS:
            self.refunded += move.gross
        elif move.kind in ADJUSTMENTS:
            self.disputed += move.gross
        elif move.kind in FEES:
            self.fees -= move.gross
        else:
            self.other += move.gross


@dataclass(slots=True)
class Chain:
    """The whole: items sorted by day, what each payout is made of, what waits in the balance."""

    items: list[Item] = field(default_factory=list)
    sums: dict[str, Sums] = field(default_factory=dict)
    waiting: Sums = field(default_factory=Sums)
    credit_of: dict[str, Credit] = field(default_factory=dict)
    alike: set[str] = field(default_factory=set)


def follow(
    *,
    payments: Iterable[Payment],
    refunds: Iterable[Refund],
    moves: Iterable[Move],
    payouts: Iterable[Payout],
    credits_: Iterable[Credit],
    today: date,
    seen_until: date | None,
) -> Chain:
    """The chain of these facts, whatever their order.

    `seen_until`: the last day that the bank's statements cover; None without any.
    """
    chain = Chain()
    ordered = sorted(moves, key=lambda each: (each.on, each.key))
    own = [each for each in ordered if each.kind not in OUT_AND_BACK]
    for each in own:
        sums = chain.sums.setdefault(each.payout, Sums()) if each.payout else chain.waiting
        sums.add(each)
    known = sorted(payouts, key=lambda each: each.key)
    chain.items += _of_moves(ordered, payments, refunds, {each.key: each for each in known}, today)
    chain.items += _of_credits(credits_, chain)
    chain.items += [_payout(each, chain, today, seen_until) for each in known]
    chain.items.sort(key=lambda each: (each.on, each.key))
    return chain


# --- movements


def _of_moves(
    moves: Sequence[Move],
    payments: Iterable[Payment],
    refunds: Iterable[Refund],
    payouts: dict[str, Payout],
    today: date,
) -> list[Item]:
    by_payment = {each.key: each for each in payments}
    by_refund = {each.key: each for each in refunds if each.key}
    charges: Counter[int] = Counter()
    shown: set[str] = set()
    items = []
    for move in moves:
        payment = by_payment.get(move.payment) if move.payment is not None else None
        if move.kind in CHARGES:
            verdict, said = NO_PAYMENT
            if payment:
                verdict, said = next(_charge(move, payment, charges[payment.key]))
                charges[payment.key] += 1
        elif move.kind in REFUNDS | FAILED_REFUNDS:
            verdict, said = _refund(move, by_refund.get(move.source), again=move.source in shown)
            if move.kind in REFUNDS:
                shown.add(move.source)
        else:
            verdict, said = _other(move, payment, payouts, today)
        carried = "" if move.kind in OUT_AND_BACK else move.payout
        kept = payment.key if payment else None
        items.append(Item(f"move:{move.key}", verdict, move.net, move.on, said, kept, carried))
    items += [
        _unseen(f"payment:{each.uid}", each, each.cents, each.key, today)
        for each in by_payment.values()
        if each.settled and not charges[each.key]
    ]
    items += [
        _unseen(f"refund:{each.uid}", each, -each.cents, each.payment, today)
        for key, each in by_refund.items()
        if each.done and key not in shown
    ]
    return items


def _unseen(key: str, held: Payment | Refund, cents: int, payment: int, today: date) -> Item:
    if held.on + READ_WITHIN >= today:
        said = "Le solde du service de carte est lu deux fois par jour : ce mouvement viendra."
        return Item(key, Verdict.TO_READ, cents, held.on, said, payment)
    said = f"Noté au portail le {held.on:%d/%m/%Y}, sans mouvement au service de carte."
    return Item(key, Verdict.NOT_SHOWN, cents, held.on, said, payment)


def _charge(move: Move, payment: Payment, rank: int) -> Iterator[Said]:
    """What a charge is: the first of these that is so."""
    if rank:
        yield Verdict.PAID_TWICE, "Le même paiement est encaissé une seconde fois."
    if not payment.settled:
        yield Verdict.NOT_NOTED, "Encaissé, et le portail ne le tient pas pour payé : avis perdu."
    if move.gross != payment.cents:
        said = f"Encaissé {euros_of(move.gross)}, le prix était de {euros_of(payment.cents)}."
        yield Verdict.AMOUNT_DIFFERS, said
    if not payment.kept and payment.refunded < payment.cents:
        if payment.other_kept:
            yield Verdict.PAID_TWICE, "Cette inscription est déjà payée par un autre paiement."
        yield Verdict.NO_SEAT, "Payé, sans place gardée, et pas encore rendu en entier."
    if not ordinary_fee(move.gross, move.fee):
        yield Verdict.FEE_DIFFERS, _fee_words(move)
    yield Verdict.CHARGED, "Même paiement, même montant, frais habituels."


def _fee_words(move: Move) -> str:
    said = f"Frais de {euros_of(move.fee)} pour {euros_of(move.gross)}"
    named = tariff_of(move.gross, move.fee)
    if named:
        return f"{said} : c’est le tarif des {named}."
    return f"{said} : aucun tarif public ne les donne."


def _refund(move: Move, refund: Refund | None, *, again: bool) -> Said:
    if move.kind in FAILED_REFUNDS:
        return Verdict.REFUND_FAILED, "Le remboursement n’a pas abouti : la somme est revenue."
    if refund is None:
        return Verdict.UNKNOWN_REFUND, "Remboursement que le portail ne connaît pas."
    if again:
        return Verdict.UNKNOWN_REFUND, "Le même remboursement est parti une seconde fois."
    if -move.gross != refund.cents:
        said = f"Il est parti {euros_of(-move.gross)}, il était décidé {euros_of(refund.cents)}."
        return Verdict.AMOUNT_DIFFERS, said
    if refund.elsewhere:
        return (
            Verdict.UNKNOWN_REFUND,
            "Remboursement ordonné hors du portail, sans décision à deux.",
        )
    return Verdict.GIVEN_BACK, "Remboursement décidé au portail, même montant."


def _other(move: Move, payment: Payment | None, payouts: dict[str, Payout], today: date) -> Said:
    if move.kind in ADJUSTMENTS and payment is not None:
        return _dispute(move, payment)
    if move.kind in FEES:
        return Verdict.SERVICE_FEE, "Frais du service, hors paiements."
    if move.kind in OUT:
        return _departure(move, payouts, today)
    if move.kind in OUT_AND_BACK:
        return Verdict.PAYOUT_FAILED, "Un versement est revenu au solde."
    return Verdict.OTHER, f"Mouvement « {move.kind[:40]} » sans paiement du portail."


def _dispute(move: Move, payment: Payment) -> Said:
    if payment.dispute == "won":
        return Verdict.DISPUTE_WON, "Contestation écartée : la somme est revenue, pas les frais."
    taken = euros_of(abs(move.net))
    if payment.dispute == "lost":
        return Verdict.DISPUTED, f"Contestation perdue : {taken} partis, frais compris."
    return Verdict.DISPUTED, f"Paiement contesté : {taken} retenus, frais compris."


def _departure(move: Move, payouts: dict[str, Payout], today: date) -> Said:
    sent = payouts.get(move.source) or payouts.get(move.payout)
    if sent is not None and sent.cents == -move.net:
        return Verdict.SENT, "Départ vers la banque, du montant du versement."
    if sent is None and move.on + READ_WITHIN >= today:
        return Verdict.TO_READ, "Départ vers la banque, dont le versement sera bientôt lu."
    return Verdict.NET_DIFFERS, "Départ vers la banque dont le versement n’est pas connu."


# --- payouts and credits


def _of_credits(credits_: Iterable[Credit], chain: Chain) -> list[Item]:
    """Credits that name a payout, then those that name none; a payout arrives once."""
    items = []
    named: dict[str, list[Credit]] = defaultdict(list)
    for each in credits_:
        if each.decided:
            named[each.payout].append(each)
            continue
        chain.alike.add(each.payout)
        said = "Ressemble à un versement : acceptez-la, ou non, sur le relevé de banque."
        items.append(_credit(each, Verdict.SUGGESTED, said))
    for payout, rows in named.items():
        rows.sort(key=lambda each: (each.on, each.key))
        for rank, each in enumerate(rows):
            if not payout:
                verdict, said = Verdict.UNKNOWN_CREDIT, "Aucun versement connu n’est de ce montant."
            elif rank:
                verdict, said = Verdict.UNKNOWN_CREDIT, "Ce versement est déjà arrivé."
            else:
                chain.credit_of[payout] = each
                verdict, said = Verdict.CREDITED, "Le versement du service de carte."
            items.append(_credit(each, verdict, said))
    return items


def _credit(credit: Credit, verdict: Verdict, said: str) -> Item:
    key = f"credit:{credit.key}"
    return Item(key, verdict, credit.cents, credit.on, said, payout=credit.payout)


def _payout(payout: Payout, chain: Chain, today: date, seen_until: date | None) -> Item:
    sums = chain.sums.get(payout.key, Sums())
    if payout.state in FAILED:
        verdict, said = FAILED_OUT
    elif not payout.automatic:
        verdict, said = BY_HAND
    elif sums.net != payout.cents:
        verdict, said = _unexplained(payout, sums, chain, today)
    else:
        verdict, said = next(_arrival(payout, chain, seen_until))
    key = f"payout:{payout.key}"
    return Item(key, verdict, payout.cents, payout.arrives_on, said, payout=payout.key)


def _unexplained(payout: Payout, sums: Sums, chain: Chain, today: date) -> Said:
    awaited = payout.arrives_on + READ_WITHIN >= today and payout.key not in chain.credit_of
    if not sums.count and awaited:
        return Verdict.TO_READ, "Ses mouvements ne sont pas encore lus : ils viendront."
    return Verdict.NET_DIFFERS, (
        f"Les mouvements font {euros_of(sums.net)}, le versement {euros_of(payout.cents)} : "
        f"écart de {euros_of(payout.cents - sums.net)}."
    )


def _arrival(payout: Payout, chain: Chain, seen_until: date | None) -> Iterator[Said]:
    """What an explained payout is at the bank: the first of these that is so."""
    credit, day = chain.credit_of.get(payout.key), f"{payout.arrives_on:%d/%m/%Y}"
    if credit is not None:
        if credit.cents != payout.cents:
            said = f"La banque a reçu {euros_of(credit.cents)}, pas {euros_of(payout.cents)}."
            yield Verdict.BANK_DIFFERS, said
        yield Verdict.PAID_OUT, f"Arrivé à la banque le {credit.on:%d/%m/%Y}, au centime."
    if payout.key in chain.alike:
        yield Verdict.ON_ITS_WAY, "Une ligne de la banque lui ressemble : décidez sur son relevé."
    if seen_until is not None and payout.arrives_on + SEEN_WITHIN < seen_until:
        yield Verdict.NOT_AT_BANK, f"Attendu le {day} : aucune ligne de la banque ne le montre."
    yield Verdict.ON_ITS_WAY, f"Attendu le {day}, sur un relevé qui n’est pas encore importé."
