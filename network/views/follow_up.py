"""The follow-up's length: prolonged, kept in touch with, asked for again; those that end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.access import Perm
from network.actions.follow_up import note_contact, renew
from network.actions.inclusion import correct_inclusion
from network.actions.requests import ask_again
from network.forms.follow_up import AskAgainForm, ContactForm, InclusionForm, RenewForm
from network.rules.follow_up import last_renewal
from network.selectors import evaluations
from network.selectors.patients import attempts_of, standing
from network.views.consultations import tabs
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed

LISTS = {
    "": (evaluations.ending, gettext_lazy("Fins de suivi annoncées")),
    "reevaluer": (evaluations.to_reassess, gettext_lazy("Réévaluations à faire")),
    "passees": (evaluations.over, gettext_lazy("Fins passées, à noter")),
}


@allowed(Perm.EDIT_FOLLOW_UP)
def endings(request: SignedIn) -> HttpResponse:
    """Follow-ups near their end, those to reassess before it, those whose end has passed."""
    today = clock.today()
    state = request.GET.get("etat", "")
    state = state if state in LISTS else ""
    read, title = LISTS[state]
    page = page_of(request, read(request.user, today))
    chips = [
        {"label": words, "href": f"?etat={name}" if name else "?", "current": name == state}
        for name, (_read, words) in LISTS.items()
    ]
    context = {
        "page": page,
        "rows": [(each, standing(each, today)) for each in page],
        "chips": chips,
        "title": title,
        "tabs": tabs("endings"),
    }
    return render(request, "network/follow_up/endings.html", context)


@allowed(Perm.EDIT_FOLLOW_UP)
def prolong(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    now = standing(patient, clock.today())
    form = RenewForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: renew(
            patient=patient,
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("Le suivi est prolongé."))
        return redirect("network:patient", code)
    context: dict[str, object] = {
        "form": form,
        "patient": patient,
        "standing": now,
        "latest": last_renewal(now.last_day) if now.last_day else None,
    }
    return show_form(request, "network/follow_up/renew.html", context)


@allowed(Perm.EDIT_FOLLOW_UP)
def inclusion(request: SignedIn, code: str) -> HttpResponse:
    """Correct the day of the inclusion, for a reason."""
    patient = patient_or_404(request, code)
    form = InclusionForm(typed(request), initial={"included_on": patient.included_on})
    if form.is_valid() and attempt(
        form,
        lambda: correct_inclusion(
            patient=patient,
            included_on=form.cleaned_data["included_on"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("La date d’inclusion est corrigée."))
        return redirect("network:patient", code)
    context = {"form": form, "patient": patient, "standing": standing(patient, clock.today())}
    return show_form(request, "network/follow_up/inclusion.html", context)


@allowed(Perm.EDIT_FOLLOW_UP)
def contact(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    form = ContactForm(typed(request), initial={"on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: note_contact(
            patient=patient,
            on=form.cleaned_data["on"],
            way=form.chosen_way,
            outcome=form.cleaned_data["outcome"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("La tentative est notée."))
        return redirect("network:patient", code)
    context = {"form": form, "patient": patient, "attempts": attempts_of(patient)}
    return show_form(request, "network/follow_up/contact.html", context)


@allowed(Perm.EDIT_FOLLOW_UP)
def come_back(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    form = AskAgainForm(typed(request), initial={"requested_on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: ask_again(
            patient=patient,
            requested_on=form.cleaned_data["requested_on"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("La nouvelle demande est ouverte, à compléter."))
        return redirect("network:patient", code)
    return show_form(
        request, "network/follow_up/come_back.html", {"form": form, "patient": patient}
    )
