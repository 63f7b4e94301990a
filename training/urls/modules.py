"""A learner's way through a module."""

from django.urls import path

from training.views import modules

MODULE = "se-former/modules/<uuid:key>/"

urlpatterns = [
    path(MODULE, modules.module, name="module"),
    path(f"{MODULE}commencer/", modules.begin, name="module_begin"),
    path(f"{MODULE}etape/<slug:part>/<uuid:case>/", modules.stage, name="module_stage"),
    path(f"{MODULE}lecons/<uuid:lesson>/lue/", modules.lesson_read, name="lesson_read"),
    path(f"{MODULE}attestation/", modules.attest, name="module_attest"),
]
