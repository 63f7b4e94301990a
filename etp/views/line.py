"""The waiting list: join it for a date or for any, see one's rank, leave it; answer an offer."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from etp.actions.cycle_line import leave_cycle_line, wait_for_cycle
from etp.actions.offers import leave
from etp.actions.steps import Busy, Refused
from etp.actions.waiting import RoomLeft, leave_line, wait_for_any_date, wait_for_session
from etp.enums import PlaceState, WaitState
from etp.forms.booking import JoinForm
from etp.models import CycleWait, Place, Wait
from etp.selectors import mine as select
from etp.selectors.cycle_lines import cycle_ranks, offered_together
from etp.selectors.lines import read_lines
from network.models import Patient
from portal.kit import clock

from .pages import (
    asked_patient,
    mine_of,
    over_words,
    own_place,
    page,
    query_for,
    status_of,
    take_offer,
    told,
    typed,
)
from .who import Who, for_patients


@for_patients
def join(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Wait for the date that the address names, or for any date of the workshop."""
    patient, now = asked_patient(request, who), clock.now()
    opened = select.opened(patient, pk, now=now)
    if opened is None:
        raise Http404
    whole = next(
        (each for each in opened.cycles if str(each.cycle.pk) == request.GET.get("cycle")), None
    )
    if whole:
        return _join_cycle(request, who, patient, opened, whole)
    wanted = request.GET.get("date", "")
    date = next((each for each in opened.dates if str(each.session.pk) == wanted), None)
    form = JoinForm(typed(request))
    if date is None:
        form.fields["choice"].initial = JoinForm.ANY
    elif not opened.may_wait:
        form.fields["choice"].choices = form.fields["choice"].choices[:1]  # type: ignore[attr-defined]
    if request.method == "POST" and (date is None or form.is_valid()):
        given = {"patient": patient, "by": who.user, "now": now}
        any_date = date is None or form.cleaned_data["choice"] == JoinForm.ANY
        try:
            if any_date or date is None:
                wait = wait_for_any_date(workshop=opened.workshop, **given)  # type: ignore[arg-type]
            else:
                wait = wait_for_session(session=date.session, **given)  # type: ignore[arg-type]
        except RoomLeft as refusal:
            messages.info(request, told(refusal))
            return redirect(reverse("etp:workshop", args=[pk]) + query_for(who, patient))
        except (Refused, Busy) as refusal:
            form.add_error(None, told(refusal))
        else:
            return redirect("etp:wait", wait.uid)
    return page(
        request,
        who,
        patient,
        "etp/mine/join.html",
        {"opened": opened, "date": date, "form": form},
        status=status_of(request, form),
    )


def _join_cycle(
    request: HttpRequest,
    who: Who,
    patient: Patient,
    opened: select.Opened,
    whole: select.Whole,
) -> HttpResponse:
    """Wait for a seat at all the dates of a cycle."""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            wait = wait_for_cycle(cycle=whole.cycle, patient=patient, by=who.user, now=clock.now())
        except (Refused, Busy) as refusal:
            messages.info(request, told(refusal))
            where = reverse("etp:workshop", args=[opened.workshop.pk])
            return redirect(where + query_for(who, patient))
        return redirect("etp:cycle_wait", wait.uid)
    shown = {"opened": opened, "whole": whole, "form": form}
    return page(request, who, patient, "etp/mine/join_cycle.html", shown)


@for_patients
def cycle_wait(request: HttpRequest, who: Who, uid: UUID) -> HttpResponse:
    """One's rank for a whole cycle; sending leaves the list."""
    waits = CycleWait.objects.filter(patient__in=who.keys)
    found = get_object_or_404(waits.select_related("patient", "cycle__workshop"), uid=uid)
    now = clock.now()
    if request.method == "POST":
        leave_cycle_line(wait=found, by=who.user, now=now)
        messages.success(request, _("C’est noté\u00a0: vous n’êtes plus sur la liste d’attente."))
        return redirect(mine_of(who, found.patient))
    offers = Place.objects.filter(
        patient=found.patient, cycle=found.cycle, state=PlaceState.OFFERED
    )
    shown = {
        "wait": {"workshop": found.cycle.workshop, "workshop_id": found.cycle.workshop_id},
        "cycle": found.cycle,
        "waiting": found.state == WaitState.WAITING,
        "offer": offers.first() if found.state == WaitState.OFFERED else None,
        "rank": cycle_ranks([found], now=now)[found.pk],
    }
    return page(request, who, found.patient, "etp/mine/wait.html", shown)


def _own_wait(who: Who, uid: UUID) -> Wait:
    waits = Wait.objects.filter(patient__in=who.keys).select_related(
        "patient", "workshop", "session__site", "session__workshop"
    )
    found: Wait = get_object_or_404(waits, uid=uid)
    return found


@for_patients
def wait(request: HttpRequest, who: Who, uid: UUID) -> HttpResponse:
    """One's rank, honestly; sending leaves the list."""
    found, now = _own_wait(who, uid), clock.now()
    if request.method == "POST":
        leave_line(wait=found, by=who.user, now=now)
        messages.success(request, _("C’est noté\u00a0: vous n’êtes plus sur la liste d’attente."))
        return redirect(mine_of(who, found.patient))
    sessions = select.coming_sessions([found.workshop_id], now)
    rank = read_lines(sessions, now=now).rank_of(found)
    opened = select.opened(found.patient, found.workshop_id, now=now)
    offer = found.places.filter(state=PlaceState.OFFERED).first()
    shown = {
        "wait": found,
        "waiting": found.state == WaitState.WAITING,
        "offer": offer,
        "rank": rank,
        "sooner": opened.first if opened else None,
    }
    return page(request, who, found.patient, "etp/mine/wait.html", shown)


@for_patients
def offer(request: HttpRequest, who: Who, uid: UUID) -> HttpResponse:
    """A seat held for somebody who waited: take it, or leave it to the next."""
    place, now = own_place(who, uid), clock.now()
    if request.method == "POST":
        try:
            if "yes" in request.POST:
                take_offer(request, place, who.user)
                return redirect("etp:booked", place.uid)
            leave(place=place, by=who.user, now=now)
        except (Refused, Busy) as refusal:
            messages.error(request, told(refusal))
            return redirect("etp:offer", place.uid)
        messages.success(request, _("C’est noté\u00a0: la place ira à la personne suivante."))
        return redirect(mine_of(who, place.patient))
    if place.state == PlaceState.BOOKED:
        return redirect("etp:booked", place.uid)
    held = place.state == PlaceState.OFFERED and place.until is not None and now < place.until
    other = select.in_the_way(place) if held else None
    shown = {
        "place": place,
        "together": offered_together(place),
        "held": held,
        "other": other,
        "over": over_words(place),
    }
    return page(request, who, place.patient, "etp/mine/offer.html", shown)
