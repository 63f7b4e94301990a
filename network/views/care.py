"""Dated facts of care, kept by the coordination: treating doctor, team, long-term condition."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.care import (
    add_to_team,
    correct_ald,
    end_ald,
    record_ald,
    remove_from_team,
    set_treating_doctor,
)
from network.forms.care import AldForm, LastDayForm, TeamForm, TreatingDoctorForm
from network.selectors import care
from network.views.pages import SignedIn, attempt, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.EDIT_PATIENT)
def treating_doctor(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    form = TreatingDoctorForm(typed(request), initial={"on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: set_treating_doctor(
            patient=patient, **form.cleaned_data, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("Le médecin traitant est noté."))
        return redirect("network:patient", code)
    current = care.team(patient, clock.today()).treating_doctor
    return show_form(
        request,
        "network/patients/treating_doctor.html",
        {"form": form, "patient": patient, "current": current},
    )


@allowed(Perm.EDIT_PATIENT)
def join_team(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    form = TeamForm(typed(request), initial={"on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: add_to_team(patient=patient, **form.cleaned_data, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("L’équipe est complétée."))
        return redirect("network:patient", code)
    return show_form(request, "network/patients/join_team.html", {"form": form, "patient": patient})


@allowed(Perm.EDIT_PATIENT)
def leave_team(request: SignedIn, code: str, link: int) -> HttpResponse:
    patient = patient_or_404(request, code)
    place = get_object_or_404(care.team_link(patient, link))
    form = LastDayForm(typed(request), initial={"last_day": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: remove_from_team(link=place, **form.cleaned_data, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("Le départ de l’équipe est noté."))
        return redirect("network:patient", code)
    return show_form(
        request,
        "network/patients/leave_team.html",
        {"form": form, "patient": patient, "link": place},
    )


@allowed(Perm.EDIT_PATIENT)
def add_ald(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    form = AldForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: record_ald(patient=patient, ald=form.ald, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("L’ALD est notée."))
        return redirect("network:patient", code)
    return show_form(request, "network/patients/ald.html", {"form": form, "patient": patient})


@allowed(Perm.EDIT_PATIENT)
def edit_ald(request: SignedIn, code: str, period: int) -> HttpResponse:
    patient = patient_or_404(request, code)
    noted = get_object_or_404(care.ald_period(patient, period))
    form = AldForm(
        typed(request),
        initial={
            "kind": noted.kind,
            "starts_on": noted.starts_on,
            "ends_on": noted.ends_on,
            "proof": noted.proof,
        },
    )
    if form.is_valid() and attempt(
        form, lambda: correct_ald(period=noted, ald=form.ald, by=request.user, now=clock.now())
    ):
        messages.success(request, _("L’ALD est corrigée."))
        return redirect("network:patient", code)
    return show_form(
        request,
        "network/patients/ald.html",
        {"form": form, "patient": patient, "period": noted},
    )


@allowed(Perm.EDIT_PATIENT)
def close_ald(request: SignedIn, code: str, period: int) -> HttpResponse:
    patient = patient_or_404(request, code)
    noted = get_object_or_404(care.ald_period(patient, period))
    form = LastDayForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: end_ald(period=noted, **form.cleaned_data, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("La fin de l’ALD est notée."))
        return redirect("network:patient", code)
    return show_form(
        request,
        "network/patients/end_ald.html",
        {"form": form, "patient": patient, "period": noted},
    )
