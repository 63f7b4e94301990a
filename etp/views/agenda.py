"""The own calendar elsewhere: a file, a secret address to subscribe to; the equipment's test."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from etp.actions.feeds import make_feed, stop_feed
from etp.actions.letters import appointment_of, calendar_of, where_of
from etp.enums import PlaceState
from etp.models import Place
from etp.selectors.feeds import feed_of, standing_feed
from portal.kit import clock
from portal.kit.links import absolute

from .mailed import CALENDAR, calendar_file
from .pages import asked_patient, own_place, page
from .who import Who, for_patients

KEPT = timedelta(days=60)
"""How far back a subscribed calendar goes."""


@require_GET
@for_patients
def download(request: HttpRequest, who: Who, uid: UUID) -> HttpResponse:
    """The calendar file of a place, with all the dates of its cycle."""
    place = own_place(who, uid)
    if place.cycle_id is None or place.state != PlaceState.BOOKED:
        return calendar_file([place])
    together = Place.objects.filter(
        patient=place.patient, cycle=place.cycle_id, state=PlaceState.BOOKED
    ).select_related("session__site")
    return calendar_file(list(together.order_by("session__starts_at")))


@for_patients
def agenda(request: HttpRequest, who: Who) -> HttpResponse:
    """Make, replace or stop the secret address; it is shown once, when it is made."""
    patient, now, address = asked_patient(request, who), clock.now(), ""
    if request.method == "POST":
        if "stop" in request.POST:
            stop_feed(patient=patient, by=who.user, now=now)
        else:
            secret = make_feed(patient=patient, by=who.user, now=now)
            address = absolute(reverse("etp:feed", args=[secret]))
    shown = {"feed": standing_feed(patient), "address": address}
    return page(request, who, patient, "etp/mine/agenda.html", shown)


@never_cache
@login_not_required
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for a program that shows calendars: dates and places, neutral names."""
    found = feed_of(token)
    if found is None:
        raise Http404
    places = Place.objects.filter(
        patient=found.patient,
        state__in=[PlaceState.BOOKED, PlaceState.ATTENDED],
        session__starts_at__gt=clock.now() - KEPT,
    ).select_related("session__site")
    events = [
        appointment_of(each, each.session, where_of(each.session), now=each.made_at)
        for each in places.order_by("session__starts_at", "pk")
    ]
    answer = HttpResponse(calendar_of(events, method=None), content_type=CALENDAR)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_patients
def equipment(request: HttpRequest, who: Who) -> HttpResponse:
    """Try the camera, the microphone and the sound before a video."""
    return page(request, who, asked_patient(request, who), "etp/mine/equipment.html")
