"""Acts: noted, followed, controlled, arbitrated."""

from django.urls import path, re_path

from fees.views import (
    acts,
    arbitration,
    closings,
    control,
    log,
    my_payments,
    papers,
    payments,
    schedule,
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
    path("paiements/clotures/", closings.closings, name="closings"),
    path("paiements/clotures/<int:year>/", closings.year, name="closing_year"),
    path("paiements/clotures/<int:year>/<int:month>/", closings.month, name="closing_month"),
    path("paiements/rapports/", papers.reports, name="reports"),
    path("paiements/rapports/<int:year>/", papers.reports, name="reports_of"),
    re_path(
        r"^paiements/rapports/(?P<year>\d{4})/das2\.(?P<kind>csv|xlsx)$", papers.das2, name="das2"
    ),
    path("paiements/rapports/<int:year>/journal.txt", papers.journal, name="journal"),
    path("paiements/rapports/<int:year>/agence/", papers.agency, name="agency"),
    re_path(
        r"^paiements/rapports/(?P<year>\d{4})/agence\.(?P<kind>pdf|xlsx)$",
        papers.agency_file,
        name="agency_file",
    ),
    path("paiements/releves/<int:year>/<int:pk>.pdf", papers.statement, name="statement"),
    path("mes-paiements/releve-<int:year>.pdf", my_payments.statement, name="my_statement"),
    path("arbitrages/", arbitration.queue, name="arbitrations"),
    path("arbitrages/<int:pk>/", arbitration.decide, name="arbitration"),
    path("bareme/", schedule.schedule, name="schedule"),
    path("bareme/lecture/", schedule.new_policy, name="new_policy"),
    path("bareme/<str:kind>/", schedule.new_tariff, name="new_tariff"),
]
