"""How people call the acts of the fee table, and the words that are no act."""

import re

from fees.enums import Kind
from portal.kit.folding import plain

IDEM = frozenset({'"', "''", "idem", "id", "//", '-"-', "″", "〃", "»", '— " —', "idem.", "’’"})
_TOTAL = re.compile(
    r"(?:sous )?tot(?:al|aux)\b|somme\b|net a payer|a (?:regler|payer|reporter)|report\b|"
    r"montant total|solde\b|cumul\b|(?:arrete|certifie)\b"
)


def kind_of(text: str, profession: str) -> str | None:  # noqa: PLR0911 - one for each kind
    """The code of the act that a wording means, None when it means none.

    A bare « RCP » is a treating doctor's for a doctor (`profession` of the sender), else a
    paramedic's.
    """
    said = plain(text)
    whole = said.replace(" ", "").upper()
    for kind in Kind:
        if whole == kind.replace("-", ""):
            return kind
    words = f" {said} "

    def has(*parts: str) -> bool:
        return any(part in words for part in parts)

    if has(" rcp", "reunion de concertation", "concertation pluri"):
        doctor = has(" mt ", "medecin", "traitant") or profession == "doctor"
        return Kind.RCP_MT if doctor and not has("para") else Kind.RCP_PARA
    if has("reeval", "re eval", "liaison", "reevaluation"):
        return Kind.MED_REEVAL
    if has("remob", "kine", "reeduc", "mobilisation"):
        return Kind.KINE_REMOB
    if has(" psy", "relaxation", "hypnose", "sophro"):
        return Kind.PSY_SUIVI
    if has("bilan", "evaluation douleur", "evaluation de la douleur"):
        return Kind.PSY_SUIVI if profession == "psychologist" else Kind.MED_BILAN
    return None


def is_total(cells: list[str]) -> bool:
    """Does a row say that it is a sum?"""
    return any(_TOTAL.match(plain(cell)) for cell in cells if cell)
