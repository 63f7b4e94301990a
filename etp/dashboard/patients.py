"""What waits for a patient, about workshops: an offer to answer, the next date, a word to say."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from etp.access import Perm
from etp.enums import PlaceState
from etp.models import Place
from etp.selectors.mine import FEEDBACK_DAYS
from etp.wording import moment
from network.models import Patient
from portal.kit import clock, dashboard


def _own(user: Any, today: date) -> QuerySet[Place]:
    """Of the own file and of the minors represented, whatever else the person is here."""
    return Place.objects.filter(patient__in=Patient.objects.own_of(user, today))


@dashboard.todos(Perm.BOOK, order=10)
def offers_to_answer(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Seats held for a while: answer before they go to the next."""
    now = clock.now()
    offers = _own(user, today).filter(state=PlaceState.OFFERED, until__gt=now)
    for place in offers.select_related("session").order_by("until")[:5]:
        yield dashboard.Todo(
            title=_("Répondre\u00a0: une place est gardée pour vous"),
            href=reverse("etp:offer", args=[place.uid]),
            note=_("Rendez-vous %(when)s.") % {"when": moment(place.session.starts_at)},
            label=_("Avant %(until)s") % {"until": moment(place.until) if place.until else ""},
            state="wait",
        )


@dashboard.todos(Perm.BOOK, order=60)
def feedback_to_give(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Sessions just over, on which nothing was said."""
    now = clock.now()
    over = _own(user, today).filter(
        state__in=[PlaceState.BOOKED, PlaceState.ATTENDED],
        session__ends_at__lte=now,
        session__ends_at__gt=now - timedelta(days=FEEDBACK_DAYS),
        feedback=None,
    )
    for place in over.select_related("session")[:3]:
        yield dashboard.Todo(
            title=_("Donner votre avis sur une séance"),
            href=reverse("etp:feedback", args=[place.uid]),
            note=_("Celle qui a eu lieu %(when)s.") % {"when": moment(place.session.starts_at)},
            label=_("Deux questions"),
            state="info",
        )


@dashboard.card(Perm.BOOK, order=20)
def next_appointments(user: Any, today: date) -> dashboard.Card | None:
    """The next dates, the nearest first."""
    now = clock.now()
    coming = _own(user, today).filter(state=PlaceState.BOOKED, session__ends_at__gt=now)
    places = list(coming.select_related("session__site", "session__workshop")[:3])
    if not places:
        return None
    return dashboard.Card("etp/cards/next.html", {"places": places}, wide=True)
