"""Sessions planned, messages, attendance and calls, through the real actions."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from etp.actions.attendance import note_attendance, note_call
from etp.actions.messages import write_to_all
from etp.actions.planning import Plan, plan_sessions
from etp.actions.sessions import Impossible
from etp.enums import Mode, Move, PlaceState
from etp.models import Cycle, Place, Session
from network.enums import Role
from network.models import JournalEntry, OutboxMessage
from portal.kit.recurrence import span, weekly
from tests.factories.etp import (
    NOW,
    PARIS,
    book,
    fill,
    make_facilitator,
    make_session,
    make_site,
    make_workshop,
    wait_any,
)
from tests.factories.network import make_user

pytestmark = pytest.mark.django_db


def plan(**fields: Any) -> Plan:
    """Three Thursdays at nine in the morning, the change of hour between them."""
    days = weekly(datetime(2027, 3, 18, tzinfo=PARIS).date(), times=3)
    defaults: dict[str, Any] = {
        "workshop": fields.pop("workshop", None) or make_workshop(),
        "facilitator": make_facilitator(),
        "mode": Mode.ON_SITE,
        "site": make_site(),
        "capacity": 8,
        "spans": tuple(span(day, time(9), 60, PARIS) for day in days),
    }
    return Plan(**(defaults | fields))


def planned(given: Plan, **more: Any) -> list[Session]:
    defaults: dict[str, Any] = {
        "request_id": uuid4(),
        "by": make_user(Role.COORDINATOR),
        "now": NOW,
    }
    return plan_sessions(plan=given, **(defaults | more))


def test_series_is_written_at_the_same_local_hour() -> None:
    sessions = planned(plan())
    shown = [each.starts_at.astimezone(PARIS) for each in sessions]
    assert [(each.day, each.hour) for each in shown] == [(18, 9), (25, 9), (1, 9)]
    assert [each.starts_at.astimezone(UTC).hour for each in sessions] == [8, 8, 7]
    assert len({each.series for each in sessions}) == 1
    assert JournalEntry.objects.filter(verb="session.planned").count() == 3


def test_same_request_plans_once() -> None:
    given, request_id = plan(), uuid4()
    first = planned(given, request_id=request_id)
    assert planned(given, request_id=request_id) == first
    assert Session.objects.count() == 3


def test_cycle_has_its_ranks_and_is_not_booked_alone() -> None:
    sessions = planned(plan(cycle="Mars"))
    assert [(each.position, each.alone) for each in sessions] == [
        (1, False),
        (2, False),
        (3, False),
    ]
    assert Cycle.objects.get().name == "Mars"


@pytest.mark.parametrize(
    "fields",
    [
        {"spans": ()},
        {"spans": ((NOW - timedelta(hours=1), NOW),)},
        {"cycle": "Mars", "spans": ((NOW + timedelta(days=1), NOW + timedelta(days=1, hours=1)),)},
    ],
)
def test_impossible_plan_writes_nothing(fields: dict[str, Any]) -> None:
    with pytest.raises(Impossible):
        planned(plan(**fields))
    assert Session.objects.count() == 0


def test_new_date_is_offered_at_once_to_who_waits_for_any() -> None:
    workshop = make_workshop()
    fill(make_session(workshop, seats=1))
    line = wait_any(workshop)
    planned(plan(workshop=workshop))
    offer = Place.objects.get(state=PlaceState.OFFERED)
    assert offer.patient == line.patient


def test_message_goes_once_to_each_person_booked() -> None:
    session, request_id, by = make_session(seats=3), uuid4(), make_user(Role.COORDINATOR)
    for _ in range(2):
        book(session)
    sent = OutboxMessage.objects.count()
    for _ in range(2):
        count = write_to_all(
            session=session, words="Prenez un coussin.", request_id=request_id, by=by, now=NOW
        )
        assert count == 2
    mails = OutboxMessage.objects.order_by("pk")[sent:]
    assert [mail.to for mail in mails] == [place.patient.email for place in session.places.all()]
    assert all("Prenez un coussin." in mail.body for mail in mails)
    assert JournalEntry.objects.filter(verb="session.messaged").count() == 1


LATER = NOW + timedelta(days=10, hours=2)


def test_attendance_noted_then_corrected() -> None:
    session, by = make_session(seats=3), make_user(Role.COORDINATOR)
    first, second = book(session), book(session)
    noted = note_attendance(session=session, marks={first.pk: Move.ATTENDED}, by=by, now=LATER)
    assert noted.closed_at is None
    marks = {first.pk: Move.ATTENDED, second.pk: Move.ABSENT}
    for _ in range(2):
        assert note_attendance(session=session, marks=marks, by=by, now=LATER).closed_at == LATER
    note_attendance(session=session, marks={second.pk: Move.EXCUSED}, by=by, now=LATER)
    assert list(second.steps.values_list("move", flat=True)) == ["booked", "absent", "excused"]
    assert list(first.steps.values_list("move", flat=True)) == ["booked", "attended"]
    assert JournalEntry.objects.filter(verb="session.noted").count() == 1


def test_attendance_waits_for_the_session_to_begin() -> None:
    session = make_session()
    place = book(session)
    with pytest.raises(Impossible):
        note_attendance(session=session, marks={place.pk: Move.ATTENDED}, by=make_user(), now=NOW)


def test_place_given_up_takes_no_attendance() -> None:
    session = make_session()
    place = book(session)
    Place.objects.filter(pk=place.pk).update(state=PlaceState.CANCELLED, seat=None, ended_at=NOW)
    note_attendance(session=session, marks={place.pk: Move.ATTENDED}, by=make_user(), now=LATER)
    place.refresh_from_db()
    assert place.state == PlaceState.CANCELLED


def test_call_noted_once() -> None:
    session, by = make_session(), make_user(Role.COORDINATOR)
    place = book(session)
    note_attendance(session=session, marks={place.pk: Move.ABSENT}, by=by, now=LATER)
    for _ in range(2):
        note_call(place=place, by=by, now=LATER)
    assert JournalEntry.objects.filter(verb="absence.called").count() == 1
