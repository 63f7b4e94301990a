"""Training: what learners do, what anybody may verify, what the committee reads."""

from training.urls import learn

app_name = "training"
urlpatterns = [*learn.urlpatterns]
