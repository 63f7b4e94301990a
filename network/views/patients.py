"""Patients: the list, one patient's page, registration, exit; and the own file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.patients import (
    LooksKnown,
    leave,
    note_reading,
    register_patient,
)
from network.enums import PathwayState
from network.forms.patients import LeaveForm, RegisterForm, SearchForm
from network.models import Patient
from network.models.patient import PATHWAY_STATES
from network.selectors import care
from network.selectors.patients import (
    attempts_of,
    own_files,
    patient_list,
    patients_for,
    readers,
    standing,
)
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from portal.kit import clock, panels
from portal.kit.access import allowed

CARED_FOR = (PathwayState.FOLLOWED, PathwayState.ENDED)


def patient_or_404(request: SignedIn, code: str) -> Patient:
    """The patient, when this person may open the clinical pages today."""
    return get_object_or_404(patients_for(request.user, clock.today()), code=code)


@allowed(Perm.SEE_PATIENTS)
def patients(request: SignedIn) -> HttpResponse:
    today = clock.today()
    form = SearchForm(request.GET)
    may_edit = request.user.has_perm(Perm.EDIT_PATIENT)
    page = page_of(request, patient_list(request.user, form.search, today))
    rows = [(patient, standing(patient, today)) for patient in page]
    return render(
        request,
        "network/patients/list.html",
        {
            "page": page,
            "rows": rows,
            "form": form,
            "search": form.search,
            "states": PATHWAY_STATES
            if may_edit
            else {each: PATHWAY_STATES[each] for each in CARED_FOR},
            "may_edit": may_edit,
        },
    )


@allowed(Perm.SEE_PATIENTS)
def patient(request: SignedIn, code: str) -> HttpResponse:
    found = patient_or_404(request, code)
    today = clock.today()
    may_edit = request.user.has_perm(Perm.EDIT_PATIENT, found)
    note_reading(patient=found, by=request.user, now=clock.now())
    return render(
        request,
        "network/patients/patient.html",
        {
            "patient": found,
            "standing": standing(found, today),
            "team": care.team(found, today),
            "alds": care.ald_periods(found),
            "today": today,
            "representatives": care.representatives(found),
            "panels": panels.shown("patient", request, found),
            "readers": readers(found) if may_edit else [],
            "may_edit": may_edit,
        },
    )


@allowed(Perm.EDIT_PATIENT)
def register(request: SignedIn) -> HttpResponse:
    form = RegisterForm(typed(request), initial={"requested_on": clock.today()})
    known: list[Patient] = []
    opened: list[Patient] = []
    if form.is_valid():
        try:
            done = attempt(form, lambda: opened.append(_register(request, form)))
        except LooksKnown as doubt:
            done, known = False, doubt.files
        if done:
            messages.success(request, _("Le dossier est ouvert."))
            return redirect("network:patient", opened[0].code)
    return show_form(request, "network/patients/register.html", {"form": form, "known": known})


def _register(request: SignedIn, form: RegisterForm) -> Patient:
    return register_patient(
        identity=form.identity,
        requested_on=form.cleaned_data["requested_on"],
        completed_on=form.cleaned_data["completed_on"],
        compared=form.cleaned_data["compared"],
        by=request.user,
        now=clock.now(),
    )


@allowed(Perm.EDIT_PATIENT)
def leave_follow_up(request: SignedIn, code: str) -> HttpResponse:
    found = patient_or_404(request, code)
    form = LeaveForm(typed(request), initial={"left_on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: leave(
            patient=found,
            left_on=form.cleaned_data["left_on"],
            kind=form.chosen_kind,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("La sortie du suivi est notée."))
        return redirect("network:patient", code)
    context = {"form": form, "patient": found, "attempts": attempts_of(found)}
    return show_form(request, "network/patients/leave.html", context)


@allowed(Perm.SEE_OWN_FILE)
def own_file(request: SignedIn, code: str | None = None) -> HttpResponse:
    """The patient's own page, or that of a minor whom the person represents."""
    today = clock.today()
    files = list(own_files(request.user, today))
    chosen = next((each for each in files if code in (None, each.code)), None)
    if chosen is None:
        if code is not None:
            raise Http404
        return render(request, "network/patients/no_file.html")
    note_reading(patient=chosen, by=request.user, now=clock.now())
    return render(
        request,
        "network/patients/own_file.html",
        {
            "patient": chosen,
            "files": files,
            "own": chosen.user_id == request.user.pk,
            "standing": standing(chosen, today),
            "team": care.team(chosen, today),
            "panels": panels.shown("own_file", request, chosen),
            "readers": readers(chosen),
        },
    )
