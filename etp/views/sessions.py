"""A session's page, and what coordination changes on it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from etp.access import Perm
from etp.actions.messages import write_to_all
from etp.actions.sessions import cancel_session, change_session, set_capacity
from etp.enums import PlaceState, Stage
from etp.forms.sessions import CancelForm, ChangeForm, MessageForm, SeatsForm
from etp.models import Session
from etp.selectors.concerns import worries_of
from etp.selectors.cycle_lines import cycle_line_of
from etp.selectors.planning import rows_of, sessions
from etp.selectors.session_page import invitable, line_of, places_of, seated
from etp.views.answers import tried
from network.actions.patients import note_readings
from network.views.pages import SignedIn, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed


def session_or_404(request: SignedIn, pk: int, now: datetime) -> Session:
    return get_object_or_404(sessions(request.user, now), pk=pk)


@require_GET
@allowed(Perm.SEE_PLANNING)
def session(request: SignedIn, pk: int) -> HttpResponse:
    now = clock.now()
    found = session_or_404(request, pk, now)
    (row,) = rows_of([found], now)
    places = places_of(found)
    line, cycle_line = line_of(found, now), cycle_line_of(found, now=now)
    people = [each.patient for each in places] + [each.wait.patient for each in line]
    people += [each.wait.patient for each in cycle_line]
    note_readings(verb="session.read", patients=people, by=request.user, now=now)
    coming = found.starts_at > now and found.cancelled_at is None
    return render(
        request,
        "etp/session/session.html",
        {
            "row": row,
            "session": found,
            "coming": coming,
            "begun": found.starts_at <= now and found.cancelled_at is None,
            "under_minimum": row.stage == Stage.UNDER_MINIMUM,
            "booked": seated(places),
            "offered": [each for each in places if each.state == PlaceState.OFFERED],
            "gone": [each for each in places if not each.is_held],
            "line": line,
            "cycle_line": cycle_line,
            "invitable": invitable(found).count() if coming else 0,
            "may_plan": request.user.has_perm(Perm.PLAN),
        },
    )


@allowed(Perm.PLAN)
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Another date, place or person; what there is to read is shown before it is written."""
    now = clock.now()
    found = session_or_404(request, pk, now)
    form = ChangeForm(typed(request), session=found)
    worries = []
    if form.is_valid():
        starts_at, ends_at = form.span
        draft = Session(
            pk=found.pk,
            workshop=found.workshop,
            capacity=found.capacity,
            starts_at=starts_at,
            ends_at=ends_at,
            **form.where,
        )
        (worries,) = worries_of([draft])
        read = request.POST.get("read") == "yes"
        changed: list[Session] = []
        if (read or not worries) and tried(
            request,
            lambda: changed.append(
                change_session(
                    session=found,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    **form.where,
                    by=request.user,
                    now=now,
                )
            ),
        ):
            told = changed[0].sequence != found.sequence
            messages.success(
                request,
                _("La séance est à jour. Les personnes sont prévenues.")
                if told
                else _("La séance est à jour."),
            )
            return redirect("etp:session", pk)
    context: dict[str, object] = {"form": form, "session": found, "worries": worries}
    return show_form(request, "etp/session/change.html", context)


@allowed(Perm.PLAN)
def seats(request: SignedIn, pk: int) -> HttpResponse:
    now = clock.now()
    found = session_or_404(request, pk, now)
    form = SeatsForm(typed(request), initial={"capacity": found.capacity})
    if form.is_valid() and tried(
        request,
        lambda: set_capacity(
            session=found, capacity=form.cleaned_data["capacity"], by=request.user, now=now
        ),
    ):
        messages.success(request, _("Le nombre de places est à jour."))
        return redirect("etp:session", pk)
    return show_form(request, "etp/session/seats.html", {"form": form, "session": found})


@allowed(Perm.PLAN)
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    now = clock.now()
    found = session_or_404(request, pk, now)
    form = CancelForm(typed(request))
    if form.is_valid() and tried(
        request,
        lambda: cancel_session(
            session=found, reason=form.cleaned_data["reason"], by=request.user, now=now
        ),
    ):
        messages.success(
            request,
            _("La séance est annulée. Les inscrits attendent une autre date, les premiers."),
        )
        return redirect("etp:session", pk)
    return show_form(request, "etp/session/cancel.html", {"form": form, "session": found})


@allowed(Perm.PLAN)
def message(request: SignedIn, pk: int) -> HttpResponse:
    now = clock.now()
    found = session_or_404(request, pk, now)
    form = MessageForm(typed(request))
    sent: list[int] = []
    if form.is_valid() and tried(
        request,
        lambda: sent.append(
            write_to_all(
                session=found,
                words=form.cleaned_data["words"],
                request_id=form.cleaned_data["request_id"],
                by=request.user,
                now=now,
            )
        ),
    ):
        (count,) = sent
        messages.success(
            request,
            ngettext(
                "Le message part à %(count)s personne.",
                "Le message part à %(count)s personnes.",
                count,
            )
            % {"count": count},
        )
        return redirect("etp:session", pk)
    context: dict[str, object] = {
        "form": form,
        "session": found,
        "day": timezone.localdate(found.starts_at),
    }
    return show_form(request, "etp/session/message.html", context)
