"""What each person finds after signing in."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("accueil/", views.dashboard, name="dashboard"),
    path("compte/", views.account, name="account"),
    path("composants/", views.gallery, name="gallery"),
]
