"""The personal link of a mail: a birth date opens a patient's own pages, without a password."""

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from network.actions.links import NotOpened, enter_by_link
from network.forms.entry import EntryForm
from network.selectors.links import open_link
from portal.kit import clock
from portal.kit.own_pages import first_of

from .person import ENTRY
from .who import enter

GONE = 410


@never_cache
@login_not_required
@sensitive_post_parameters("birth_date")
@rate_limit(action="personal_link")
def entry(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links): the birth date does.

    One answer for a link that never was, is over, or was closed by wrong dates.
    """
    if request.user.is_authenticated:
        return render(request, "network/access/signed_in.html")
    if open_link(token, clock.now()) is None:
        return render(request, "network/access/closed.html", status=GONE)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = enter_by_link(
                secret=token, birth_date=form.cleaned_data["birth_date"], now=clock.now()
            )
        except NotOpened as refusal:
            if not refusal.wrong_date:
                return render(request, "network/access/closed.html", status=GONE)
            form.add_error("birth_date", _("Ce n’est pas la bonne date de naissance."))
        else:
            enter(request, link)
            return redirect(first_of(link.user, link.patient))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "network/access/entry.html", {"form": form}, status=status)


@require_POST
@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """Close what a personal link opened on this device."""
    if ENTRY in request.session:
        request.session.flush()
    return redirect("/")
