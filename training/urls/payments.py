"""Card payments: where one pays, what the card service tells, what accountancy reads."""

from django.urls import path

from training.views import checkout, payments

urlpatterns = [
    path("se-former/inscriptions/<uuid:uid>/payer/", checkout.pay, name="registration_pay"),
    path("se-former/factures/<int:pk>.pdf", checkout.document, name="my_invoice"),
    path("paiements-par-carte/avis/", checkout.webhook, name="card_webhook"),
    path("paiements-par-carte/", payments.all_of_them, name="payments"),
    path("paiements-par-carte/versements/", payments.payouts, name="payouts"),
    path("paiements-par-carte/versements/<int:pk>/", payments.payout, name="payout"),
    path("paiements-par-carte/<int:pk>/", payments.one, name="payment"),
    path("paiements-par-carte/<int:pk>/rembourser/", payments.ask, name="refund_ask"),
    path("paiements-par-carte/remboursements/<int:pk>/", payments.decide, name="refund_decide"),
    path("paiements-par-carte/factures/<int:pk>.pdf", payments.document, name="invoice"),
]
