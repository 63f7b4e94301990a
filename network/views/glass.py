"""Exceptional access to a file: asked for by a clinician, checked by the coordination."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.break_glass import AlreadyOpen, break_glass, check_glass
from network.enums import Glass
from network.forms.sharing import BreakGlassForm
from network.models import BreakGlass
from network.selectors.glass import glasses
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.BREAK_GLASS)
def ask(request: SignedIn) -> HttpResponse:
    """One page: which file exactly, and why."""
    form = BreakGlassForm(typed(request))
    opened: list[BreakGlass] = []
    if form.is_valid():
        try:
            done = attempt(form, lambda: opened.append(_open(request, form)))
        except AlreadyOpen:
            messages.info(request, _("Vous suivez déjà cette personne\u00a0: voici son dossier."))
            return redirect("network:patient", form.cleaned_data["code"])
        if done:
            return redirect("network:patient", opened[0].patient.code)
    return show_form(request, "network/glass/ask.html", {"form": form})


def _open(request: SignedIn, form: BreakGlassForm) -> BreakGlass:
    data = form.cleaned_data
    return break_glass(
        code=data["code"],
        birth_date=data["birth_date"],
        reason=Glass(data["reason"]),
        words=data["words"],
        by=request.user,
        now=clock.now(),
    )


@allowed(Perm.CHECK_GLASS)
def index(request: SignedIn) -> HttpResponse:
    context = {"page": page_of(request, glasses(request.user)), "now": clock.now()}
    return render(request, "network/glass/list.html", context)


@require_POST
@allowed(Perm.CHECK_GLASS)
def check(request: SignedIn, glass: int) -> HttpResponse:
    found = get_object_or_404(glasses(request.user), pk=glass)
    check_glass(glass=found, by=request.user, now=clock.now())
    messages.success(request, _("Cet accès est vérifié."))
    return redirect("network:glasses")
