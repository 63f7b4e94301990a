"""Attendance: noted in one go, printed, corrected; absents to call; a facilitator's sessions."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from etp.access import Perm
from etp.actions.attendance import note_attendance, note_call
from etp.enums import Move, PlaceState
from etp.models import Place, Session
from etp.models.place import STATES
from etp.selectors import attention
from etp.selectors.planning import rows_of, sessions
from etp.selectors.session_page import places_of, seated
from etp.views.answers import key_of, tried
from etp.views.frame import tabs
from network.actions.patients import note_readings
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed

CHOICES = {
    Move.ATTENDED: gettext_lazy("Présent"),
    Move.ABSENT: gettext_lazy("Absent"),
    Move.EXCUSED: gettext_lazy("Excusé"),
}


def _own_or_all(request: SignedIn, pk: int, now: datetime) -> Session:
    """Coordination: any session. A facilitator: those that they give."""
    found = get_object_or_404(sessions(request.user, now), pk=pk)
    if not request.user.has_perm(Perm.NOTE_ATTENDANCE, found):
        raise PermissionDenied
    return found


@allowed(Perm.NOTE_ATTENDANCE)
def attendance(request: SignedIn, pk: int) -> HttpResponse:
    """Three choices for each person, all sent at once; « tous présents » ticks the first."""
    now = clock.now()
    found = _own_or_all(request, pk, now)
    people = seated(places_of(found))
    note_readings(
        verb="session.read", patients=[each.patient for each in people], by=request.user, now=now
    )
    marks = {each.pk: _mark(request, each) for each in people}
    if request.method == "POST" and "all" not in request.POST:
        known = {pk: mark for pk, mark in marks.items() if mark}
        if tried(
            request,
            lambda: note_attendance(session=found, marks=known, by=request.user, now=now),
        ):
            left = len(people) - len(known)
            if left:
                words = ngettext(
                    "C’est noté. Il manque %(left)s personne.",
                    "C’est noté. Il manque %(left)s personnes.",
                    left,
                )
                messages.warning(request, words % {"left": left})
            else:
                messages.success(request, _("Les présences sont notées."))
            return redirect(_home(request), pk)
    return render(
        request,
        "etp/session/attendance.html",
        {
            "session": found,
            "home": _home(request),
            "begun": found.starts_at <= now and found.cancelled_at is None,
            "people": [(each, _choices(each, marks[each.pk])) for each in people],
            "all_present": "all" in request.POST,
        },
        status=422 if request.method == "POST" and "all" not in request.POST else 200,
    )


def _home(request: SignedIn) -> str:
    """The page of a session for this person."""
    planning = request.user.has_perm(Perm.SEE_PLANNING)
    return "etp:session" if planning else "etp:my_session"


def _mark(request: SignedIn, place: Place) -> Move | None:
    """What was ticked; what is already noted when the page is only opened."""
    if "all" in request.POST:
        asked = request.POST.get(f"place-{place.pk}", "")
        return Move(asked) if asked in list(CHOICES) else Move.ATTENDED
    if request.method == "POST":
        asked = request.POST.get(f"place-{place.pk}", "")
        return Move(asked) if asked in list(CHOICES) else None
    return None if place.state == PlaceState.BOOKED else Move(place.state)


def _choices(place: Place, mark: Move | None) -> list[dict[str, object]]:
    return [
        {"name": f"place-{place.pk}", "value": move, "label": label, "checked": move == mark}
        for move, label in CHOICES.items()
    ]


@require_GET
@allowed(Perm.NOTE_ATTENDANCE)
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet to print and to sign: names alone."""
    now = clock.now()
    found = _own_or_all(request, pk, now)
    people = seated(places_of(found))
    note_readings(
        verb="session.read", patients=[each.patient for each in people], by=request.user, now=now
    )
    context = {"session": found, "people": people, "home": _home(request)}
    return render(request, "etp/session/sheet.html", context)


@allowed(Perm.PLAN)
def absents(request: SignedIn) -> HttpResponse:
    """Those who did not come and whom nobody has called; a call takes them off the list."""
    now = clock.now()
    if request.method == "POST":
        for place in attention.absents(now).filter(pk=key_of(request.POST.get("place"))):
            note_call(place=place, by=request.user, now=now)
            messages.success(
                request, _("L’appel à %(name)s est noté.") % {"name": place.patient.name}
            )
        return redirect("etp:absents")
    page = page_of(request, attention.absents(now))
    people = [each.patient for each in page]
    note_readings(verb="session.read", patients=people, by=request.user, now=now)
    return render(request, "etp/session/absents.html", {"page": page, "tabs": tabs("absents")})


@require_GET
@allowed(Perm.ANIMATE)
def my_sessions(request: SignedIn) -> HttpResponse:
    """A facilitator's sessions: those to note, those to come, then the past ones."""
    now = clock.now()
    own = attention.animated_by(request.user)
    coming = own.filter(starts_at__gt=now).order_by("starts_at", "pk")[:50]
    past = page_of(request, own.filter(starts_at__lte=now).order_by("-starts_at", "-pk"))
    context = {
        "coming": rows_of(coming, now),
        "page": past,
        "past": rows_of(past.object_list, now),
    }
    return render(request, "etp/session/my_sessions.html", context)


@require_GET
@allowed(Perm.ANIMATE)
def my_session(request: SignedIn, pk: int) -> HttpResponse:
    """Names and attendance of those booked, nothing else."""
    now = clock.now()
    found = get_object_or_404(attention.animated_by(request.user), pk=pk)
    (row,) = rows_of([found], now)
    people = seated(places_of(found))
    note_readings(
        verb="session.read", patients=[each.patient for each in people], by=request.user, now=now
    )
    context = {
        "row": row,
        "session": found,
        "people": people,
        "states": STATES,
        "begun": found.starts_at <= now and found.cancelled_at is None,
    }
    return render(request, "etp/session/my_session.html", context)
