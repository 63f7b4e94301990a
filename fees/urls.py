"""Acts: noted, followed, controlled, arbitrated."""

from django.urls import path, re_path

from fees.views import acts, arbitration, control, log, schedule

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
    path("arbitrages/", arbitration.queue, name="arbitrations"),
    path("arbitrages/<int:pk>/", arbitration.decide, name="arbitration"),
    path("bareme/", schedule.schedule, name="schedule"),
    path("bareme/lecture/", schedule.new_policy, name="new_policy"),
    path("bareme/<str:kind>/", schedule.new_tariff, name="new_tariff"),
]
