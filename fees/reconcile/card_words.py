"""What to do about each difference of the chain of card payments, in French."""

from fees.enums import CardVerdict as Verdict

NEXT = {
    Verdict.NO_SEAT: "Retrouvez la personne, puis inscrivez-la ou remboursez-la.",
    Verdict.NOT_SHOWN: "Cherchez ce paiement sur le site du service de carte.",
    Verdict.AMOUNT_DIFFERS: "Comparez avec la facture, puis rendez ou demandez la différence.",
    Verdict.PAID_TWICE: "Remboursez le second paiement, depuis sa page.",
    Verdict.UNKNOWN_REFUND: "Demandez qui l’a ordonné sur le site du service, et pourquoi.",
    Verdict.REFUND_FAILED: "Convenez avec la personne d’une autre façon de lui rendre la somme.",
    Verdict.DISPUTED: "Répondez à la contestation sur le site du service de carte.",
    Verdict.FEE_DIFFERS: "Expliquez-le s’il suit le contrat, sinon écrivez au service de carte.",
    Verdict.NET_DIFFERS: "Demandez au service de carte le détail de ce versement.",
    Verdict.BY_HAND: "Remettez les versements automatiques dans les réglages du service.",
    Verdict.NOT_AT_BANK: "Demandez à la banque, avec la référence du versement.",
    Verdict.BANK_DIFFERS: "Demandez à la banque ce qu’elle a retenu.",
    Verdict.PAYOUT_FAILED: "Vérifiez le compte que connaît le service de carte.",
    Verdict.UNKNOWN_CREDIT: "Décidez cette ligne sur son relevé de banque.",
    Verdict.NOT_NOTED: "Rien à faire aujourd’hui : la lecture de la nuit le note d’elle-même.",
    Verdict.OTHER: "Cherchez ce mouvement sur le site du service de carte.",
}
WHY = {
    Verdict.NO_SEAT: "Remboursement demandé",
    Verdict.NOT_SHOWN: "Vu sur le site du service de carte",
    Verdict.AMOUNT_DIFFERS: "Différence rendue à la personne",
    Verdict.PAID_TWICE: "Second paiement remboursé",
    Verdict.UNKNOWN_REFUND: "Ordonné par l’équipe sur le site du service",
    Verdict.REFUND_FAILED: "Rendu par virement",
    Verdict.DISPUTED: "Contestation suivie avec la personne",
    Verdict.FEE_DIFFERS: "Carte étrangère : frais du contrat",
    Verdict.NET_DIFFERS: "Détail demandé au service de carte",
    Verdict.BY_HAND: "Versement demandé exprès",
    Verdict.NOT_AT_BANK: "Demandé à la banque",
    Verdict.BANK_DIFFERS: "Frais de la banque",
    Verdict.PAYOUT_FAILED: "Compte corrigé, nouveau versement attendu",
    Verdict.UNKNOWN_CREDIT: "Crédit sans rapport avec les versements",
    Verdict.NOT_NOTED: "Sera noté à la prochaine lecture",
    Verdict.OTHER: "Mouvement vu sur le site du service de carte",
}
"""Words proposed for the explanation, to keep or to change."""
