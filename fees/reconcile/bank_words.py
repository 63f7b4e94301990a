"""What the bank says, in French: the kinds of difference, the reasons for which transfers return.

Reasons: ISO 20022 external code set, « return reason », those that credit transfers use.
"""

from fees.enums import BankVerdict as Verdict

REASONS = {
    "AC01": "numéro de compte inexact",
    "AC03": "numéro de compte inexact",
    "AC04": "compte clos",
    "AC06": "compte bloqué",
    "AC13": "type de compte inadapté",
    "AC14": "type de compte inadapté",
    "AG01": "opération interdite sur ce compte",
    "AG02": "code d’opération refusé",
    "AM05": "opération en double",
    "AM09": "montant inexact",
    "ARDT": "virement déjà retourné",
    "BE01": "le nom ne correspond pas au compte",
    "BE04": "adresse du bénéficiaire absente",
    "BE05": "émetteur non reconnu",
    "BE06": "bénéficiaire inconnu à cette adresse",
    "CNOR": "banque du bénéficiaire non joignable",
    "CUST": "demandé par l’émetteur",
    "DT01": "date refusée",
    "DUPL": "opération en double",
    "ED05": "règlement entre banques échoué",
    "ERIN": "option refusée",
    "FF05": "type d’opération refusé",
    "FOCR": "rappel demandé par l’émetteur",
    "FR01": "fraude soupçonnée",
    "LEGL": "décision légale",
    "MD01": "mandat absent",
    "MD07": "titulaire décédé",
    "MS02": "refusé par le bénéficiaire",
    "MS03": "motif non communiqué",
    "NARR": "motif donné en clair par la banque",
    "NOAS": "bénéficiaire sans réponse",
    "NOOR": "virement d’origine non reçu",
    "RC01": "code de la banque inexact",
    "RC07": "code de la banque du bénéficiaire inexact",
    "RR01": "identité de l’émetteur incomplète",
    "RR02": "nom ou adresse de l’émetteur incomplets",
    "RR03": "nom ou adresse du bénéficiaire incomplets",
    "RR04": "raison réglementaire",
    "SL01": "service non offert par la banque",
    "SVNR": "service non rendu",
    "TECH": "incident technique",
    "TM01": "reçu après l’heure limite",
    "UPAY": "virement non dû",
}

NEXT = {
    Verdict.PAID: "Acceptez : le virement est noté payé.",
    Verdict.GROUPED: "Acceptez : tous les virements du lot sont notés payés.",
    Verdict.RETURNED: (
        "Acceptez : ses actes attendent le prochain lot. Demandez le nouveau RIB au professionnel."
    ),
    Verdict.AMOUNT_DIFFERS: "Demandez à la banque pourquoi le montant n’est pas celui de l’ordre.",
    Verdict.PAID_TWICE: "Demandez à la banque le remboursement du second débit.",
    Verdict.UNKNOWN_DEBIT: "Classez-le avec un motif, ou choisissez le virement qu’il paie.",
    Verdict.UNKNOWN_CREDIT: "Classez-le avec un motif, ou choisissez le virement qui revient.",
    Verdict.NOT_SEEN: "Vérifiez que le fichier du lot a été déposé et accepté par la banque.",
    Verdict.CARD_PAYOUT: "Acceptez : cette ligne est le versement du service de carte.",
    Verdict.CARD_UNKNOWN: "Choisissez le versement, ou classez la ligne avec un motif.",
}
WHY = {
    Verdict.UNKNOWN_DEBIT: "Frais bancaires",
    Verdict.UNKNOWN_CREDIT: "Versement sans rapport avec les virements",
    Verdict.NOT_SEEN: "Le lot sera exécuté plus tard",
    Verdict.PAID_TWICE: "Débit en double, remboursement demandé à la banque",
    Verdict.AMOUNT_DIFFERS: "Écart expliqué par la banque",
    Verdict.RETURNED: "Retour sans rapport avec ce virement",
    Verdict.PAID: "Débit sans rapport avec ce virement",
    Verdict.GROUPED: "Débit sans rapport avec ce lot",
    Verdict.CARD_PAYOUT: "Crédit sans rapport avec ce versement",
    Verdict.CARD_UNKNOWN: "Versement expliqué par le service de carte",
}
"""Words proposed when a line is classified without touching the payments."""


def reason_words(code: str) -> str:
    """« compte clos (AC04) »; the code alone when it is not in the list."""
    if not code:
        return ""
    return f"{REASONS[code]} ({code})" if code in REASONS else f"motif {code}"
