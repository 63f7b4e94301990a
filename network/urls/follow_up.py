"""Consultations, evaluations, and the follow-up's length."""

from django.urls import path, re_path

from network.views import consultations, evaluations, follow_up

SHEET = "dossiers/<slug:code>/syntheses/<int:pk>/"
VISIT = "consultations/rendez-vous/<uuid:uid>/"

urlpatterns = [
    path("consultations/", consultations.queue, name="ceo_queue"),
    path("consultations/rendez-vous/", consultations.visits, name="visits"),
    path(f"{VISIT}deplacer/", consultations.move, name="visit_move"),
    path(f"{VISIT}annuler/", consultations.cancel, name="visit_cancel"),
    path(f"{VISIT}absence/", consultations.miss, name="visit_miss"),
    path("consultations/creneaux/", consultations.slots, name="consultation_slots"),
    path("consultations/creneaux/nouveaux/", consultations.add_slots, name="slots_add"),
    path("consultations/creneaux/<int:pk>/retirer/", consultations.withdraw, name="slot_withdraw"),
    path("consultations/sites/", consultations.sites, name="consultation_sites"),
    path("consultations/sites/nouveau/", consultations.site, name="consultation_site_add"),
    path("consultations/sites/<int:pk>/", consultations.site, name="consultation_site"),
    path("mes-consultations/", evaluations.mine, name="my_visits"),
    path("fins-de-suivi/", follow_up.endings, name="endings"),
    path("dossiers/<slug:code>/rendez-vous/", consultations.book, name="visit_book"),
    re_path(
        r"^dossiers/(?P<code>[-\w]+)/synthese/(?P<word>ceo|reevaluation)/$",
        evaluations.write,
        name="evaluation_write",
    ),
    path(SHEET, evaluations.evaluation, name="evaluation"),
    path(f"{SHEET}pdf/", evaluations.summary_file, name="evaluation_pdf"),
    path(f"{SHEET}complement/", evaluations.complete, name="evaluation_complete"),
    path(f"{SHEET}courrier/", evaluations.prepare, name="liaison_prepare"),
    path(f"{SHEET}courrier/pdf/", evaluations.letter_file, name="liaison_pdf"),
    path(f"{SHEET}courrier/envoi/", evaluations.sent, name="liaison_sent"),
    path("dossiers/<slug:code>/prolongation/", follow_up.prolong, name="patient_renew"),
    path("dossiers/<slug:code>/inclusion/", follow_up.inclusion, name="patient_inclusion"),
    path("dossiers/<slug:code>/contacts/", follow_up.contact, name="contact_add"),
    path("dossiers/<slug:code>/nouvelle-demande/", follow_up.come_back, name="ask_again"),
]
