"""The care plan on the patient's page and on the own file; and the access that opened it."""

from django.http import HttpRequest

from network.access import Perm
from network.models import Patient
from network.selectors import plans
from network.selectors.glass import glass_of
from portal.kit import clock
from portal.kit.panels import Filled, panel


@panel("patient", name="glass", order=1, perm=Perm.BREAK_GLASS)
def glass(request: HttpRequest, patient: Patient) -> Filled | None:
    """Reminds whoever reads by break-glass until when, and that it is noted."""
    if request.user.has_perm(Perm.WRITE_PLAN, patient):
        return None
    found = glass_of(request.user, patient, clock.now())
    return Filled("network/panels/glass.html", {"glass": found}) if found else None


@panel("patient", name="plan", order=10, perm=Perm.SEE_PATIENT)
def plan(request: HttpRequest, patient: Patient) -> Filled:
    version = plans.current_plan(patient)
    today = clock.today()
    context = {
        "patient": patient,
        "version": version,
        "dates": version.values.coming_from(today)[:3] if version else [],
        "draft": plans.draft_of(patient),
        "may_write": request.user.has_perm(Perm.WRITE_PLAN, patient),
        "today": today,
    }
    return Filled("network/panels/plan.html", context)


@panel("own_file", name="plan", order=10, perm=Perm.SEE_OWN_FILE)
def own_plan(request: HttpRequest, patient: Patient) -> Filled:
    version = plans.current_plan(patient)
    context = {
        "patient": patient,
        "own": patient.user_id == request.user.pk,
        "version": version,
        "dates": version.values.coming_from(clock.today())[:3] if version else [],
    }
    return Filled("network/panels/own_plan.html", context)
