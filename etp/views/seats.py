"""People and the seats of a session: invited, put in line, moved, given up, offers answered."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from etp.access import Perm
from etp.actions import cycle_line, cycles, offers, places, waiting
from etp.enums import PlaceState
from etp.models import CycleWait, Place, Session, Wait
from etp.selectors.planning import sessions
from etp.selectors.session_page import candidates, invitable, other_dates
from etp.views.answers import in_words, key_of, tried
from etp.views.sessions import session_or_404
from network.forms.patients import SearchForm
from network.models import Patient
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed


def _request_id(request: SignedIn) -> UUID:
    """The name of the gesture, made with its page; a new one when it was altered."""
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return uuid4()


@allowed(Perm.PLAN)
def invite(request: SignedIn, pk: int) -> HttpResponse:
    """Those to whom the workshop is open and who have no place: book for them, or put in line."""
    now = clock.now()
    found = session_or_404(request, pk, now)
    if request.method == "POST":
        shown = Patient.objects.visible_to(request.user, clock.today())
        patient = shown.filter(code=request.POST.get("patient", "")).first()
        if patient is None:
            messages.error(request, _("Choisissez une personne de la liste."))
        elif tried(request, lambda: _invite(request, found, patient)):
            return redirect("etp:session", pk)
        return redirect("etp:session_invite", pk)
    form = SearchForm(request.GET)
    rows = invitable(found)
    if form.search.text:
        rows = rows.named_like(form.search.text)  # type: ignore[attr-defined]
    page = page_of(request, rows)
    found_ones = [
        (each, in_words(each.no) if each.no else None)
        for each in candidates(found, list(page), now)
    ]
    context = {
        "session": found,
        "page": page,
        "form": form,
        "candidates": found_ones,
        "request_id": uuid4(),
    }
    return render(request, "etp/session/invite.html", context)


def _invite(request: SignedIn, session: Session, patient: Patient) -> None:
    by, now, request_id = request.user, clock.now(), _request_id(request)
    gesture = request.POST.get("gesture")
    if gesture in ("wait", "cycle_wait"):
        if gesture == "cycle_wait" and session.cycle:
            cycle_line.wait_for_cycle(cycle=session.cycle, patient=patient, by=by, now=now)
        else:
            waiting.wait_for_session(session=session, patient=patient, by=by, now=now)
        messages.success(
            request, _("%(name)s est sur la liste d’attente.") % {"name": patient.name}
        )
        return
    if gesture == "cycle" and session.cycle:
        cycles.book_cycle(
            cycle=session.cycle, patient=patient, request_id=request_id, by=by, now=now
        )
    else:
        places.book(session=session, patient=patient, request_id=request_id, by=by, now=now)
    messages.success(
        request, _("La place de %(name)s est réservée. Un mail part.") % {"name": patient.name}
    )


def _place_or_404(request: SignedIn, pk: int) -> Place:
    shown = Place.objects.visible_to(request.user, clock.now())
    rows = shown.select_related(
        "patient", "session__workshop", "session__site", "session__facilitator__professional"
    )
    return get_object_or_404(rows, pk=pk)


@allowed(Perm.PLAN)
def give_up(request: SignedIn, pk: int) -> HttpResponse:
    """Cancel one person's place, after a call for instance."""
    place = _place_or_404(request, pk)
    if request.method == "POST" and tried(
        request,
        lambda: places.cancel(place=place, by=request.user, now=clock.now(), by_staff=True),
    ):
        messages.success(
            request,
            _("La place est rendue. %(name)s en est prévenu par mail.")
            % {"name": place.patient.name},
        )
        return redirect("etp:session", place.session_id)
    return render(request, "etp/session/give_up.html", {"place": place, "session": place.session})


@allowed(Perm.PLAN)
def move(request: SignedIn, pk: int) -> HttpResponse:
    """Another date of the same workshop for one person, both or none."""
    place, now = _place_or_404(request, pk), clock.now()
    coming = (
        sessions(request.user, now)
        .filter(workshop=place.session.workshop_id, starts_at__gt=now, cancelled_at=None)
        .order_by("starts_at", "pk")
    )
    if request.method == "POST":
        target = coming.filter(pk=key_of(request.POST.get("session"))).first()
        if target is None:
            messages.error(request, _("Choisissez une date."))
        elif tried(
            request,
            lambda: places.move(
                place=place,
                to=target,
                request_id=_request_id(request),
                by=request.user,
                now=now,
                by_staff=True,
            ),
        ):
            messages.success(request, _("La place est déplacée. Un mail le dit."))
            return redirect("etp:session", target.pk)
    dates = [
        (each, in_words(each.no) if each.no else None)
        for each in other_dates(place, coming[:30], now)
    ]
    context = {
        "place": place,
        "session": place.session,
        "dates": dates,
        "open_dates": any(words is None for _each, words in dates),
        "request_id": uuid4(),
    }
    return render(request, "etp/session/move.html", context)


@require_POST
@allowed(Perm.PLAN)
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Answer an offer for somebody who called: yes or no."""
    place, now = _place_or_404(request, pk), clock.now()
    if request.POST.get("answer") == "yes":
        if tried(request, lambda: offers.take(place=place, by=request.user, now=now)):
            messages.success(request, _("La place est réservée."))
    elif place.state == PlaceState.OFFERED and tried(
        request, lambda: offers.leave(place=place, by=request.user, now=now)
    ):
        messages.success(request, _("La place va à la personne suivante."))
    return redirect("etp:session", place.session_id)


@require_POST
@allowed(Perm.PLAN)
def leave_line(request: SignedIn, pk: int) -> HttpResponse:
    """Take somebody off the waiting list, after a call."""
    shown = Wait.objects.visible_to(request.user, clock.now()).select_related("patient")
    wait = get_object_or_404(shown, pk=pk)
    leave = partial(waiting.leave_line, wait=wait, by=request.user, now=clock.now())
    return _taken_off(request, wait.patient, leave)


@require_POST
@allowed(Perm.PLAN)
def leave_cycle_line(request: SignedIn, pk: int) -> HttpResponse:
    """Take somebody off the line of a whole cycle, after a call."""
    shown = CycleWait.objects.visible_to(request.user, clock.now()).select_related("patient")
    wait = get_object_or_404(shown, pk=pk)
    leave = partial(cycle_line.leave_cycle_line, wait=wait, by=request.user, now=clock.now())
    return _taken_off(request, wait.patient, leave)


def _taken_off(request: SignedIn, patient: Patient, leave: Callable[[], object]) -> HttpResponse:
    if tried(request, leave):
        messages.success(request, _("%(name)s n’attend plus.") % {"name": patient.name})
    session = key_of(request.POST.get("session"))
    return redirect("etp:session", session) if session else redirect("etp:planning")
