"""Acts: noted, followed, controlled, arbitrated."""

from django.urls import path, re_path

from fees.views import (
    acts,
    arbitration,
    control,
    log,
    my_claims,
    my_payments,
    payments,
    schedule,
    why,
)

app_name = "fees"
urlpatterns = [
    path("actes/", acts.my_acts, name="my_acts"),
    path("actes/noter/", log.log_act, name="log_act"),
    re_path(r"^actes/export\.(?P<kind>csv|xlsx)$", acts.export, name="export"),
    path("actes/<int:pk>/", acts.act, name="act"),
    path("actes/<int:pk>/envoyer/", acts.send, name="send"),
    path("actes/<int:pk>/annuler/", acts.cancel, name="cancel"),
    path("actes/<int:pk>/corriger/", log.replace, name="replace"),
    path("controle/", control.control, name="control"),
    re_path(r"^controle/export\.(?P<kind>csv|xlsx)$", control.export, name="control_export"),
    path("controle/<int:pk>/", control.control_act, name="control_act"),
    path("controle/<int:pk>/valider/", control.validate, name="validate"),
    path("controle/<int:pk>/defaire/", control.undo, name="undo"),
    path("paiements/", payments.batches, name="batches"),
    path("paiements/preparer/", payments.prepare, name="batch_prepare"),
    path("paiements/enveloppe/", payments.envelope, name="envelope"),
    path("paiements/lots/<int:number>/", payments.batch, name="batch"),
    path("paiements/lots/<int:number>/signer/", payments.sign, name="batch_sign"),
    path("paiements/lots/<int:number>/abandonner/", payments.drop, name="batch_drop"),
    path("paiements/lots/<int:number>/fichier/", payments.download, name="batch_file"),
    path("paiements/lots/<int:number>/execute/", payments.executed, name="batch_executed"),
    path("paiements/virements/<int:pk>/", payments.transfer, name="transfer"),
    path("mes-paiements/", my_payments.mine, name="my_payments"),
    path("mes-paiements/<int:pk>/", my_payments.one, name="my_payment"),
    path("mes-paiements/<int:pk>/avis.pdf", my_payments.advice, name="remittance"),
    path("arbitrages/", arbitration.queue, name="arbitrations"),
    path("arbitrages/<int:pk>/", arbitration.decide, name="arbitration"),
    path("bareme/", schedule.schedule, name="schedule"),
    path("bareme/lecture/", schedule.new_policy, name="new_policy"),
    path("bareme/<str:kind>/", schedule.new_tariff, name="new_tariff"),
    path("actes/demandes/", my_claims.mine, name="my_claims"),
    path("actes/demandes/envoyer/", my_claims.send, name="send_claim"),
    path("actes/demandes/<int:pk>/", my_claims.one, name="my_claim"),
    path("actes/demandes/lignes/<int:pk>/", my_claims.again, name="claim_again"),
    path("paiement-d-un-acte/", why.why, name="why"),
]
