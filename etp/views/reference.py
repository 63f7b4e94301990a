"""Programmes, models of workshops, facilitators, sites: four lists, and a form for each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from etp.access import Perm
from etp.actions.reference import keep_facilitator, keep_programme, keep_site, keep_workshop
from etp.forms.reference import FacilitatorForm, ProgrammeForm, SiteForm, WorkshopForm
from etp.models import Facilitator, Site, Workshop
from etp.selectors import reference
from etp.views.frame import tabs
from network.views.pages import SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.PLAN)
def programmes(request: SignedIn) -> HttpResponse:
    page = page_of(request, reference.programmes())
    rows = [(each, reference.missing(each)) for each in page]
    context = {"page": page, "rows": rows, "tabs": tabs("programmes")}
    return render(request, "etp/reference/programmes.html", context)


@allowed(Perm.PLAN)
def programme(request: SignedIn, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(reference.programmes(), pk=pk) if pk else None
    form = ProgrammeForm(typed(request), instance=found)
    if form.is_valid():
        kept = keep_programme(
            programme=form.save(commit=False),
            team=form.cleaned_data["team"],
            by=request.user,
            now=clock.now(),
        )
        if reference.missing(kept):
            messages.warning(
                request,
                _("Le programme est enregistré. Il lui manque encore une équipe complète."),
            )
        else:
            messages.success(request, _("Le programme est enregistré."))
        return redirect("etp:programmes")
    context: dict[str, object] = {
        "form": form,
        "programme": found,
        "missing": reference.missing(found) if found else [],
    }
    return show_form(request, "etp/reference/programme.html", context)


@allowed(Perm.PLAN)
def workshops(request: SignedIn) -> HttpResponse:
    context = {"page": page_of(request, reference.workshops()), "tabs": tabs("workshops")}
    return render(request, "etp/reference/workshops.html", context)


@allowed(Perm.PLAN)
def workshop(request: SignedIn, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(Workshop, pk=pk) if pk else None
    form = WorkshopForm(typed(request), instance=found)
    if form.is_valid():
        keep_workshop(workshop=form.save(commit=False), by=request.user, now=clock.now())
        messages.success(request, _("Le modèle d’atelier est enregistré."))
        return redirect("etp:workshops")
    return show_form(request, "etp/reference/workshop.html", {"form": form, "workshop": found})


@allowed(Perm.PLAN)
def facilitators(request: SignedIn) -> HttpResponse:
    context = {"page": page_of(request, reference.facilitators()), "tabs": tabs("facilitators")}
    return render(request, "etp/reference/facilitators.html", context)


@allowed(Perm.PLAN)
def facilitator(request: SignedIn, pk: int | None = None) -> HttpResponse:
    found = (
        get_object_or_404(Facilitator.objects.select_related("professional"), pk=pk) if pk else None
    )
    form = FacilitatorForm(typed(request), instance=found)
    if form.is_valid():
        kept = keep_facilitator(
            facilitator=form.save(commit=False), by=request.user, now=clock.now()
        )
        if kept.is_trained:
            messages.success(request, _("L’animateur est enregistré."))
        else:
            messages.warning(
                request,
                _("L’animateur est enregistré, sans preuve des 40\u00a0heures de formation."),
            )
        return redirect("etp:facilitators")
    context: dict[str, object] = {"form": form, "facilitator": found}
    return show_form(request, "etp/reference/facilitator.html", context)


@allowed(Perm.PLAN)
def sites(request: SignedIn) -> HttpResponse:
    context = {"page": page_of(request, reference.sites()), "tabs": tabs("sites")}
    return render(request, "etp/reference/sites.html", context)


@allowed(Perm.PLAN)
def site(request: SignedIn, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(Site, pk=pk) if pk else None
    form = SiteForm(typed(request), instance=found)
    if form.is_valid():
        keep_site(site=form.save(commit=False), by=request.user, now=clock.now())
        messages.success(request, _("Le lieu est enregistré."))
        return redirect("etp:sites")
    return show_form(request, "etp/reference/site.html", {"form": form, "site": found})
