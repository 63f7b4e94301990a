"""A patient's workshops, and the links of the mails."""

from django.urls import path

from etp.views import agenda, line, mailed, mine, opinion

urlpatterns = [
    path("mes-ateliers/", mine.workshops, name="mine"),
    path("mes-ateliers/atelier/<int:pk>/", mine.workshop, name="workshop"),
    path("mes-ateliers/atelier/<int:pk>/attendre/", line.join, name="join"),
    path("mes-ateliers/attente/<uuid:uid>/", line.wait, name="wait"),
    path("mes-ateliers/attente-cycle/<uuid:uid>/", line.cycle_wait, name="cycle_wait"),
    path("mes-ateliers/proposition/<uuid:uid>/", line.offer, name="offer"),
    path("mes-ateliers/rendez-vous/<uuid:uid>/", mine.booked, name="booked"),
    path("mes-ateliers/rendez-vous/<uuid:uid>/cycle/", mine.give_up_cycle, name="give_up_cycle"),
    path("mes-ateliers/rendez-vous/<uuid:uid>/agenda/", agenda.download, name="download"),
    path("mes-ateliers/rendez-vous/<uuid:uid>/avis/", opinion.feedback, name="feedback"),
    path("mes-ateliers/objectifs/", opinion.objectives, name="objectives"),
    path("mes-ateliers/bilan/<int:pk>/", opinion.satisfaction, name="satisfaction"),
    path("mes-ateliers/agenda/", agenda.agenda, name="agenda"),
    path("mes-ateliers/essai-video/", agenda.equipment, name="equipment"),
    path("agenda-personnel/<str:token>/", agenda.feed, name="feed"),
    path("rdv/<str:token>/", mailed.place, name="place"),
    path("rdv/<str:token>/annuler/", mailed.cancel, name="place_cancel"),
    path("rdv/<str:token>/changer/", mailed.move, name="place_move"),
    path("rdv/<str:token>/repondre/", mailed.answer, name="place_answer"),
    path("rdv/<str:token>/agenda/", mailed.calendar, name="place_calendar"),
]
