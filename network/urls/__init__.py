"""People, patients, team and RCP."""

from django.urls import include, path

app_name = "network"
urlpatterns = [
    path("", include("network.urls.people")),
    path("", include("network.urls.care")),
    path("", include("network.urls.referral")),
]
