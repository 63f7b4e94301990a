"""Telephone lines, each person's own list; and the number that an administrator gives one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from network.access import Perm
from network.actions.phone_lines import set_reserved_number
from network.forms.phone_lines import NumberForm
from network.models import PhoneLine
from network.rules.directory import LineAudience
from network.selectors.phone_lines import awaits_verification, lines_for, reserved_lines
from network.views.pages import SignedIn, attempt, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.frames import reader_of


@never_cache
@login_not_required
@require_GET
def phone_lines(request: HttpRequest) -> HttpResponse:
    """What a person who did not sign in reads here is what everybody may know."""
    sets_numbers = request.user.has_perm(Perm.SET_RESERVED_NUMBER)
    context = {
        "lines": lines_for(request.user, now=clock.now()),
        "awaits": awaits_verification(request.user),
        "reserved": reserved_lines() if sets_numbers else [],
    }
    return render(request, "network/directory/lines.html", context | reader_of(request))


@never_cache
@allowed(Perm.SET_RESERVED_NUMBER)
@sensitive_post_parameters("number")
def reserved_number(request: SignedIn, pk: int) -> HttpResponse:
    """Give the number; it is never shown on this page, nor kept in the form after a refusal."""
    lines = PhoneLine.objects.filter(audience=LineAudience.VERIFIED).select_related("number_set_by")
    line = get_object_or_404(lines, pk=pk)
    form = NumberForm(typed(request))
    if form.is_valid():
        given = form.cleaned_data["number"]
        if attempt(
            form,
            lambda: set_reserved_number(line=line, number=given, by=request.user, now=clock.now()),
        ):
            messages.success(
                request,
                _("Le numéro est enregistré.") if given else _("Le numéro est retiré."),
            )
            return redirect("network:phone_lines")
    return show_form(request, "network/directory/number.html", {"form": form, "line": line})
