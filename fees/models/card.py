"""Differences of the chain of card payments that somebody has explained.

The chain itself is computed from facts (`fees/reconcile/cards.py`); only the words are kept.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fees.enums import CardVerdict

CARD_VERDICTS = {
    CardVerdict.CHARGED: _("Paiement encaissé"),
    CardVerdict.GIVEN_BACK: _("Remboursement décidé"),
    CardVerdict.DISPUTE_WON: _("Contestation écartée"),
    CardVerdict.SERVICE_FEE: _("Frais du service"),
    CardVerdict.SENT: _("Départ vers la banque"),
    CardVerdict.PAID_OUT: _("Arrivé à la banque"),
    CardVerdict.CREDITED: _("Crédit du versement"),
    CardVerdict.SUGGESTED: _("À accepter sur le relevé"),
    CardVerdict.ON_ITS_WAY: _("Attendu à la banque"),
    CardVerdict.TO_READ: _("À lire bientôt"),
    CardVerdict.NO_SEAT: _("Payé sans inscription"),
    CardVerdict.NOT_SHOWN: _("Absent du service de carte"),
    CardVerdict.AMOUNT_DIFFERS: _("Montants différents"),
    CardVerdict.PAID_TWICE: _("Payé deux fois"),
    CardVerdict.UNKNOWN_REFUND: _("Remboursement hors du portail"),
    CardVerdict.REFUND_FAILED: _("Remboursement revenu"),
    CardVerdict.DISPUTED: _("Paiement contesté"),
    CardVerdict.FEE_DIFFERS: _("Frais inhabituels"),
    CardVerdict.NET_DIFFERS: _("Versement inexpliqué"),
    CardVerdict.BY_HAND: _("Versement demandé à la main"),
    CardVerdict.NOT_AT_BANK: _("Pas vu à la banque"),
    CardVerdict.BANK_DIFFERS: _("Autre montant à la banque"),
    CardVerdict.PAYOUT_FAILED: _("Versement refusé"),
    CardVerdict.UNKNOWN_CREDIT: _("Crédit sans versement"),
    CardVerdict.NOT_NOTED: _("Avis perdu"),
    CardVerdict.OTHER: _("Mouvement à comprendre"),
}


class CardExplanation(models.Model):
    """Why one thing of the chain differs, as an accountant wrote it.

    It stands for the thing (`item`), its kind and its cents: once one of these changes, the
    difference is back. Taken back, it stays with who did it.
    """

    item = models.CharField(max_length=300)
    verdict = models.CharField(
        max_length=14, choices=[(k.value, v) for k, v in CARD_VERDICTS.items()]
    )
    cents = models.IntegerField()
    words = models.CharField(_("explication"), max_length=300)
    at = models.DateTimeField()
    by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("explication d’un écart de carte")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "verdict", "cents"],
                condition=Q(ended_at=None),
                name="card_difference_explained_once",
                violation_error_message=_("Cet écart est déjà expliqué."),
            ),
            models.CheckConstraint(condition=~Q(words=""), name="card_explanation_in_words"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="card_explanation_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.verdict}"
