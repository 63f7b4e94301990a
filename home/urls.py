"""What each person finds after signing in, and what machines read of the public site."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("accueil/", views.dashboard, name="dashboard"),
    path("je-cherche/", views.find, name="find"),
    path("je-cherche/sans-reponse/", views.misses, name="search_misses"),
    path("je-cherche/a-tenir-a-jour/", views.upkeep, name="upkeep"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("composants/", views.gallery, name="gallery"),
]
