"""The case reviews of a patient: for those who follow, and the copies left for the patient."""

from typing import cast

from django.http import HttpRequest

from network.access import Perm
from network.models import Patient, User
from network.selectors import rcp
from portal.kit import clock
from portal.kit.panels import Filled, panel


@panel("patient", name="rcp", order=45, perm=Perm.SEE_RCP)
def reviews(request: HttpRequest, patient: Patient) -> Filled | None:
    user = cast("User", request.user)  # the panel asks a permission
    files = list(rcp.files_of(patient, user, clock.today()))
    return Filled("network/panels/rcp.html", {"files": files}) if files else None


@panel("own_file", name="rcp", order=45, perm=Perm.SEE_OWN_FILE)
def own_copies(request: HttpRequest, patient: Patient) -> Filled | None:
    copies = rcp.copies_for_patient(patient)
    shown = {"copies": copies, "patient": patient}
    return Filled("network/panels/own_rcp.html", shown) if copies else None
