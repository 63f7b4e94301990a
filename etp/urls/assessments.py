"""The shared assessment, the evaluation, and the yearly report: coordination."""

from django.urls import path

from etp.views import assessment_list, assessments, evaluations, report

SHEET = "dossiers/<slug:code>/bilan-educatif/"

urlpatterns = [
    path("ateliers/bilans/", assessment_list.assessments, name="assessments"),
    path("ateliers/rapport/", report.report, name="report"),
    path("ateliers/rapport/tableur/", report.sheet, name="report_sheet"),
    path(SHEET, assessments.assessment, name="assessment"),
    path(f"{SHEET}commencer/", assessments.start, name="assessment_start"),
    path(f"{SHEET}fiche/<slug:part>/", assessments.part, name="assessment_part"),
    path(f"{SHEET}terminer/", assessments.close, name="assessment_close"),
    path(f"{SHEET}versions/<int:number>/", assessments.version, name="assessment_version"),
    path(f"{SHEET}ateliers/", assessments.open_chosen, name="workshops_open"),
    path(f"{SHEET}lien/fermer/", assessments.close_link, name="link_close"),
    path(f"{SHEET}ateliers/<int:opening>/fermer/", assessments.close_opened, name="opening_close"),
    path(f"{SHEET}versions/<int:number>/evaluation/", evaluations.evaluation, name="evaluation"),
    path(
        f"{SHEET}versions/<int:number>/evaluation/lettre/",
        evaluations.letter,
        name="evaluation_letter",
    ),
    path(
        f"{SHEET}versions/<int:number>/evaluation/lettre.pdf",
        evaluations.letter_file,
        name="evaluation_letter_file",
    ),
]
