"""A thing of the chain of card payments as its two sides face each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fees.models import BankMatch, CardExplanation
from fees.models.card import CARD_VERDICTS
from fees.reconcile.card_words import NEXT, WHY
from fees.reconcile.cards import Item
from fees.selectors.cards import WAITS, YearOfCards
from portal.kit.money import of_cents
from portal.kit.words import euros, plain_day
from training.models import CardPayment, Payout

from .two_sides import TwoSides

type Side = tuple[str, str, Sequence[str]]
NOTHING = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace(TwoSides):
    """The card service or the bank at the left, what answers it at the right; then what to do, or
    what somebody has said."""

    item: Item
    next: str
    why: str
    said: CardExplanation | None
    links: Sequence[tuple[str, str]]


def card_faces(items: Iterable[Item], found: YearOfCards) -> list[CardFace]:
    """The faces of these items; two queries for all of them."""
    rows = list(items)
    payments = CardPayment.objects.select_related("registration__person", "registration__meeting")
    known = payments.in_bulk([each.payment for each in rows if each.payment is not None])
    return [_face(each, found, known.get(each.payment or 0)) for each in rows]


def _face(item: Item, found: YearOfCards, payment: CardPayment | None) -> CardFace:
    said = found.explanation(item)
    payout = found.payouts.get(item.payout)
    left, right = _sides(item, found, payment, payout)
    label = str(CARD_VERDICTS[item.verdict])
    return CardFace(
        item=item,
        title=f"{left[0]}, {plain_day(item.on)}, {label}",
        left_kicker=left[0],
        left_figure=left[1],
        left_facts=left[2],
        right_kicker=right[0],
        right_figure=right[1],
        right_facts=right[2],
        joined=not item.differs and item.verdict not in WAITS,
        tag=tag_of(item, said),
        label=f"{label} · {_('expliqué')}" if said else label,
        explanation=item.said,
        next="" if said else NEXT.get(item.verdict, ""),
        why=WHY.get(item.verdict, ""),
        said=said,
        links=_links(payment, payout, found.lines.get(item.key)),
    )


def tag_of(item: Item, said: CardExplanation | None) -> str:
    """The colour of its mark."""
    if item.differs:
        return "info" if said else "bad"
    return "wait" if item.verdict in WAITS else "ok"


def _sides(
    item: Item, found: YearOfCards, payment: CardPayment | None, payout: Payout | None
) -> tuple[Side, Side]:
    figure, day = euros(of_cents(item.cents)), plain_day(item.on)
    kind, _colon, name = item.key.partition(":")
    held = _held(payment)
    match kind:
        case "move":
            return (_("Service de carte, net"), figure, [day, name]), held
        case "payout":
            return (_("Versement"), figure, [day, _trace(payout, name)]), _bank(item, found)
        case "credit":
            where = (_("Banque"), figure, [day, _line_words(found.lines.get(item.key))])
            return where, _paid_out(payout)
    return (_("Service de carte"), NOTHING, [_("aucun mouvement")]), (
        (_("Portail"), figure, held[2])
    )


def _held(payment: CardPayment | None) -> Side:
    if payment is None:
        return _("Rien au portail"), NOTHING, []
    seat = payment.registration
    facts = [str(seat.person), str(seat.meeting), str(payment.get_state_display())]
    return _("Inscription"), euros(of_cents(payment.amount)), facts


def _trace(payout: Payout | None, name: str) -> str:
    return (payout.reference if payout else "") or name


def _bank(item: Item, found: YearOfCards) -> Side:
    credit = found.chain.credit_of.get(item.payout)
    if credit is None:
        return _("Rien à la banque"), NOTHING, []
    line = _line_words(found.lines.get(f"credit:{credit.key}"))
    return _("Banque"), euros(of_cents(credit.cents)), [plain_day(credit.on), line]


def _line_words(match: BankMatch | None) -> str:
    line = match.line if match else None
    return (line.name or line.text[:80]) if line else ""


def _paid_out(payout: Payout | None) -> Side:
    if payout is None:
        return _("Aucun versement"), NOTHING, []
    facts = [plain_day(payout.arrives_on), _trace(payout, payout.key)]
    return _("Versement"), euros(of_cents(payout.amount)), facts


def _links(
    payment: CardPayment | None, payout: Payout | None, match: BankMatch | None
) -> list[tuple[str, str]]:
    found = []
    if payment is not None:
        found.append((reverse("training:payment", args=[payment.pk]), _("Paiement")))
    if payout is not None:
        found.append((reverse("fees:card_payout", args=[payout.pk]), _("Versement")))
    if match is not None:
        address = reverse("fees:bank_workbench", args=[match.file_id])
        found.append((f"{address}?vue=decidees&d={match.pk}#ici", _("Ligne de banque")))
    return found
