"""Patients, team, professionals, journal."""

from django.urls import path

from network.views import care, journal, patients, professionals

urlpatterns = [
    path("mon-dossier/", patients.own_file, name="own_file"),
    path("mon-dossier/<slug:code>/", patients.own_file, name="own_file_of"),
    path("dossiers/", patients.patients, name="patients"),
    path("dossiers/nouveau/", patients.register, name="patient_register"),
    path("dossiers/<slug:code>/", patients.patient, name="patient"),
    path("dossiers/<slug:code>/sortie/", patients.leave_follow_up, name="patient_leave"),
    path("dossiers/<slug:code>/medecin-traitant/", care.treating_doctor, name="treating_doctor"),
    path("dossiers/<slug:code>/equipe/", care.join_team, name="team_join"),
    path("dossiers/<slug:code>/equipe/<int:link>/depart/", care.leave_team, name="team_leave"),
    path("dossiers/<slug:code>/ald/", care.add_ald, name="ald_add"),
    path("dossiers/<slug:code>/ald/<int:period>/", care.edit_ald, name="ald_edit"),
    path("dossiers/<slug:code>/ald/<int:period>/fin/", care.close_ald, name="ald_end"),
    path("membres/", professionals.professionals, name="professionals"),
    path("membres/nouveau/", professionals.add_professional, name="professional_add"),
    path("membres/<int:pk>/", professionals.professional, name="professional"),
    path("membres/<int:pk>/fiche/", professionals.edit_professional, name="professional_edit"),
    path("membres/<int:pk>/convention/", professionals.agreement, name="agreement"),
    path("journal/", journal.journal, name="journal"),
]
