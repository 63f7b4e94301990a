"""A learner's own pages."""

from django.urls import path

from training.views import case, learn

urlpatterns = [
    path("se-former/", learn.home, name="home"),
    path("se-former/certitude/", learn.certainty, name="certainty"),
    path("se-former/commencer/<uuid:key>/", case.start, name="start"),
    path("se-former/parcours/<int:pk>/", case.run, name="run"),
    path("se-former/parcours/<int:pk>/suite/", case.go_on, name="go_on"),
    path("se-former/parcours/<int:pk>/seconde/", case.again, name="again"),
]
