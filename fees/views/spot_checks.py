"""Checks after the payment: the list to check, one act, the share that is drawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.actions.spot_checks import note_result, set_spot_rate
from fees.actions.steps import Conflict
from fees.enums import SpotResult, State
from fees.forms.queue import SpotRateForm, SpotResultForm
from fees.models import SpotCheck, SpotRate
from fees.selectors.spot_checks import checks_to_read, year_of_checks
from network.views.pages import SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import euros, number


@allowed(Perm.CONTROL_ACTS)
def checks(request: SignedIn) -> HttpResponse:
    found = year_of_checks(clock.today())
    totals = [
        {"label": _("À vérifier"), "figure": number(found.waiting)},
        {
            "label": _("Tirés en %(year)s") % {"year": found.year},
            "figure": number(found.drawn),
            "note": _("%(n)s conformes") % {"n": number(found.right)},
        },
        {
            "label": _("Anomalies"),
            "figure": number(found.faults),
            "note": euros(found.fault_amount),
        },
    ]
    return render(
        request,
        "fees/control/spot_checks.html",
        {
            "totals": totals,
            "page": page_of(request, checks_to_read()),
            "rate": SpotRate.objects.filter(valid_from__lte=clock.today()).last(),
        },
    )


@allowed(Perm.CONTROL_ACTS)
def check(request: SignedIn, pk: int) -> HttpResponse:
    """One drawn act, and what its documents say; a fault leads to its reversal."""
    found = get_object_or_404(
        SpotCheck.objects.select_related(
            "act__patient", "act__professional", "rate__recorded_by", "checked_by"
        ),
        pk=pk,
    )
    form = SpotResultForm(typed(request))
    if form.is_valid():
        try:
            note_result(
                check=found,
                result=SpotResult(form.cleaned_data["result"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
            )
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            messages.success(request, _("Le résultat est noté."))
            return redirect("fees:spot_check", pk)
    return show_form(
        request,
        "fees/control/spot_check.html",
        {
            "form": form,
            "check": found,
            "act": found.act,
            "to_reverse": found.result == SpotResult.FAULT and found.act.state == State.PAID,
        },
    )


@allowed(Perm.EDIT_SCHEDULE)
def rate(request: SignedIn) -> HttpResponse:
    """The share of paid acts that is checked, and its history."""
    form = SpotRateForm(typed(request))
    if form.is_valid():
        try:
            set_spot_rate(**form.cleaned_data, by=request.user, now=clock.now())
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            messages.success(request, _("La part vérifiée est fixée."))
            return redirect("fees:spot_rate")
    rates = SpotRate.objects.select_related("recorded_by").order_by("-valid_from")
    return show_form(request, "fees/control/spot_rate.html", {"form": form, "rates": rates})
