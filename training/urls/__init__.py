"""Training: what learners do, what anybody may verify, what the committee reads."""

app_name = "training"
urlpatterns: list[object] = []
