"""What a patient's pages have in common."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from etp.actions.offers import take
from etp.actions.places import accept_instead
from etp.actions.steps import Busy, Refused
from etp.enums import PlaceState, Refusal
from etp.models import Place
from etp.selectors.mine import in_the_way
from etp.wording import Words, explain
from network.models import Patient, User
from network.views.kept import kept_input
from portal.kit import clock

from .who import Who

UNPROCESSABLE = 422


def page(
    request: HttpRequest,
    who: Who,
    patient: Patient,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page about one person; `query` keeps whom it is for, when there are several."""
    shared = {"who": who, "patient": patient, "query": query_for(who, patient)}
    return render(request, template, shared | (context or {}), status=status)


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is given: what was sent, or what had been typed when the access ended."""
    return request.POST if request.method == "POST" else kept_input(request)


def status_of(request: HttpRequest, form: Form) -> int:
    """422 when what was sent cannot be taken."""
    return UNPROCESSABLE if request.method == "POST" and form.errors else 200


def query_for(who: Who, patient: Patient) -> str:
    return f"?pour={patient.code}" if len(who.patients) > 1 else ""


def asked_patient(request: HttpRequest, who: Who) -> Patient:
    return who.patient(request.GET.get("pour", ""))


def mine_of(who: Who, patient: Patient) -> str:
    """The address of the person's list."""
    return reverse("etp:mine") + query_for(who, patient)


def own_place(who: Who, uid: object) -> Place:
    """A place of those for whom one asks. Raises Http404."""
    places = Place.objects.filter(patient__in=who.keys).select_related(
        "patient", "session__workshop__programme", "session__site", "cycle"
    )
    found: Place = get_object_or_404(places, uid=uid)
    return found


def take_offer(request: HttpRequest, place: Place, by: User | None) -> None:
    """Take an offered seat, and leave the other date when its button said so. Raises Refused."""
    other = in_the_way(place) if "instead" in request.POST else None
    if other:
        accept_instead(place=place, leaving=other, by=by, now=clock.now())
    else:
        take(place=place, by=by, now=clock.now())


def words_of(refusal: Refused) -> Words:
    because = refusal.no.because
    return explain(refusal.no.reason, at=because.starts_at if because else None)


def told(error: Refused | Busy) -> str:
    """A refusal in one paragraph: why, and what to do next."""
    if isinstance(error, Busy):
        return str(error)
    words = words_of(error)
    return f"{words.why} {words.onward}"


def over_words(place: Place) -> str:
    """Why a place that is no longer held is not."""
    return {
        PlaceState.CANCELLED: _("Ce rendez-vous est annulé."),
        PlaceState.MOVED: _("Ce rendez-vous a été changé pour une autre date."),
        PlaceState.DECLINED: _("Vous avez laissé cette place à quelqu’un d’autre."),
        PlaceState.EXPIRED: str(explain(Refusal.OFFER_OVER).why),
    }.get(PlaceState(place.state), _("Ce rendez-vous est passé."))
