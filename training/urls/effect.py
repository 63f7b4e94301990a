"""What modules change."""

from django.urls import path

from training.views import effect

urlpatterns = [
    path("se-former/comite/effet/", effect.effects, name="effects"),
    path("se-former/comite/effet/<uuid:key>/", effect.effect, name="effect"),
]
