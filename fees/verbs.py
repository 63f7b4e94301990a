"""What the fee room writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from fees.enums import Move, Payment, SpotResult
from network.models.journal import VERBS

VERBS.update(
    {
        f"act.{Move.DRAFTED}": _("acte gardé en brouillon"),
        f"act.{Move.LOGGED}": _("acte noté"),
        f"act.{Move.REDECIDED}": _("acte décidé de nouveau"),
        f"act.{Move.ARBITRATED}": _("acte arbitré"),
        f"act.{Move.VALIDATED}": _("acte validé"),
        f"act.{Move.BATCHED}": _("acte mis en paiement"),
        f"act.{Move.PAID}": _("acte payé"),
        f"act.{Move.CANCELLED}": _("acte annulé"),
        f"act.{Move.REVERSED}": _("acte extourné"),
        f"act.{Move.RETURNED}": _("acte à payer de nouveau"),
        f"batch.{Payment.PREPARED}": _("lot préparé"),
        f"batch.{Payment.DROPPED}": _("lot abandonné"),
        f"batch.{Payment.TAKEN_OUT}": _("virement retiré du lot"),
        f"batch.{Payment.CALLED}": _("rappel noté avant la signature"),
        f"batch.{Payment.SIGNED}": _("lot signé"),
        f"batch.{Payment.DOWNLOADED}": _("fichier de virement téléchargé"),
        f"batch.{Payment.EXECUTED}": _("virement exécuté"),
        f"batch.{Payment.REJECTED}": _("virement rejeté"),
        f"batch.{Payment.RETURNED}": _("virement revenu"),
        "claim.sent": _("demande de paiement envoyée"),
        "claim.returned": _("acte renvoyé au professionnel"),
        "envelope.granted": _("enveloppe accordée"),
        "tariff.superseded": _("tarif changé"),
        "books.closed": _("comptes clos"),
        "policy.superseded": _("lecture du barème changée"),
        f"spot_check.{SpotResult.RIGHT}": _("acte vérifié après paiement"),
        f"spot_check.{SpotResult.FAULT}": _("anomalie trouvée après paiement"),
        "spot_rate.set": _("part vérifiée après paiement fixée"),
        f"act.{Move.REOPENED}": _("validation d’un acte annulée"),
        "claim.held": _("acte contrôlé, en attente de l’enveloppe"),
        "claim.recalled": _("acte à contrôler de nouveau"),
    }
)

VERBS.update(
    {
        "statement.received": _("relevé reçu"),
        "statement.read": _("relevé rapproché des actes"),
        "statement.sent": _("relevé envoyé à la comptabilité"),
        "statement.dropped": _("relevé écarté"),
        "statement.closed": _("rapprochement d’un relevé terminé"),
        "statement.downloaded": _("relevé d’origine téléchargé"),
        "difference.accepted": _("différence acceptée"),
        "difference.refused": _("ligne de relevé rejetée"),
        "difference.asked": _("différence demandée au professionnel"),
        "difference.undone": _("décision sur une différence annulée"),
        "difference.split": _("ligne de relevé partagée entre des actes"),
        "difference.noted": _("note sur une différence"),
        "difference.assigned": _("différence confiée"),
    }
)

VERBS.update(
    {
        "difference.found": _("acte retrouvé pour une ligne de relevé"),
        "rule.started": _("règle de rapprochement mise en service"),
        "rule.stopped": _("règle de rapprochement arrêtée"),
        "bank.received": _("relevé de banque reçu"),
        "bank.imported": _("relevé de banque importé"),
        "bank.dropped": _("relevé de banque écarté"),
        "bank.closed": _("rapprochement d’un relevé de banque terminé"),
        "bank.downloaded": _("relevé de banque d’origine téléchargé"),
        "bank_line.accepted": _("ligne de banque acceptée"),
        "bank_line.refused": _("ligne de banque classée"),
        "bank_line.asked": _("question posée à la banque"),
        "bank_line.undone": _("décision sur une ligne de banque annulée"),
        "bank_line.noted": _("note sur une ligne de banque"),
        "bank_line.assigned": _("ligne de banque confiée"),
        "bank.columns": _("colonnes d’un relevé de banque indiquées"),
        "card_difference.explained": _("écart de carte expliqué"),
        "card_difference.reopened": _("explication d’un écart de carte reprise"),
    }
)
