"""The directory of pain structures: public pages, and what the coordination corrects there."""

from django.urls import path

from network.views import directory, phone_lines, resources, structure_sheets

urlpatterns = [
    path("annuaire/", directory.directory, name="directory"),
    path("annuaire/structures.<slug:kind>", directory.directory_file, name="directory_file"),
    path("annuaire/importer/", structure_sheets.bring, name="directory_import"),
    path("annuaire/importer/modele/", structure_sheets.template, name="directory_template"),
    path("annuaire/a-verifier/", directory.to_verify, name="directory_to_verify"),
    path("annuaire/verification/<str:token>/", directory.check, name="structure_check"),
    path("annuaire/remarques/<int:pk>/", directory.settle, name="remark_settle"),
    path("annuaire/<int:pk>/", directory.structure, name="structure"),
    path("annuaire/<int:pk>/attente/", directory.note_wait, name="structure_wait"),
    path("annuaire/<int:pk>/confirmer/", directory.confirm, name="structure_confirm"),
    path("ressources/<slug:need>/", resources.need, name="need"),
    path("lignes/", phone_lines.phone_lines, name="phone_lines"),
    path("lignes/<int:pk>/numero/", phone_lines.reserved_number, name="reserved_number"),
]
