"""Meetings for those who organise them: who comes, who waits; call off, take up next year."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from network.views.pages import SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download
from portal.kit.words import number, plural
from training.access import Perm
from training.actions.meetings import call_off, repeat
from training.actions.registrations import Busy
from training.exports.figures import figures_frame
from training.exports.registered import registered_frame
from training.forms.meetings import CallOffForm
from training.models import Meeting, WebinarIndexPage
from training.rules.surveys import LEAST
from training.selectors.attendance import Presence, presences
from training.selectors.figures import figures_of
from training.selectors.meetings import (
    coming_meetings,
    counted_meetings,
    pages_of,
    past_meetings,
    people_of,
)
from training.selectors.surveys import words_of


@never_cache
@allowed(Perm.EDIT_WEBINARS)
def all_of_them(request: SignedIn) -> HttpResponse:
    today = clock.today()
    context = {
        "coming": coming_meetings(today),
        "page": page_of(request, counted_meetings().filter(held_on__lt=today)),
        "agenda": WebinarIndexPage.objects.first(),
    }
    return render(request, "training/meetings/list.html", context)


@never_cache
@allowed(Perm.EDIT_WEBINARS)
def one(request: SignedIn, pk: int) -> HttpResponse:
    meeting = get_object_or_404(counted_meetings(), pk=pk)
    [figures] = figures_of([meeting])
    page, known = page_of(request, people_of(meeting)), presences(meeting)
    context = {
        "meeting": meeting,
        "page": page,
        "rows": [(each, known.get(each.pk)) for each in page],
        "totals": _totals(meeting, known.values()),
        "present": len(known),
        "webinar": pages_of([meeting.key]).get(meeting.key),
        "over": meeting.held_on < clock.today(),
        "begun": meeting.date_known and meeting.held_on <= clock.today(),
        "figures": figures,
        "words": words_of(meeting),
        "least": LEAST,
    }
    return render(request, "training/meetings/meeting.html", context)


def _totals(meeting: Any, known: Collection[Presence]) -> list[dict[str, str]]:
    """What one reads first: who comes, who waits, who was there."""
    if not meeting.date_known:
        return [{"label": _("À prévenir de la date"), "figure": number(meeting.wish)}]
    of_seats = _("sur %(seats)s places") % {"seats": number(meeting.seats)}
    to_pay = plural(meeting.paying, _("place à payer"), _("places à payer"))
    shown = [
        {
            "label": _("Inscrits"),
            "figure": number(meeting.booked),
            "note": f"{of_seats}, {to_pay}" if meeting.paying else of_seats,
        },
        {"label": _("En liste d’attente"), "figure": number(meeting.line)},
    ]
    if known:
        attested = sum(each.attested for each in known)
        shown += [
            {"label": _("Présents"), "figure": number(len(known))},
            {"label": _("Présences attestées"), "figure": number(attested)},
        ]
    return shown


@never_cache
@require_GET
@allowed(Perm.EDIT_WEBINARS)
def figures(request: SignedIn) -> HttpResponse:
    """What came of each meeting that is over."""
    page = page_of(request, past_meetings(clock.today()))
    context = {"page": page, "rows": figures_of(list(page)), "least": LEAST}
    return render(request, "training/meetings/figures.html", context)


@never_cache
@require_GET
@allowed(Perm.EDIT_WEBINARS)
def figures_export(request: SignedIn, kind: str) -> HttpResponse:
    frame = figures_frame(figures_of(list(past_meetings(clock.today())[:MAX_ROWS])))
    return as_download(frame, name="bilan-rencontres", kind=kind, sheet=_("Bilan"))


@never_cache
@require_GET
@allowed(Perm.EDIT_WEBINARS)
def export(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting, pk=pk)
    frame = registered_frame(people_of(meeting)[:MAX_ROWS])
    name = f"inscrits-{meeting.held_on:%Y-%m-%d}"
    return as_download(frame, name=name, kind=kind, sheet=_("Inscrits"))


@allowed(Perm.EDIT_WEBINARS)
def call_it_off(request: SignedIn, pk: int) -> HttpResponse:
    meeting = get_object_or_404(counted_meetings(), pk=pk)
    form = CallOffForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            call_off(meeting=meeting, reason=reason, by=request.user, now=clock.now())
        except Busy as busy:
            messages.error(request, str(busy))
        else:
            messages.success(request, _("La rencontre est annulée, les inscrits sont prévenus."))
        return redirect("training:meeting", pk)
    context: dict[str, object] = {"meeting": meeting, "form": form}
    return show_form(request, "training/meetings/call_off.html", context)


@require_POST
@allowed(Perm.EDIT_WEBINARS)
def take_up(request: SignedIn, pk: int) -> HttpResponse:
    """A draft for next year, opened in the editor."""
    meeting = get_object_or_404(Meeting, pk=pk)
    page = pages_of([meeting.key]).get(meeting.key)
    if page is None:
        messages.error(request, _("La page de cette rencontre n’est plus publiée."))
        return redirect("training:meeting", pk)
    draft = repeat(page=page, by=request.user, now=clock.now())
    return redirect("wagtailadmin_pages:edit", draft.pk)
