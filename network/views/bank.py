"""Bank details: proposed by the professional, decided by an accountant."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from network.access import Perm
from network.actions import bank as act
from network.forms.bank import BankDecisionForm, BankDetailsForm
from network.selectors.accounts import professional_of
from network.selectors.bank import (
    bank_changes_visible_to,
    current_bank_details,
    pending_bank_changes,
    pending_bank_details,
)
from network.views.entry import refuse
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed


@never_cache
@sensitive_post_parameters("iban")
@allowed(Perm.PROPOSE_BANK_DETAILS)
def my_bank_details(request: SignedIn) -> HttpResponse:
    """The account on which I am paid, masked, and a form to ask for another."""
    professional = professional_of(request.user)
    if professional is None:
        raise Http404
    form = BankDetailsForm(request.POST or None)
    if form.is_valid():
        try:
            act.propose_bank_details(
                professional=professional, by=request.user, now=clock.now(), **form.cleaned_data
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(
                request, _("C’est noté\u00a0: une personne du réseau va vous appeler.")
            )
            return redirect("account:bank")
    page = {
        "form": form,
        "current": current_bank_details(professional),
        "pending": pending_bank_details(professional),
    }
    status = 422 if form.is_bound else 200
    return render(request, "network/bank/mine.html", page, status=status)


@allowed(Perm.CONFIRM_BANK_DETAILS)
def bank_changes(request: SignedIn) -> HttpResponse:
    """What waits for a second person."""
    changes = pending_bank_changes(request.user)
    return render(request, "network/bank/list.html", {"changes": changes})


@allowed(Perm.CONFIRM_BANK_DETAILS)
def bank_change(request: SignedIn, pk: int) -> HttpResponse:
    """Call back, then confirm or refuse."""
    details = get_object_or_404(bank_changes_visible_to(request.user), pk=pk)
    if not request.user.has_perm(Perm.CONFIRM_BANK_DETAILS, details):
        raise PermissionDenied
    form = BankDecisionForm(request.POST or None)
    if form.is_valid():
        confirmed = "confirm" in request.POST
        decide = act.confirm_bank_details if confirmed else act.reject_bank_details
        try:
            decide(
                details=details, note=form.cleaned_data["note"], by=request.user, now=clock.now()
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            done = _("Compte confirmé.") if confirmed else _("Changement refusé.")
            messages.success(request, done)
            return redirect("network:bank_changes")
    page = {
        "form": form,
        "details": details,
        "current": current_bank_details(details.professional),
    }
    status = 422 if form.is_bound else 200
    return render(request, "network/bank/decide.html", page, status=status)
