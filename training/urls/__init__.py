"""Training: what learners do, what anybody may verify, what the committee reads."""

from django.urls import include, path

app_name = "training"
urlpatterns = [
    path("", include("training.urls.modules")),
    path("", include("training.urls.attestations")),
    path("", include("training.urls.returns")),
    path("", include("training.urls.effect")),
]
