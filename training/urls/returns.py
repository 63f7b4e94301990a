"""Cases that come back."""

from django.urls import path

from training.views import returns

urlpatterns = [
    path("retours/<str:token>/", returns.mailed, name="return"),
    path("retours/<str:token>/pause/", returns.pause, name="return_pause"),
    path("se-former/retours/", returns.switch, name="returns_switch"),
    path("se-former/retours/<int:pk>/", returns.begin, name="return_begin"),
]
