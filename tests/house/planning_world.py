"""The workshops of the access matrix: a session given by me, another given by somebody else."""

from datetime import timedelta
from typing import Any

from etp.actions.attendance import note_attendance
from etp.enums import Move, PlaceState
from etp.models import Place
from network.models import Professional
from portal.kit import clock
from tests.factories.etp import (
    book,
    make_facilitator,
    make_participant,
    make_programme,
    make_session,
    make_site,
    make_workshop,
    wait,
)

type Values = dict[tuple[str, str], dict[str, Any]]


def planning_values(mine: Professional, them: Professional) -> Values:
    """A full session with a place and somebody in line, a past one without attendance."""
    now = clock.now()
    programme = make_programme()
    workshop = make_workshop(programme=programme)
    values: Values = {
        ("etp:programme", "other"): {"pk": programme.pk},
        ("etp:workshop_model", "other"): {"pk": workshop.pk},
        ("etp:site", "other"): {"pk": make_site().pk},
    }
    for label, professional in (("own", mine), ("other", them)):
        facilitator = make_facilitator(professional=professional)
        values["etp:facilitator", label] = {"pk": facilitator.pk}
        coming = make_session(
            workshop, seats=1, starts_at=now + timedelta(days=2), facilitator=facilitator
        )
        place = book(coming, now=now)
        line = wait(coming, now=now)
        past = make_session(
            workshop, starts_at=now - timedelta(hours=3), facilitator=facilitator, seats=3
        )
        came, missed = (
            Place.objects.create(
                patient=make_participant(workshop),
                session=past,
                state=PlaceState.BOOKED,
                seat=seat,
                capacity=past.capacity,
                request_id=place.request_id,
                made_at=now - timedelta(days=9),
            )
            for seat in (1, 2)
        )
        note_attendance(session=past, marks={missed.pk: Move.ABSENT}, by=_user(them), now=now)
        assert came.pk
        for name in ("session", "session_change", "session_seats", "session_cancel"):
            values[f"etp:{name}", label] = {"pk": coming.pk}
        for name in ("session_message", "session_invite"):
            values[f"etp:{name}", label] = {"pk": coming.pk}
        for name in ("attendance", "attendance_sheet", "my_session"):
            values[f"etp:{name}", label] = {"pk": past.pk}
        for name in ("seat_cancel", "seat_move", "seat_answer"):
            values[f"etp:{name}", label] = {"pk": place.pk}
        values["etp:wait_leave", label] = {"pk": line.pk}
    return values


def _user(professional: Professional) -> Any:
    return professional.user
