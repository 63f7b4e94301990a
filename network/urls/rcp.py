"""Case reviews (RCP): meetings, convocations, files, minutes, what comes after."""

from django.urls import path

from network.views import rcp, rcp_after, rcp_calls, rcp_files, rcp_minutes

urlpatterns = [
    path("rcp/", rcp.meetings, name="rcps"),
    path("rcp/nouvelle/", rcp.plan, name="rcp_plan"),
    path("rcp/deja-tenue/", rcp.add_meeting, name="rcp_add"),
    path("rcp/propositions/", rcp_after.proposals, name="rcp_proposals"),
    path("rcp/propositions/<int:proposal>/", rcp_after.outcome, name="rcp_outcome"),
    path("rcp/propositions/<int:proposal>/faite/", rcp_after.done, name="rcp_done"),
    path("rcp/propositions/<int:proposal>/retirer/", rcp_files.drop_proposal, name="rcp_drop"),
    path("rcp/travail/", rcp_after.follow_up, name="rcp_follow_up"),
    path("rcp/quorum/", rcp_after.quorum, name="rcp_quorum"),
    path("rcp/convocation/<str:token>/", rcp_calls.call, name="rcp_call"),
    path("rcp/convocation/<str:token>/reponse/", rcp_calls.call_answer, name="rcp_call_answer"),
    path("rcp/convocation/<str:token>/agenda.ics", rcp_calls.call_calendar, name="rcp_call_ics"),
    path("rcp/convocations/<int:invitation>/reponse/", rcp_calls.answer, name="rcp_answer"),
    path("rcp/convocations/<int:invitation>/retrait/", rcp_calls.withdraw, name="rcp_uninvite"),
    path("rcp/dossiers/<int:file>/", rcp_files.file, name="rcp_file"),
    path("rcp/dossiers/<int:file>/question/", rcp_files.edit_file, name="rcp_file_edit"),
    path("rcp/dossiers/<int:file>/ordre/", rcp_files.order_file, name="rcp_file_order"),
    path("rcp/dossiers/<int:file>/retrait/", rcp_files.take_off, name="rcp_file_remove"),
    path("rcp/dossiers/<int:file>/presents/", rcp_files.presence, name="rcp_presence"),
    path("rcp/dossiers/<int:file>/plan/", rcp_files.plan_day, name="rcp_plan_day"),
    path("rcp/dossiers/<int:file>/proposition/", rcp_files.add_proposal, name="rcp_proposal_add"),
    path("rcp/dossiers/<int:file>/travail/", rcp_after.work, name="rcp_work"),
    path("rcp/dossiers/<int:file>/compte-rendu/", rcp_minutes.minutes, name="rcp_minutes"),
    path("rcp/comptes-rendus/<int:minutes>/signature/", rcp_minutes.sign, name="rcp_sign"),
    path("rcp/comptes-rendus/<int:minutes>/copie/", rcp_minutes.copy, name="rcp_copy"),
    path("rcp/comptes-rendus/<int:minutes>.pdf", rcp_minutes.minutes_pdf_page, name="rcp_pdf"),
    path("rcp/<int:meeting>/", rcp.meeting, name="rcp"),
    path("rcp/<int:meeting>/modifier/", rcp.change, name="rcp_change"),
    path("rcp/<int:meeting>/annuler/", rcp.call_meeting_off, name="rcp_call_off"),
    path("rcp/<int:meeting>/convoquer/", rcp_calls.invite, name="rcp_invite"),
    path("rcp/<int:meeting>/presents/", rcp.hold, name="rcp_hold"),
    path("rcp/<int:meeting>/dossier/", rcp.choose_patient, name="rcp_choose"),
    path("rcp/<int:meeting>/dossier/<slug:code>/", rcp.add_file, name="rcp_file_add"),
    path(
        "mon-dossier/<slug:code>/rcp/<int:minutes>.pdf",
        rcp_minutes.own_minutes,
        name="own_minutes",
    ),
]
