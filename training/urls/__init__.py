"""Training: what learners do, what anybody may verify, what the committee reads."""

from training.urls import (
    attestations,
    committee,
    effect,
    learn,
    meetings,
    modules,
    payments,
    returns,
)

app_name = "training"
urlpatterns = [
    *learn.urlpatterns,
    *modules.urlpatterns,
    *attestations.urlpatterns,
    *returns.urlpatterns,
    *effect.urlpatterns,
    *committee.urlpatterns,
    *meetings.urlpatterns,
    *payments.urlpatterns,
]
