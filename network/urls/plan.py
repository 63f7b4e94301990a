"""The care plan, its agreement, sharing, exceptional access, who read the file, the pathway."""

from django.urls import path

from network.views import glass, own_plan, plan_edit, plans, sharing, timeline

urlpatterns = [
    path("plans/", plans.plan_list, name="plans"),
    path("dossiers/<slug:code>/plan/", plans.plan, name="plan"),
    path("dossiers/<slug:code>/plan/modifier/", plan_edit.edit, name="plan_edit"),
    path("dossiers/<slug:code>/plan/relire/", plan_edit.check, name="plan_check"),
    path("dossiers/<slug:code>/plan/abandon/", plan_edit.drop, name="plan_drop"),
    path("dossiers/<slug:code>/plan/ecarts/", plans.choose_versions, name="plan_choose"),
    path(
        "dossiers/<slug:code>/plan/ecarts/<int:old>/<int:new>/", plans.compare, name="plan_compare"
    ),
    path("dossiers/<slug:code>/plan/<int:number>/", plans.version, name="plan_version"),
    path("dossiers/<slug:code>/plan/<int:number>/pdf/", plans.download, name="plan_pdf"),
    path("dossiers/<slug:code>/plan/<int:number>/accord/", plans.agreement, name="plan_agreement"),
    path("mon-plan/<slug:code>/", own_plan.plan, name="own_plan"),
    path("mon-plan/<slug:code>/document/", own_plan.download, name="own_plan_pdf"),
    path("mon-plan/<slug:code>/accord/", own_plan.agree, name="own_plan_agree"),
    path("dossiers/<slug:code>/accords/", sharing.sharing, name="sharing"),
    path("dossiers/<slug:code>/accords/<slug:circle>/", sharing.give, name="sharing_give"),
    path(
        "dossiers/<slug:code>/accords/<slug:circle>/retrait/",
        sharing.withdraw,
        name="sharing_withdraw",
    ),
    path("mes-accords/<slug:code>/", sharing.own_sharing, name="own_sharing"),
    path("mon-dossier/<slug:code>/consultations/", sharing.own_readers, name="own_readers"),
    path("acces-exceptionnel/", glass.ask, name="glass"),
    path("acces-exceptionnels/", glass.index, name="glasses"),
    path("acces-exceptionnels/<int:glass>/", glass.check, name="glass_check"),
    path("dossiers/<slug:code>/parcours/", timeline.pathway, name="pathway"),
    path("mon-parcours/<slug:code>/", timeline.own_pathway, name="own_pathway"),
]
