"""Professionals of the network: list, sheet, agreement. Never bank details."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.professionals import (
    register_professional,
    set_agreement,
    update_professional,
)
from network.forms.professionals import AgreementForm, ProfessionalsForm, SheetForm
from network.models import Professional
from network.models.professional import PROFESSIONS
from network.selectors import care
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.SEE_PROFESSIONALS)
def professionals(request: SignedIn) -> HttpResponse:
    form = ProfessionalsForm(request.GET)
    text, profession = form.filters
    return render(
        request,
        "network/professionals/list.html",
        {
            "page": page_of(request, care.professional_list(text, profession)),
            "form": form,
            "text": text,
            "profession": profession,
            "professions": PROFESSIONS,
            "today": clock.today(),
            "may_edit": request.user.has_perm(Perm.EDIT_PROFESSIONAL),
        },
    )


@allowed(Perm.SEE_PROFESSIONALS)
def professional(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(care.professionals(), pk=pk)
    return render(
        request,
        "network/professionals/professional.html",
        {
            "professional": found,
            "today": clock.today(),
            "may_edit": request.user.has_perm(Perm.EDIT_PROFESSIONAL, found),
        },
    )


def editable(request: SignedIn, pk: int) -> Professional:
    found = get_object_or_404(care.professionals(), pk=pk)
    if not request.user.has_perm(Perm.EDIT_PROFESSIONAL, found):
        raise PermissionDenied
    return found


@allowed(Perm.EDIT_PROFESSIONAL)
def add_professional(request: SignedIn) -> HttpResponse:
    form = SheetForm(typed(request))
    added: list[Professional] = []
    if form.is_valid() and attempt(
        form,
        lambda: added.append(
            register_professional(sheet=form.sheet, by=request.user, now=clock.now())
        ),
    ):
        messages.success(request, _("La fiche est créée."))
        return redirect("network:professional", added[0].pk)
    return show_form(request, "network/professionals/sheet.html", {"form": form})


@allowed(Perm.EDIT_PROFESSIONAL)
def edit_professional(request: SignedIn, pk: int) -> HttpResponse:
    found = editable(request, pk)
    fields = {name: getattr(found, name) for name in SheetForm.base_fields}
    form = SheetForm(typed(request), initial=fields)
    if form.is_valid() and attempt(
        form,
        lambda: update_professional(
            professional=found, sheet=form.sheet, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("La fiche est à jour."))
        return redirect("network:professional", pk)
    return show_form(
        request, "network/professionals/sheet.html", {"form": form, "professional": found}
    )


@allowed(Perm.EDIT_PROFESSIONAL)
def agreement(request: SignedIn, pk: int) -> HttpResponse:
    found = editable(request, pk)
    form = AgreementForm(
        typed(request),
        initial={"starts_on": found.agreement_from, "ends_on": found.agreement_to},
    )
    if form.is_valid() and attempt(
        form,
        lambda: set_agreement(
            professional=found, **form.cleaned_data, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("Les dates de la convention sont notées."))
        return redirect("network:professional", pk)
    return show_form(
        request, "network/professionals/agreement.html", {"form": form, "professional": found}
    )
