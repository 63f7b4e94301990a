"""Coordination and facilitators: what sessions are made from, the planning, each session."""

from django.urls import path

from etp.views import attendance, new_session, planning, reference, seats, sessions

urlpatterns = [
    path("ateliers/planning/", planning.planning, name="planning"),
    path("ateliers/seances/ajouter/", new_session.add, name="session_add"),
    path("ateliers/seances/<int:pk>/", sessions.session, name="session"),
    path("ateliers/seances/<int:pk>/modifier/", sessions.change, name="session_change"),
    path("ateliers/seances/<int:pk>/places/", sessions.seats, name="session_seats"),
    path("ateliers/seances/<int:pk>/annuler/", sessions.cancel, name="session_cancel"),
    path("ateliers/seances/<int:pk>/message/", sessions.message, name="session_message"),
    path("ateliers/seances/<int:pk>/inviter/", seats.invite, name="session_invite"),
    path("ateliers/seances/<int:pk>/presences/", attendance.attendance, name="attendance"),
    path("ateliers/seances/<int:pk>/feuille/", attendance.sheet, name="attendance_sheet"),
    path("ateliers/inscriptions/<int:pk>/annuler/", seats.give_up, name="seat_cancel"),
    path("ateliers/inscriptions/<int:pk>/deplacer/", seats.move, name="seat_move"),
    path("ateliers/inscriptions/<int:pk>/repondre/", seats.answer, name="seat_answer"),
    path("ateliers/attentes/<int:pk>/retirer/", seats.leave_line, name="wait_leave"),
    path(
        "ateliers/attentes-cycle/<int:pk>/retirer/",
        seats.leave_cycle_line,
        name="cycle_wait_leave",
    ),
    path("ateliers/absents/", attendance.absents, name="absents"),
    path("mes-seances/", attendance.my_sessions, name="my_sessions"),
    path("mes-seances/<int:pk>/", attendance.my_session, name="my_session"),
    path("ateliers/programmes/", reference.programmes, name="programmes"),
    path("ateliers/programmes/ajouter/", reference.programme, name="programme_add"),
    path("ateliers/programmes/<int:pk>/", reference.programme, name="programme"),
    path("ateliers/modeles/", reference.workshops, name="workshops"),
    path("ateliers/modeles/ajouter/", reference.workshop, name="workshop_add"),
    path("ateliers/modeles/<int:pk>/", reference.workshop, name="workshop_model"),
    path("ateliers/animateurs/", reference.facilitators, name="facilitators"),
    path("ateliers/animateurs/ajouter/", reference.facilitator, name="facilitator_add"),
    path("ateliers/animateurs/<int:pk>/", reference.facilitator, name="facilitator"),
    path("ateliers/lieux/", reference.sites, name="sites"),
    path("ateliers/lieux/ajouter/", reference.site, name="site_add"),
    path("ateliers/lieux/<int:pk>/", reference.site, name="site"),
]
