"""A patient's workshops, and the links of the mails."""

from django.urls import path

from etp.views import entry, mine

urlpatterns = [
    path("acces/<str:token>/", entry.entry, name="entry"),
    path("mes-ateliers/", mine.workshops, name="mine"),
    path("mes-ateliers/quitter/", entry.leave, name="leave"),
    path("rdv/<str:token>/", mine.place, name="place"),
]
