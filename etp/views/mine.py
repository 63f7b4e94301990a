"""« Mes ateliers »: choose a workshop, choose a date, and it is booked."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from etp.actions.cycles import book_cycle, cancel_cycle
from etp.actions.places import book
from etp.actions.steps import Busy, Refused
from etp.enums import PlaceState, Refusal
from etp.forms.booking import ChooseForm
from etp.forms.labels import day_hour, seats, short_place
from etp.models import Place
from etp.rules.waiting import may_still_give_up
from etp.selectors import mine as select
from etp.wording import explain
from network.models import Patient
from portal.kit import clock
from portal.kit.video import video_is_open
from portal.kit.words import capitalise, in_words

from .pages import (
    asked_patient,
    mine_of,
    own_place,
    page,
    query_for,
    status_of,
    told,
    typed,
    words_of,
)
from .who import Who, for_patients

JUST_NOW = timedelta(minutes=10)
"""How long the page of a place says that it is booked, rather than that it is to come."""


@for_patients
def workshops(request: HttpRequest, who: Who) -> HttpResponse:
    """Offers first, then what is coming, the waits, and the workshops to choose from."""
    patient = asked_patient(request, who)
    found = select.mine(patient, now=clock.now())
    return page(request, who, patient, "etp/mine/workshops.html", {"mine": found})


@for_patients
def workshop(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """The dates of one workshop. Sending books; a full date leads to its waiting list."""
    patient, now = asked_patient(request, who), clock.now()
    opened = select.opened(patient, pk, now=now)
    if opened is None:
        raise Http404
    swap: dict[str, object] = {}
    form = _form(request, opened)
    if request.method == "POST" and form.is_valid():
        choice, request_id = form.cleaned_data["choice"], form.cleaned_data["request_id"]
        line = _line_of(opened, choice)
        if line and not _held(request_id, patient):
            where = redirect("etp:join", pk)
            where["Location"] += f"?{line}"
            if query := query_for(who, patient):
                where["Location"] += f"&{query[1:]}"
            return where
        try:
            place = _book(opened, choice, patient, who, request_id)
        except (Refused, Busy) as refusal:
            opened = select.opened(patient, pk, now=now) or opened
            form = _form(request, opened)
            form.add_error("choice", told(refusal))
            swap = _swap(refusal, patient, choice)
        else:
            return redirect("etp:booked", place.uid)
    return page(
        request,
        who,
        patient,
        "etp/mine/workshop.html",
        {"opened": opened, "form": form, "notes": _notes(opened), **swap},
        status=status_of(request, form),
    )


def _line_of(opened: select.Opened, choice: str) -> str:
    """What to wait for when all that is missing is a seat; empty otherwise."""
    for date in opened.dates:
        if choice == f"s{date.session.pk}" and date.full:
            return f"date={date.session.pk}"
    for whole in opened.cycles:
        if choice == f"c{whole.cycle.pk}" and whole.full:
            return f"cycle={whole.cycle.pk}"
    return ""


def _held(request_id: UUID, patient: Patient) -> bool:
    """Whether this gesture has already made its place: the last seat may be its own."""
    return Place.objects.filter(request_id=request_id, patient=patient).exists()


def _book(
    opened: select.Opened, choice: str, patient: Patient, who: Who, request_id: UUID
) -> Place:
    given = {"patient": patient, "request_id": request_id, "by": who.user, "now": clock.now()}
    for whole in opened.cycles:
        if choice == f"c{whole.cycle.pk}":
            return book_cycle(cycle=whole.cycle, **given)[0]  # type: ignore[arg-type]
    session = next(each.session for each in opened.dates if choice == f"s{each.session.pk}")
    return book(session=session, **given)  # type: ignore[arg-type]


def _swap(refusal: Refused | Busy, patient: Patient, choice: str) -> dict[str, object]:
    """Another date stands in the way: offer to change it for this one, in one gesture."""
    if isinstance(refusal, Busy) or refusal.no.reason != Refusal.OTHER_DATE:
        return {}
    because = refusal.no.because
    held = Place.objects.filter(
        patient=patient, session=because.session if because else None, state=PlaceState.BOOKED
    ).first()
    return {"held": held, "instead": choice[1:], "refusal": words_of(refusal)} if held else {}


def _form(request: HttpRequest, opened: select.Opened) -> ChooseForm:
    every = [(f"s{each.session.pk}", each) for each in opened.dates] + [
        (f"c{each.cycle.pk}", each) for each in opened.cycles
    ]
    return ChooseForm(
        typed(request),
        choices=[(key, _label(each)) for key, each in every],
        closed=[key for key, each in every if not each.open and not _may_try(each)],
        initial={"choice": next((key for key, each in every if each.open), "")},
    )


def _may_try(choice: select.Date | select.Whole) -> bool:
    """Choosing it leads on: to its waiting list, or to changing the other date for it."""
    changeable = choice.no is not None and choice.no.reason == Refusal.OTHER_DATE
    return choice.full or (isinstance(choice, select.Date) and changeable)


def _label(choice: select.Date | select.Whole) -> SafeString:
    if isinstance(choice, select.Date):
        return day_hour(choice.session.starts_at)
    count = len(choice.dates)
    words = ngettext("Cycle de %(n)s rendez-vous", "Cycle de %(n)s rendez-vous", count)
    return format_html("<strong>{}</strong>", words % {"n": in_words(count)})


def _notes(opened: select.Opened) -> dict[str, SafeString | str]:
    """The small text of each choice: where, and how many seats or who waits."""
    notes: dict[str, SafeString | str] = {}
    for date in opened.dates:
        notes[f"s{date.session.pk}"] = f"{short_place(date.session)} · {_standing(date)}"
    for whole in opened.cycles:
        dates = format_html_join(
            "",
            "{}, {}<br>",
            ((day_hour(each.starts_at), short_place(each)) for each in whole.dates),
        )
        notes[f"c{whole.cycle.pk}"] = format_html("{}{}", dates, _standing_of_cycle(whole))
    return notes


def _standing(date: select.Date) -> str:
    if date.no is None:
        return seats(date.free)
    if not date.full:
        because = date.no.because
        return str(explain(date.no.reason, at=because.starts_at if because else None).why)
    if not date.line:
        return _("complet, personne n’attend")
    waiting = ngettext("%(n)s personne attend", "%(n)s personnes attendent", date.line)
    return _("complet, %(waiting)s") % {"waiting": waiting % {"n": date.line}}


def _standing_of_cycle(whole: select.Whole) -> str:
    if whole.no is None:
        return _("Réservé en entier · %(seats)s") % {"seats": seats(whole.free)}
    if whole.full:
        return _("Complet. Vous pouvez attendre une place à toutes ces dates.")
    because = whole.no.because
    return str(explain(whole.no.reason, at=because.starts_at if because else None).why)


@for_patients
def booked(request: HttpRequest, who: Who, uid: UUID) -> HttpResponse:
    """One appointment: confirmation at once, then everything about it, the video included."""
    place, now = own_place(who, uid), clock.now()
    together = list(_together(place))
    session = place.session
    coming = place.state == PlaceState.BOOKED and now < session.ends_at
    shown = {
        "place": place,
        "together": together,
        "just_booked": coming and now - place.made_at < JUST_NOW,
        "coming": coming,
        "in_time": may_still_give_up(
            now, session.starts_at, session.workshop.programme.notice_hours
        ),
        "video": coming
        and session.is_video
        and video_is_open(starts_at=session.starts_at, ends_at=session.ends_at, now=now),
        "may_rate": select.may_rate(place, now),
    }
    return page(request, who, place.patient, "etp/mine/booked.html", shown)


def _together(place: Place) -> list[Place]:
    """The places of the same cycle that are still held."""
    if place.cycle_id is None:
        return [place]
    held = Place.objects.filter(
        patient=place.patient, cycle=place.cycle_id, seat__isnull=False
    ).select_related("session__site", "session__workshop")
    return list(held.order_by("session__starts_at"))


@require_POST
@for_patients
def give_up_cycle(request: HttpRequest, who: Who, uid: UUID) -> HttpResponse:
    """Cancel all that is to come of a cycle."""
    place = own_place(who, uid)
    if place.cycle is None:
        raise Http404
    try:
        given = cancel_cycle(cycle=place.cycle, patient=place.patient, by=who.user, now=clock.now())
    except (Refused, Busy) as refusal:
        messages.error(request, told(refusal))
        return redirect("etp:booked", place.uid)
    words = ngettext(
        "C’est noté\u00a0: %(n)s rendez-vous est annulé.",
        "C’est noté\u00a0: %(n)s rendez-vous sont annulés.",
        len(given),
    )
    messages.success(request, capitalise(words % {"n": len(given)}))
    return redirect(mine_of(who, place.patient))
