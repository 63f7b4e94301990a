"""A patient's workshops, and the links of the mails."""

from django.urls import path

from etp.views import mine

urlpatterns = [
    path("mes-ateliers/", mine.workshops, name="mine"),
    path("rdv/<str:token>/", mine.place, name="place"),
]
