"""A patient's own pages, by sign-in or by the personal link of a mail."""

from django.urls import path

from network.views import personal_link

urlpatterns = [
    path("acces/<str:token>/", personal_link.entry, name="entry"),
    # the address of the first mailed links' pages
    path("mes-ateliers/quitter/", personal_link.leave, name="leave_link"),
]
