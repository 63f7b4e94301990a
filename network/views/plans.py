"""The care plan for professionals: read, compared, printed, agreed to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.access import Perm
from network.actions.plans import note_plan_reading, record_agreement
from network.exports.plan import file_name, plan_pdf
from network.forms.plan import AgreementForm
from network.models import Patient, PlanVersion
from network.selectors import plans
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed


def version_or_404(patient: Patient, number: int) -> PlanVersion:
    version = plans.version_of(patient, number)
    if version is None:
        raise Http404
    return version


@allowed(Perm.SEE_PATIENTS)
def plan(request: SignedIn, code: str) -> HttpResponse:
    """The version in force, or the way to begin."""
    patient = patient_or_404(request, code)
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    return _page(request, patient, plans.current_plan(patient))


@allowed(Perm.SEE_PATIENTS)
def version(request: SignedIn, code: str, number: int) -> HttpResponse:
    patient = patient_or_404(request, code)
    found = version_or_404(patient, number)
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    return _page(request, patient, found)


def _page(request: SignedIn, patient: Patient, version: PlanVersion | None) -> HttpResponse:
    versions = list(plans.versions_of(patient))
    former = plans.former_of(version) if version else None
    context: dict[str, Any] = {
        "patient": patient,
        "version": version,
        "plan": version.values if version else None,
        "former": former,
        "changes": plans.told_between(former, version.values) if version and former else [],
        "versions": versions,
        "latest": version is not None and version.pk == versions[0].pk,
        "draft": plans.draft_of(patient),
        "may_write": request.user.has_perm(Perm.WRITE_PLAN, patient),
        "today": clock.today(),
    }
    return render(request, "network/plan/plan.html", context)


@allowed(Perm.SEE_PATIENTS)
def compare(request: SignedIn, code: str, old: int, new: int) -> HttpResponse:
    """What changed between any two versions."""
    patient = patient_or_404(request, code)
    before, after = version_or_404(patient, old), version_or_404(patient, new)
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    return render(
        request,
        "network/plan/compare.html",
        {
            "patient": patient,
            "before": before,
            "after": after,
            "changes": plans.told_between(before, after.values),
            "versions": list(plans.versions_of(patient)),
        },
    )


@allowed(Perm.SEE_PATIENTS)
def choose_versions(request: SignedIn, code: str) -> HttpResponse:
    """The two versions chosen in the form of comparison."""
    patient = patient_or_404(request, code)
    chosen = (request.GET.get("de", ""), request.GET.get("a", ""))
    if not all(each.isdecimal() and len(each) < 5 for each in chosen):
        return redirect("network:plan", patient.code)
    return redirect("network:plan_compare", patient.code, *map(int, chosen))


@require_safe
@allowed(Perm.SEE_PATIENTS)
def download(request: SignedIn, code: str, number: int) -> HttpResponse:
    patient = patient_or_404(request, code)
    found = version_or_404(patient, number)
    note_plan_reading(patient=patient, by=request.user, now=clock.now())
    return pdf_answer(found)


def pdf_answer(version: PlanVersion) -> HttpResponse:
    answer = HttpResponse(plan_pdf(version), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{file_name(version)}"'
    return answer


@allowed(Perm.WRITE_PLAN)
def agreement(request: SignedIn, code: str, number: int) -> HttpResponse:
    """The patient's agreement, recorded by whoever heard it."""
    patient = writable_or_404(request, code)
    found = version_or_404(patient, number)
    form = AgreementForm(typed(request), initial={"given_on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: record_agreement(
            version=found, agreement=form.agreement, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("L’accord de la personne est noté."))
        return redirect("network:plan", code)
    context = {"form": form, "patient": patient, "version": found}
    return show_form(request, "network/plan/agreement.html", context)


def writable_or_404(request: SignedIn, code: str) -> Patient:
    """The patient whose plan this person may write; whoever may only read finds no such page."""
    patient = patient_or_404(request, code)
    if not request.user.has_perm(Perm.WRITE_PLAN, patient):
        raise Http404
    return patient


@allowed(Perm.WRITE_PLAN)
def plan_list(request: SignedIn) -> HttpResponse:
    """Plans to review, or drafts to sign."""
    drafts = "brouillons" in request.GET
    today = clock.today()
    review, unsigned = plans.to_review(request.user, today), plans.unsigned(request.user, today)
    return render(
        request,
        "network/plan/list.html",
        {
            "drafts": drafts,
            "page": page_of(request, unsigned if drafts else review),
            "counts": {"review": review.count(), "drafts": unsigned.count()},
            "today": today,
        },
    )
