"""The link of a mail: one appointment, without signing in, under a neutral name.

It shows a date and a place, never the workshop. Opening it changes nothing: mail servers open
links. Its buttons cancel, move or answer for that place alone.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from etp.actions import places as act
from etp.actions.letters import appointment_of, calendar_of, where_of
from etp.actions.offers import leave
from etp.actions.steps import Busy, Refused
from etp.enums import PlaceState
from etp.forms.booking import ChooseForm
from etp.forms.labels import day_hour, seats, short_place
from etp.models import Place, Session
from etp.rules.waiting import may_still_give_up
from etp.selectors.cycle_lines import offered_together
from etp.selectors.mine import Date, in_the_way, other_dates
from etp.tokens import place_token, read_place
from portal.kit import clock
from portal.kit.calendar import Method

from .pages import UNPROCESSABLE, over_words, take_offer, told

CALENDAR = "text/calendar; charset=utf-8"


def _place(token: str) -> Place:
    uid = read_place(token)
    if uid is None:
        raise Http404
    found: Place = get_object_or_404(
        Place.objects.select_related("patient", "session__workshop__programme", "session__site"),
        uid=uid,
    )
    return found


@never_cache
@login_not_required
@require_GET
def place(request: HttpRequest, token: str) -> HttpResponse:
    """When, where, and what can still be done."""
    return _page(request, _place(token), token)


def _page(request: HttpRequest, found: Place, token: str, *, status: int = 200) -> HttpResponse:
    now, session = clock.now(), found.session
    offered = found.state == PlaceState.OFFERED and found.until is not None and now < found.until
    shown = {
        "place": found,
        "token": token,
        "offered": offered,
        "together": offered_together(found) if offered else [found],
        "other": in_the_way(found) if offered else None,
        "coming": found.state == PlaceState.BOOKED and now < session.ends_at,
        "in_time": may_still_give_up(
            now, session.starts_at, session.workshop.programme.notice_hours
        ),
        "over": over_words(found),
        "called_off": session.cancelled_at is not None,
    }
    return _private(render(request, "etp/rdv/place.html", shown, status=status))


@never_cache
@login_not_required
@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Give the place up; its seat goes at once to who waits."""
    found = _place(token)
    try:
        act.cancel(place=found, by=None, now=clock.now())
    except (Refused, Busy) as refusal:
        messages.error(request, told(refusal))
    else:
        messages.success(request, _("C’est noté, vous ne viendrez pas. Merci d’avoir prévenu."))
    return redirect("etp:place", token)


@never_cache
@login_not_required
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no to a seat held for somebody who waited."""
    found, now = _place(token), clock.now()
    try:
        if "yes" in request.POST:
            take_offer(request, found, None)
            messages.success(request, _("C’est noté, votre place est réservée."))
        else:
            leave(place=found, by=None, now=now)
            messages.success(request, _("C’est noté\u00a0: la place ira à la personne suivante."))
    except (Refused, Busy) as refusal:
        messages.error(request, told(refusal))
    return redirect("etp:place", token)


@never_cache
@login_not_required
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Another date of the same thing, in one gesture: the new seat first, then the old one."""
    found, now = _place(token), clock.now()
    notice = found.session.workshop.programme.notice_hours
    movable = found.state == PlaceState.BOOKED and may_still_give_up(
        now, found.session.starts_at, notice
    )
    if not movable and request.method != "POST":
        return redirect("etp:place", token)
    dates = other_dates(found, now=now)
    form = _choose(request, dates)
    if request.method == "POST" and (request_id := _asked(form)):
        try:
            new = act.move(
                place=found,
                to=Session.objects.get(pk=int(form.cleaned_data["choice"])),
                request_id=request_id,
                by=None,
                now=now,
            )
        except (Refused, Busy) as refusal:
            form.add_error("choice", told(refusal))
        else:
            messages.success(request, _("C’est noté, votre rendez-vous a changé de date."))
            return redirect("etp:place", place_token(new.uid))
    shown = {
        "place": found,
        "token": token,
        "dates": dates,
        "form": form,
        "notes": {
            str(each.session.pk): f"{short_place(each.session)} · {seats(each.free)}"
            for each in dates
        },
    }
    wrong = form.is_bound and form.errors
    status = UNPROCESSABLE if wrong else 200
    return _private(render(request, "etp/rdv/move.html", shown, status=status))


def _choose(request: HttpRequest, dates: list[Date]) -> ChooseForm:
    return ChooseForm(
        request.POST if request.method == "POST" else None,
        choices=[(str(each.session.pk), day_hour(each.session.starts_at)) for each in dates],
        initial={"choice": str(dates[0].session.pk) if dates else ""},
    )


def _asked(form: ChooseForm) -> UUID | None:
    return form.cleaned_data["request_id"] if form.is_valid() else None


@never_cache
@login_not_required
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file of one place."""
    return calendar_file([_place(token)])


def calendar_file(places: list[Place]) -> HttpResponse:
    """A file whose name says nothing; each place must have its session and its site."""
    now, gone = clock.now(), {PlaceState.CANCELLED, PlaceState.MOVED}
    events = [
        appointment_of(
            each, each.session, where_of(each.session), now=now, cancelled=each.state in gone
        )
        for each in places
        if each.state in {PlaceState.BOOKED, PlaceState.ATTENDED, *gone}
    ]
    if not events:
        raise Http404
    answer = HttpResponse(calendar_of(events, method=Method.PUBLISH), content_type=CALENDAR)
    answer["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return _private(answer)


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"  # the address itself is the secret
    return response
