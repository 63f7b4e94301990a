"""The patient's own plan: read, agreed to, taken away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from network.access import Perm
from network.actions.plans import Agreement, note_plan_reading, record_agreement
from network.models import Patient
from network.selectors import plans
from network.selectors.patients import own_files
from network.views.pages import SignedIn
from network.views.plans import pdf_answer
from portal.kit import clock
from portal.kit.access import allowed


def own_or_404(request: SignedIn, code: str) -> Patient:
    """The person's own file, or that of a minor whom the person represents today."""
    return get_object_or_404(own_files(request.user, clock.today()), code=code)


@allowed(Perm.SEE_OWN_FILE)
def plan(request: SignedIn, code: str) -> HttpResponse:
    patient = own_or_404(request, code)
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    version = plans.current_plan(patient)
    former = plans.former_of(version) if version else None
    values = version.values if version else None
    return render(
        request,
        "network/plan/own.html",
        {
            "patient": patient,
            "own": patient.user_id == request.user.pk,
            "version": version,
            "plan": values,
            "dates": values.coming_from(clock.today()) if values else [],
            "changes": plans.told_between(former, values) if former and values else [],
        },
    )


@require_safe
@allowed(Perm.SEE_OWN_FILE)
def download(request: SignedIn, code: str) -> HttpResponse:
    patient = own_or_404(request, code)
    version = plans.current_plan(patient)
    if version is None:
        raise Http404
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    return pdf_answer(version)


@require_POST
@allowed(Perm.SEE_OWN_FILE)
def agree(request: SignedIn, code: str) -> HttpResponse:
    """The agreement given from the own account; the number says to which version."""
    patient = own_or_404(request, code)
    number = request.POST.get("version", "")
    version = (
        plans.version_of(patient, int(number)) if number.isdecimal() and len(number) < 5 else None
    )
    if version is None:
        raise Http404
    how = (
        _("depuis son espace")
        if patient.user_id == request.user.pk
        else _("par sa représentante ou son représentant, depuis son espace")
    )
    given = Agreement(given_on=clock.today(), how=how)
    try:
        record_agreement(version=version, agreement=given, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Merci, votre accord est noté."))
    return redirect("network:own_plan", code)
