"""What the card service owes and pays: every movement of its balance, every payout to the bank.

Rows for the reconciliation: a payout is explained once the net of its movements is its amount.
Cents of euros; fees are positive, `net` is gross less fee; what leaves is negative.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .payment import CardPayment


class Payout(models.Model):
    """A sum sent to the network's bank account. `state`: the card service's word.

    `reference`: what the bank's line repeats of it; empty until the card service knows it.
    """

    key = models.CharField(max_length=255, unique=True)
    amount = models.IntegerField()
    state = models.CharField(max_length=20)
    automatic = models.BooleanField()
    reference = models.CharField(max_length=255, blank=True)
    arrives_on = models.DateField()
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("versement du service de carte")
        verbose_name_plural = _("versements du service de carte")
        ordering = ("-arrives_on", "-pk")

    def __str__(self) -> str:
        return self.key


class BalanceMove(models.Model):
    """A movement of the balance: a charge, a refund, a dispute, a payout. `source`: its cause."""

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=255, blank=True)
    gross = models.IntegerField()
    fee = models.IntegerField()
    net = models.IntegerField()
    made_at = models.DateTimeField()
    available_on = models.DateField()
    payment = models.ForeignKey(
        CardPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    payout = models.ForeignKey(
        Payout, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )

    class Meta:
        verbose_name = _("mouvement du solde")
        verbose_name_plural = _("mouvements du solde")
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("fee")), name="balance_net_is_gross_less_fee"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
