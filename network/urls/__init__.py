"""People, patients, team and RCP."""

from django.urls import include, path

app_name = "network"
urlpatterns = [
    path("", include("network.urls.people")),
    path("", include("network.urls.care")),
    path("", include("network.urls.follow_up")),
    path("", include("network.urls.rcp")),
    path("", include("network.urls.plan")),
    path("", include("network.urls.own")),
    path("", include("network.urls.questionnaire")),
    path("", include("network.urls.referral")),
    path("", include("network.urls.directory")),
]
