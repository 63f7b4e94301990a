"""The questionnaire: a patient's pages, the team's, the coordination's."""

from django.urls import path

from network.views import questionnaires, questions

MINE = "mon-questionnaire/"
ONE = f"{MINE}<uuid:uid>/"

urlpatterns = [
    path(MINE, questions.own_questionnaire, name="own_questionnaire"),
    path(f"{MINE}reponses/", questions.own_answers, name="own_answers"),
    path(f"{ONE}question/<int:rank>/", questions.question, name="questionnaire_question"),
    path(f"{ONE}relire/", questions.check, name="questionnaire_check"),
    path(f"{ONE}pause/", questions.pause, name="questionnaire_pause"),
    path(f"{ONE}aide/", questions.help_now, name="questionnaire_help"),
    path(f"{ONE}affichage/", questions.display, name="questionnaire_display"),
    path(f"{ONE}envoye/", questions.sent, name="questionnaire_sent"),
    path(
        "dossiers/<slug:code>/questionnaire/",
        questionnaires.patient_questionnaire,
        name="patient_questionnaire",
    ),
    path("dossiers/<slug:code>/questionnaire/envoyer/", questionnaires.ask, name="ask"),
    path("dossiers/<slug:code>/questionnaire/papier/", questionnaires.on_paper, name="on_paper"),
    path("questionnaires/", questionnaires.in_progress, name="questionnaires"),
    path("questionnaires/alertes/", questionnaires.alerts, name="alerts"),
    path("questionnaires/alertes/<int:pk>/", questionnaires.alert, name="alert"),
]
