"""Meetings: what calendars and readers follow, one's own registrations, what the editor watches."""

from django.urls import path, re_path

from training.views import agenda, attendance, meetings, registrations, replay, replay_edit, surveys

urlpatterns = [
    path("rencontres.ics", agenda.calendar, name="meetings_ics"),
    path("rencontres.rss", agenda.news, name="meetings_rss"),
    path("rencontres/<uuid:key>.ics", agenda.one, name="meeting_ics"),
    path("se-former/inscriptions/", registrations.mine, name="registrations"),
    path("se-former/rencontres/<uuid:key>/inscription/", registrations.register, name="register"),
    path("se-former/rencontres/<uuid:key>/prevenir/", registrations.wish, name="wish"),
    path("se-former/inscriptions/<uuid:uid>/", registrations.one, name="registration"),
    path(
        "se-former/inscriptions/<uuid:uid>/annuler/",
        registrations.give_up,
        name="registration_cancel",
    ),
    path(
        "se-former/inscriptions/<uuid:uid>/agenda.ics",
        registrations.download,
        name="registration_ics",
    ),
    path("rencontre/<str:token>/", registrations.mailed, name="registration_mailed"),
    path("rencontre/<str:token>/annuler/", registrations.mailed_give_up, name="registration_leave"),
    path("formation-rencontres/", meetings.all_of_them, name="meetings"),
    path("formation-rencontres/<int:pk>/", meetings.one, name="meeting"),
    path("formation-rencontres/<int:pk>/annuler/", meetings.call_it_off, name="meeting_call_off"),
    path("formation-rencontres/<int:pk>/reprendre/", meetings.take_up, name="meeting_repeat"),
    path("formation-rencontres/<int:pk>/presence/", attendance.files, name="attendance"),
    path("formation-rencontres/bilan/", meetings.figures, name="meetings_figures"),
    re_path(
        r"^formation-rencontres/bilan\.(?P<kind>csv|xlsx)$",
        meetings.figures_export,
        name="meetings_export",
    ),
    path("enquete/<str:token>/", surveys.survey, name="survey"),
    path("formation-presence/<uuid:uid>/", attendance.arrival, name="arrival"),
    re_path(
        r"^formation-rencontres/(?P<pk>\d+)/inscrits\.(?P<kind>csv|xlsx)$",
        meetings.export,
        name="meeting_export",
    ),
    path("se-former/rencontres/<uuid:key>/replay/", replay.watch, name="replay"),
    path("se-former/rencontres/<uuid:key>/replay/video/", replay.media, name="replay_media"),
    path(
        "se-former/rencontres/<uuid:key>/replay/sous-titres.vtt",
        replay.captions,
        name="replay_captions",
    ),
    path("se-former/rencontres/<uuid:key>/replay/vu/", replay.seen, name="replay_seen"),
    path(
        "se-former/rencontres/<uuid:key>/replay/questions/<uuid:uid>/",
        replay.answer,
        name="replay_answer",
    ),
    path("formation-rencontres/<int:pk>/replay/", replay_edit.edit, name="replay_edit"),
    path(
        "formation-rencontres/<int:pk>/replay/retirer/",
        replay_edit.withdraw,
        name="replay_withdraw",
    ),
    path(
        "formation-rencontres/<int:pk>/replay/questions/",
        replay_edit.questions,
        name="replay_questions",
    ),
]
