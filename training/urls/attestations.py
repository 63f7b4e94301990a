"""Attestations, hours, and who gives the training."""

from django.urls import path, re_path

from training.views import attestations, hours

urlpatterns = [
    path("se-former/attestations/", attestations.mine, name="attestations"),
    path(
        "se-former/attestations/<uuid:code>/telecharger/",
        attestations.download,
        name="attestation_pdf",
    ),
    path("attestations/<slug:code>/", attestations.verify, name="verify_attestation"),
    path("formation-attestations/", attestations.issued, name="issued_attestations"),
    path(
        "formation-attestations/<uuid:code>/revoquer/",
        attestations.revoke,
        name="revoke_attestation",
    ),
    path("formation-organisme/", attestations.body, name="body"),
    path("formation-heures/", hours.hours, name="hours"),
    re_path(r"^formation-heures/export\.(?P<kind>csv|xlsx)$", hours.export, name="hours_export"),
]
