"""Patients, team, RCP, professionals, journal."""

from django.urls import path

from network.views import care, journal, patients, professionals, rcp

urlpatterns = [
    path("mon-dossier/", patients.own_file, name="own_file"),
    path("mon-dossier/<slug:code>/", patients.own_file, name="own_file_of"),
    path("patients/", patients.patients, name="patients"),
    path("patients/nouveau/", patients.register, name="patient_register"),
    path("patients/<slug:code>/", patients.patient, name="patient"),
    path("patients/<slug:code>/inclusion/", patients.include_patient, name="patient_include"),
    path("patients/<slug:code>/sortie/", patients.leave_follow_up, name="patient_leave"),
    path("patients/<slug:code>/medecin-traitant/", care.treating_doctor, name="treating_doctor"),
    path("patients/<slug:code>/equipe/", care.join_team, name="team_join"),
    path("patients/<slug:code>/equipe/<int:link>/depart/", care.leave_team, name="team_leave"),
    path("patients/<slug:code>/ald/", care.add_ald, name="ald_add"),
    path("patients/<slug:code>/ald/<int:period>/", care.edit_ald, name="ald_edit"),
    path("patients/<slug:code>/ald/<int:period>/fin/", care.close_ald, name="ald_end"),
    path("professionnels/", professionals.professionals, name="professionals"),
    path("professionnels/nouveau/", professionals.add_professional, name="professional_add"),
    path("professionnels/<int:pk>/", professionals.professional, name="professional"),
    path(
        "professionnels/<int:pk>/fiche/", professionals.edit_professional, name="professional_edit"
    ),
    path("professionnels/<int:pk>/convention/", professionals.agreement, name="agreement"),
    path("rcp/", rcp.meetings, name="rcps"),
    path("rcp/nouvelle/", rcp.add_meeting, name="rcp_add"),
    path("rcp/<int:meeting>/", rcp.meeting, name="rcp"),
    path("rcp/<int:meeting>/dossier/", rcp.choose_patient, name="rcp_choose"),
    path("rcp/<int:meeting>/dossier/<slug:code>/", rcp.add_file, name="rcp_file_add"),
    path("rcp/dossiers/<int:file>/", rcp.edit_file, name="rcp_file"),
    path("journal/", journal.journal, name="journal"),
]
