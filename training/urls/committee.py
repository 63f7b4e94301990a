"""What the scientific committee reads."""

from django.urls import path

from training.views import committee, evidence

urlpatterns = [
    path("formation-comite/", committee.index, name="committee"),
    path("se-former/comite/", committee.questions, name="questions"),
    path("se-former/comite/export/<str:kind>/", committee.export, name="questions_export"),
    path("se-former/comite/questions/<int:pk>/", committee.question, name="question"),
    path("se-former/comite/cas/<uuid:key>/<str:part>/", committee.case, name="case_statistics"),
    path("se-former/comite/fiches/", evidence.cards, name="cards"),
    path("se-former/comite/fiches/<int:pk>/", evidence.card, name="card"),
]
