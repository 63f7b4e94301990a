"""What a difference asks for: the gesture proposed first, what it is worth, what stays at stake.

Source: the kinds of difference of the network's reconciliation (docs/adr/0018).
"""

from decimal import Decimal

from fees.enums import DifferenceMove as Move

from .frames import Left, Pair

SURE = Decimal("0.95")
"""Confidence from which what concords is settled without a person."""

PROPOSED = {
    Pair.MATCHED: Move.ACCEPTED,
    Pair.AMOUNT_DIFFERS: Move.ACCEPTED,
    Pair.DATE_DIFFERS: Move.ACCEPTED,
    Pair.KIND_DIFFERS: Move.ACCEPTED,
    Pair.ALREADY_PAID: Move.REFUSED,
    Pair.NOT_PAYABLE: Move.REFUSED,
    Left.CLAIMED_TWICE: Move.REFUSED,
    Left.MISSING_IN_LOG: Move.ASKED,
    Left.UNKNOWN_PATIENT: Move.ASKED,
    Left.UNREADABLE: Move.ASKED,
    Left.MISSING_IN_STATEMENT: Move.ACCEPTED,
}
PAYS = frozenset({Pair.MATCHED, Pair.AMOUNT_DIFFERS, Pair.DATE_DIFFERS, Pair.KIND_DIFFERS})
"""Verdicts under which a line, once accepted, is worth the amount of its act."""

WHY_REFUSED = {
    Pair.ALREADY_PAID: "Cet acte est déjà payé.",
    Pair.NOT_PAYABLE: "Cet acte n’est pas payable : le portail en donne le motif.",
    Left.CLAIMED_TWICE: "Cet acte est demandé deux fois.",
    Left.MISSING_IN_LOG: "Aucun acte n’est noté au portail.",
    Left.UNKNOWN_PATIENT: "Ce patient n’est pas connu du portail.",
    Left.UNREADABLE: "Cette ligne ne peut pas être lue.",
    Pair.AMOUNT_DIFFERS: "Le montant demandé n’est pas celui de l’acte.",
    Pair.DATE_DIFFERS: "La date demandée n’est pas celle de l’acte.",
    Pair.KIND_DIFFERS: "L’acte demandé n’est pas celui qui est noté.",
    Pair.MATCHED: "Ligne écartée.",
}
TO_ASK = {
    Left.CLAIMED_TWICE: "Dites si le second acte a eu lieu, et quel jour.",
    Pair.ALREADY_PAID: "Dites si un autre acte a eu lieu, et quel jour.",
    Pair.NOT_PAYABLE: "Lisez le motif au portail, puis corrigez l’acte ou la ligne.",
    Left.MISSING_IN_LOG: "Notez cet acte au portail s’il a eu lieu, ou corrigez la ligne.",
    Left.UNKNOWN_PATIENT: "Donnez le numéro de dossier du patient.",
    Left.UNREADABLE: "Récrivez cette ligne : date, patient et montant.",
    Pair.AMOUNT_DIFFERS: "Dites quel montant est le bon.",
    Pair.DATE_DIFFERS: "Dites quelle date est la bonne.",
    Pair.KIND_DIFFERS: "Dites quel acte a été fait.",
    Left.MISSING_IN_STATEMENT: "Dites si vous demandez le paiement de cet acte.",
}


def is_settled_by_itself(verdict: str, confidence: Decimal) -> bool:
    return verdict == Pair.MATCHED and confidence >= SURE


def worth(verdict: str, held: Decimal) -> Decimal:
    """Euros that an accepted line pays: always those of the act."""
    return held if verdict in PAYS else Decimal(0)


def stake(verdict: str, claimed: Decimal, held: Decimal) -> Decimal:
    """Euros that depend on the decision."""
    match verdict:
        case Pair.MATCHED:
            return Decimal(0)
        case Pair.AMOUNT_DIFFERS:
            return abs(claimed - held)
        case Left.MISSING_IN_STATEMENT:
            return held
        case Pair.DATE_DIFFERS | Pair.KIND_DIFFERS:
            return max(claimed, held)
        case _:
            return claimed
