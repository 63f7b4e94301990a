"""Convocations to a case review: whom to invite, and the answer, signed in or by a mailed link.

The page of a link shows a date and a place, no patient. Opening it changes nothing: mail servers
open links.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from network.access import Perm
from network.actions import rcp_calls
from network.forms.rcp import InviteForm
from network.models import RcpInvitation
from network.selectors import rcp
from network.tokens import read_call
from network.views.pages import SignedIn, attempt, show_form, typed
from network.views.rcp import meeting_or_404
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.calendar import Method

CALENDAR = "text/calendar; charset=utf-8"


@allowed(Perm.RECORD_RCP)
def invite(request: SignedIn, meeting: int) -> HttpResponse:
    found = meeting_or_404(request, meeting)
    known = {each.professional_id for each in rcp.invitations(found)}
    form = InviteForm(typed(request), likely=rcp.likely_invited(found), known=known)
    if form.is_valid() and attempt(
        form,
        lambda: rcp_calls.invite(
            meeting=found,
            professionals=list(form.cleaned_data["people"]),
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("Les convocations partent, avec la date pour l’agenda."))
        return redirect("network:rcp", found.pk)
    return show_form(request, "network/rcp/invite.html", {"form": form, "meeting": found})


@allowed(Perm.SEE_RCP)
@require_POST
def answer(request: SignedIn, invitation: int) -> HttpResponse:
    """Come or be excused: one's own answer, or one given by telephone to the coordination."""
    rows = RcpInvitation.objects.standing().filter(meeting__in=rcp.meetings(request.user))
    if not request.user.has_perm(Perm.RECORD_RCP):
        rows = rows.filter(professional__user=request.user)
    found = get_object_or_404(rows, pk=invitation)
    _answer(request, found, by_link=False)
    return redirect("network:rcp", found.meeting_id)


@allowed(Perm.RECORD_RCP)
@require_POST
def withdraw(request: SignedIn, invitation: int) -> HttpResponse:
    found = get_object_or_404(RcpInvitation.objects.standing(), pk=invitation)
    try:
        rcp_calls.withdraw(invitation=found, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La convocation est retirée, la personne est prévenue."))
    return redirect("network:rcp", found.meeting_id)


def _answer(request: HttpRequest, found: RcpInvitation, *, by_link: bool) -> None:
    coming = "yes" in request.POST
    by = None if by_link else request.user
    try:
        rcp_calls.answer(invitation=found, coming=coming, by=by, now=clock.now())  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(
            request,
            _("C’est noté, à bientôt.") if coming else _("C’est noté, merci d’avoir prévenu."),
        )


def _by_link(token: str) -> RcpInvitation:
    uid = read_call(token)
    if uid is None:
        raise Http404
    rows = RcpInvitation.objects.select_related("meeting", "professional")
    return get_object_or_404(rows, uid=uid)


@never_cache
@login_not_required
@require_GET
def call(request: HttpRequest, token: str) -> HttpResponse:
    found = _by_link(token)
    waits = found.meeting.is_planned and found.answer != "withdrawn"
    shown = {
        "invitation": found,
        "meeting": found.meeting,
        "token": token,
        "when": rcp_calls.when_of(found.meeting),
        "waits": waits,
    }
    return _private(render(request, "network/rcp/call.html", shown))


@never_cache
@login_not_required
@require_POST
def call_answer(request: HttpRequest, token: str) -> HttpResponse:
    _answer(request, _by_link(token), by_link=True)
    return redirect("network:rcp_call", token)


@never_cache
@login_not_required
@require_GET
def call_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file of the meeting, under a name that says nothing."""
    meeting = _by_link(token).meeting
    text = rcp_calls.calendar_of(meeting, method=Method.PUBLISH, now=clock.now())
    answer = HttpResponse(text, content_type=CALENDAR)
    answer["Content-Disposition"] = 'attachment; filename="reunion.ics"'
    return _private(answer)


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"  # the address itself is the secret
    return response
