"""Pages of coordination and facilitators: what they show, what they refuse, what they cost."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from etp.enums import Concern, PlaceState, Stage
from etp.models import Cycle, Facilitator, Place, Programme, Session, Workshop
from etp.selectors.planning import at_stage, sessions, stage_of
from network.enums import Profession, Role
from network.forms.fields import HourField
from network.models import OutboxMessage, User
from portal.kit import clock
from tests.factories.etp import (
    book,
    book_whole,
    fill,
    make_cycle,
    make_facilitator,
    make_participant,
    make_programme,
    make_session,
    make_site,
    make_workshop,
    open_to,
    wait,
)
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def coord(coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(coordinator)


def soon(days: float = 10) -> datetime:
    """Ten in the morning of that day from today, in the time of Paris."""
    today = timezone.localtime(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def seated_past(session: Session, count: int) -> list[Place]:
    """People booked in a session that is over."""
    return [
        Place.objects.create(
            patient=make_participant(session.workshop, first_names=f"Ana{seat}"),
            session=session,
            state=PlaceState.BOOKED,
            seat=seat,
            capacity=session.capacity,
            request_id=uuid4(),
            made_at=clock.now() - timedelta(days=9),
        )
        for seat in range(1, count + 1)
    ]


# What sessions are made from


def test_programme_says_what_its_team_lacks(coord: Client, coordinator: User) -> None:
    physio = make_facilitator()
    data = {
        "name": "Vivre mieux",
        "declaration": "2026-075-009",
        "starts_on": "1/9/2026",
        "coordinator": coordinator.pk,
        "notice_hours": 24,
        "team": [physio.pk],
    }
    coord.post(reverse("etp:programme_add"), data)
    programme = Programme.objects.get()
    page = coord.get(reverse("etp:programme", args=[programme.pk])).content.decode()
    assert "Il manque un médecin" in page
    doctor = make_facilitator(professional=make_professional(profession=Profession.DOCTOR))
    coord.post(
        reverse("etp:programme", args=[programme.pk]), data | {"team": [physio.pk, doctor.pk]}
    )
    assert "Équipe complète" in coord.get(reverse("etp:programmes")).content.decode()


def test_workshop_that_does_not_fit_is_refused_with_its_reason(coord: Client) -> None:
    data = {
        "programme": make_programme().pk,
        "title": "Souffler",
        "summary": "Des gestes doux.",
        "theme": "relaxation",
        "audience": "adults",
        "format": "individual",
        "minutes": 45,
        "minimum": 1,
        "maximum": 8,
        "active": "on",
    }
    answer = coord.post(reverse("etp:workshop_add"), data)
    assert answer.status_code == 422
    assert "Un atelier individuel a une seule place." in answer.content.decode()
    assert coord.post(reverse("etp:workshop_add"), data | {"maximum": 1}).status_code == 302
    assert Workshop.objects.get().title == "Souffler"


def test_facilitator_without_proof_is_warned_about(coord: Client) -> None:
    data = {"professional": make_professional().pk, "training_hours": 12, "active": "on"}
    answer = coord.post(reverse("etp:facilitator_add"), data, follow=True).content.decode()
    assert "sans preuve des 40" in answer
    assert Facilitator.objects.get().is_trained is False


# Planning a session


def asked(**fields: Any) -> dict[str, Any]:
    workshop = fields.pop("workshop", None) or make_workshop()
    day = soon(14).date()
    return {
        "request_id": str(uuid4()),
        "workshop": workshop.pk,
        "day": f"{day:%d/%m/%Y}",
        "hour": "14 h 30",
        "mode": "on_site",
        "site": fields.pop("site", None) or make_site().pk,
        "facilitator": fields.pop("facilitator", None) or make_facilitator().pk,
        "rhythm": "once",
    } | fields


def test_series_is_read_before_anything_is_written(coord: Client) -> None:
    data = asked(rhythm="series", weeks=1, times=4, day="10/12/2026", hour="9h")
    page = coord.post(reverse("etp:session_add"), data)
    assert [(each["value"], each["ticked"]) for each in page.context["dates"]] == [
        ("2026-12-10", True),
        ("2026-12-17", True),
        ("2026-12-24", True),
        ("2026-12-31", True),
    ]
    assert Session.objects.count() == 0
    kept = ["2026-12-10", "2026-12-31", "2030-01-01"]  # the last one was never proposed
    coord.post(reverse("etp:session_add"), data | {"confirm": "yes", "date": kept})
    assert Session.objects.count() == 2


def test_holiday_is_left_out_by_default(coord: Client) -> None:
    data = asked(rhythm="series", weeks=1, times=2, day="25/12/2026")
    page = coord.post(reverse("etp:session_add"), data)
    assert [each["ticked"] for each in page.context["dates"]] == [False, False]
    assert "Noël" in page.content.decode()


def test_confirmed_twice_is_planned_once(coord: Client) -> None:
    data = asked()
    day = f"{soon(14).date()}"
    for _ in range(2):
        coord.post(reverse("etp:session_add"), data | {"confirm": "yes", "date": [day]})
    assert Session.objects.count() == 1


def test_conflicts_are_told_before_writing(coord: Client) -> None:
    novice = make_facilitator(training_hours=0)
    site = make_site(seats=4)
    data = asked(facilitator=novice.pk, site=site.pk)
    day = f"{soon(14).date()}"
    coord.post(reverse("etp:session_add"), data | {"confirm": "yes", "date": [day]})
    again = asked(facilitator=novice.pk, site=site.pk)
    page = coord.post(reverse("etp:session_add"), again)
    (only,) = page.context["dates"]
    assert {each.concern for each in only["worries"]} == {
        Concern.FACILITATOR_TWICE,
        Concern.ROOM_TWICE,
        Concern.UNTRAINED,
        Concern.ROOM_SMALL,
    }
    text = page.content.decode()
    assert "anime déjà" in text
    assert "n’est pas attestée" in text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": "1/1/2020"}, "day"),
        ({"hour": "25 h"}, "hour"),
        ({"rhythm": "series"}, "times"),
        ({"rhythm": "cycle", "times": 3}, "cycle"),
        ({"site": 0}, "site"),
    ],
)
def test_incomplete_plan_says_what_to_mend(
    coord: Client, fields: dict[str, Any], field: str
) -> None:
    page = coord.post(reverse("etp:session_add"), asked() | fields)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_mend_keeps_what_was_typed(coord: Client) -> None:
    page = coord.post(reverse("etp:session_add"), asked(mend="yes", capacity=5))
    assert page.context["form"]["capacity"].value() == "5"


def test_day_of_the_week_view_is_typed_beforehand(coord: Client) -> None:
    page = coord.get(reverse("etp:session_add"), {"jour": "2026-12-10"})
    assert 'value="10/12/2026"' in page.content.decode()
    assert coord.get(reverse("etp:session_add"), {"jour": "demain"}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14 h 30", time(14, 30)),
        ("14\u00a0h\u00a030", time(14, 30)),
        ("9h", time(9)),
        ("09:05", time(9, 5)),
        ("18", time(18)),
        ("24 h", None),
        ("9 h 75", None),
        ("midi", None),
    ],
)
def test_hour_as_people_write_it(typed: str, hour: time | None) -> None:
    if hour is None:
        with pytest.raises(ValidationError):
            HourField().clean(typed)
    else:
        assert HourField().clean(typed) == hour


# The planning


@pytest.mark.parametrize("view", ["liste", "semaine", "mois"])
def test_planning_shows_conflicts_in_words(coord: Client, view: str) -> None:
    facilitator = make_facilitator()
    for _ in range(2):
        make_session(starts_at=soon(2), facilitator=facilitator)
    day = soon(2).date().isoformat()
    text = coord.get(reverse("etp:planning"), {"vue": view, "jour": day}).content.decode()
    assert text.count("Animateur déjà pris") == 2


def test_conflict_with_a_session_that_filters_hide_is_told(coord: Client) -> None:
    facilitator = make_facilitator()
    shown = make_session(starts_at=soon(2), facilitator=facilitator)
    make_session(starts_at=soon(2), facilitator=facilitator)
    page = coord.get(reverse("etp:planning"), {"atelier": shown.workshop_id})
    (row,) = page.context["rows"]
    assert [each.concern for each in row.worries] == [Concern.FACILITATOR_TWICE]


def test_planning_filters_by_stage_as_the_rule_says(coord: Client, coordinator: User) -> None:
    now = clock.now()
    fill(make_session(make_workshop(minimum=1), starts_at=soon(), seats=1))
    make_session(starts_at=soon(2))
    make_session(starts_at=soon(9))
    make_session(starts_at=soon(9), cancelled_at=now)
    seated_past(make_session(starts_at=soon(-2), seats=3), 1)
    make_session(starts_at=soon(-3))
    every = list(sessions(coordinator, now))
    by_rule = {each.pk: stage_of(each, now) for each in every}
    assert set(by_rule.values()) == set(Stage)
    for stage in Stage:
        found = at_stage(sessions(coordinator, now), stage, now)
        assert {each.pk for each in found} == {pk for pk, at in by_rule.items() if at == stage}
        page = coord.get(reverse("etp:planning"), {"etat": stage})
        assert [row.stage for row in page.context["rows"]] == [stage]


def test_unknown_filters_filter_nothing(coord: Client) -> None:
    make_session(starts_at=soon())
    page = coord.get(
        reverse("etp:planning"), {"vue": "x", "jour": "x", "atelier": "9x", "etat": "x"}
    )
    assert len(page.context["rows"]) == 1


def cost(client: Client, address: str, **asked: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, asked).status_code == 200
    return len(queries)


def crowd(count: int) -> Session:
    """A session with as many people booked, in line for it, and to invite."""
    session = make_session(starts_at=soon(), seats=count)
    fill(session)
    for _ in range(count):
        wait(session, now=clock.now())
        make_participant(session.workshop)
    return session


@pytest.mark.parametrize("name", ["session", "session_invite", "attendance", "attendance_sheet"])
def test_session_pages_cost_the_same_whatever_the_people(coord: Client, name: str) -> None:
    few, many = crowd(1), crowd(3)
    address = {each: reverse(f"etp:{name}", args=[each.pk]) for each in (few, many)}
    for each in (few, many):  # the names are journalled once in ten minutes
        coord.get(address[each])
    costs = {cost(coord, address[each]) for each in (few, many)}
    assert len(costs) == 1
    assert max(costs) <= 30


@pytest.mark.parametrize(
    "asked", [{}, {"vue": "semaine"}, {"vue": "mois"}], ids=["list", "week", "month"]
)
def test_planning_costs_the_same_with_fifty_sessions(coord: Client, asked: dict[str, str]) -> None:
    workshop, facilitator, site = make_workshop(), make_facilitator(), make_site()

    def more(count: int) -> None:
        for each in range(count):
            make_session(
                workshop, starts_at=soon(each / 40), facilitator=facilitator, site=site, seats=9
            )

    more(1)
    address = reverse("etp:planning")
    coord.get(address)
    one = cost(coord, address, **asked)
    more(2)
    three = cost(coord, address, **asked)
    more(47)
    assert (three, cost(coord, address, **asked)) == (one, one)


@pytest.mark.parametrize("name", ["programmes", "workshops", "facilitators", "sites", "absents"])
def test_lists_cost_the_same_with_one_and_three_rows(coord: Client, name: str) -> None:
    def more() -> None:
        programme = make_programme()
        programme.team.add(make_facilitator())
        session = make_session(make_workshop(programme=programme), starts_at=soon(-2), seats=3)
        (place,) = seated_past(session, 1)
        Place.objects.filter(pk=place.pk).update(state=PlaceState.ABSENT)

    address = reverse(f"etp:{name}")
    more()
    coord.get(address)
    one = cost(coord, address)
    more()
    more()
    coord.get(address)  # the new names are journalled once
    assert cost(coord, address) == one


# A session's page


def test_session_page_shows_people_ranks_and_the_alert(coord: Client) -> None:
    session = make_session(starts_at=soon(2), seats=1)
    fill(session)
    first = wait(session, now=clock.now())
    page = coord.get(reverse("etp:session", args=[session.pk]))
    assert page.context["under_minimum"]
    assert [(each.wait, each.rank) for each in page.context["line"]] == [(first, 1)]
    assert "Minimum non atteint" in page.content.decode()


def test_somebody_who_cannot_come_has_no_rank(coord: Client) -> None:
    session = make_session(starts_at=soon(5), seats=1)
    fill(session)
    line = wait(session, now=clock.now())
    other = make_session(starts_at=soon(5))
    open_to(line.patient, other.workshop)
    book(other, line.patient, now=clock.now())
    page = coord.get(reverse("etp:session", args=[session.pk]))
    assert [each.rank for each in page.context["line"]] == [None]


def test_invite_books_for_the_person(coord: Client) -> None:
    session = make_session(starts_at=soon())
    patient = make_participant(session.workshop)
    address = reverse("etp:session_invite", args=[session.pk])
    page = coord.get(address)
    data = {
        "patient": patient.code,
        "gesture": "book",
        "request_id": str(page.context["request_id"]),
    }
    for _ in range(2):
        coord.post(address, data)
    assert list(session.places.values_list("patient", "state")) == [(patient.pk, "booked")]


def test_invite_is_refused_in_the_words_of_the_rule(coord: Client) -> None:
    session = make_session(starts_at=soon())
    stranger = make_patient()
    address = reverse("etp:session_invite", args=[session.pk])
    data = {"patient": stranger.code, "gesture": "book", "request_id": str(uuid4())}
    text = coord.post(address, data, follow=True).content.decode()
    assert "Cet atelier n’est pas ouvert à ce patient." in text
    assert session.places.count() == 0


def test_full_session_puts_in_line(coord: Client) -> None:
    session = make_session(starts_at=soon(), seats=1)
    fill(session)
    patient = make_participant(session.workshop)
    address = reverse("etp:session_invite", args=[session.pk])
    (shown,) = coord.get(address).context["candidates"]
    assert shown[0].gesture == "wait"
    coord.post(address, {"patient": patient.code, "gesture": "wait"})
    assert session.waits.get().patient == patient


def cycle_to_come(*, seats: int) -> Cycle:
    cycle = make_cycle(seats=seats)
    for each in cycle.sessions.all():  # the factory counts from a day of its own
        weeks = timedelta(weeks=each.position or 0)
        each.starts_at, each.ends_at = soon() + weeks, soon() + weeks + timedelta(hours=1)
        each.save()
    return cycle


def test_full_cycle_puts_in_line_for_the_whole_then_takes_off(coord: Client) -> None:
    cycle = cycle_to_come(seats=1)
    book_whole(cycle, make_participant(cycle.workshop), now=clock.now())
    session = cycle.sessions.order_by("position")[0]
    patient = make_participant(cycle.workshop)
    address = reverse("etp:session_invite", args=[session.pk])

    def gestures() -> list[str]:
        return [each.gesture for each, _ in coord.get(address).context["candidates"]]

    assert gestures() == ["cycle_wait"]
    coord.post(address, {"patient": patient.code, "gesture": "cycle_wait"})
    wait = cycle.waits.get(state="waiting")
    assert (wait.patient, gestures()) == (patient, [""])
    leave = reverse("etp:cycle_wait_leave", args=[wait.pk])
    here = reverse("etp:session", args=[session.pk])
    assert leave in coord.get(here).content.decode()
    assert coord.post(leave, {"session": session.pk}).url == here  # type: ignore[attr-defined]
    assert (cycle.waits.filter(state="waiting").count(), gestures()) == (0, ["cycle_wait"])


def test_cycle_is_booked_whole_from_one_of_its_sessions(coord: Client) -> None:
    cycle = cycle_to_come(seats=3)
    session = cycle.sessions.order_by("position")[0]
    patient = make_participant(cycle.workshop)
    address = reverse("etp:session_invite", args=[session.pk])
    page = coord.get(address)
    assert [each.gesture for each, _ in page.context["candidates"]] == ["cycle"]
    data = {"patient": patient.code, "gesture": "cycle", "request_id": str(uuid4())}
    coord.post(address, data)
    assert patient.places.count() == 3


def test_change_is_told_and_conflicts_are_read_first(coord: Client) -> None:
    busy = make_session(starts_at=soon(6))
    session = make_session(starts_at=soon(5))
    book(session, now=clock.now())
    mails = OutboxMessage.objects.count()
    data = {
        "day": f"{soon(6).date():%d/%m/%Y}",
        "hour": f"{timezone.localtime(soon(6)):%H:%M}",
        "minutes": 60,
        "mode": "on_site",
        "site": session.site_id,
        "facilitator": busy.facilitator_id,
    }
    address = reverse("etp:session_change", args=[session.pk])
    page = coord.post(address, data)
    assert "Enregistrer quand même" in page.content.decode()
    assert OutboxMessage.objects.count() == mails
    coord.post(address, data | {"read": "yes"})
    session.refresh_from_db()
    assert (session.starts_at, session.sequence) == (soon(6), 1)
    assert OutboxMessage.objects.count() == mails + 1


def test_seats_lowered_under_the_people_are_refused(coord: Client) -> None:
    session = make_session(starts_at=soon(), seats=2)
    fill(session)
    address = reverse("etp:session_seats", args=[session.pk])
    text = coord.post(address, {"capacity": 1}).content.decode()
    assert "2 places sont prises" in text
    coord.post(address, {"capacity": 3})
    session.refresh_from_db()
    assert session.capacity == 3


def test_cancellation_says_how_many_are_told(coord: Client) -> None:
    session = make_session(starts_at=soon(), seats=2)
    fill(session)
    address = reverse("etp:session_cancel", args=[session.pk])
    assert "2 personnes seront prévenues" in coord.get(address).content.decode()
    assert coord.post(address, {"reason": ""}).status_code == 422
    coord.post(address, {"reason": "Animatrice souffrante"})
    session.refresh_from_db()
    assert session.cancelled_at is not None


def test_one_place_is_given_up_or_moved(coord: Client) -> None:
    session = make_session(starts_at=soon(), seats=2)
    first, second = fill(session)
    other = make_session(session.workshop, starts_at=soon(20))
    coord.post(reverse("etp:seat_cancel", args=[first.pk]))
    address = reverse("etp:seat_move", args=[second.pk])
    text = coord.post(address, {}).content.decode()
    assert "Choisissez une date." in text
    coord.post(address, {"session": other.pk, "request_id": str(uuid4())})
    assert list(session.places.order_by("pk").values_list("state", flat=True)) == [
        "cancelled",
        "moved",
    ]
    assert other.places.get().patient == second.patient


def test_offer_is_answered_for_somebody_who_called(coord: Client) -> None:
    session = make_session(starts_at=soon(), seats=1)
    (taken,) = fill(session)
    wait(session, now=clock.now())
    coord.post(reverse("etp:seat_cancel", args=[taken.pk]))
    offer = session.places.get(state=PlaceState.OFFERED)
    coord.post(reverse("etp:seat_answer", args=[offer.pk]), {"answer": "yes"})
    offer.refresh_from_db()
    assert offer.state == PlaceState.BOOKED


def test_message_without_words_is_not_sent(coord: Client) -> None:
    session = make_session(starts_at=soon())
    book(session, now=clock.now())
    address = reverse("etp:session_message", args=[session.pk])
    page = coord.get(address)
    assert "voyagent sans" in page.content.decode()
    request_id = page.context["form"]["request_id"].value()
    assert coord.post(address, {"request_id": request_id, "words": ""}).status_code == 422
    before = OutboxMessage.objects.count()
    for _ in range(2):
        coord.post(address, {"request_id": request_id, "words": "La salle change d’étage."})
    assert OutboxMessage.objects.count() == before + 1


# Attendance


def test_ten_people_are_noted_in_one_post(coord: Client) -> None:
    session = make_session(starts_at=soon(-1), seats=10)
    people = seated_past(session, 10)
    address = reverse("etp:attendance", args=[session.pk])
    page = coord.post(address, {"all": "yes"}).content.decode()
    assert page.count('value="attended" checked') == 10
    assert not session.places.filter(state=PlaceState.ATTENDED).exists()
    marks = {f"place-{each.pk}": "attended" for each in people}
    marks |= {f"place-{people[0].pk}": "absent", f"place-{people[1].pk}": "excused"}
    coord.post(address, marks)
    session.refresh_from_db()
    assert session.closed_at is not None
    assert session.places.filter(state=PlaceState.ATTENDED).count() == 8
    coord.post(address, {f"place-{people[0].pk}": "attended"})
    assert session.places.filter(state=PlaceState.ABSENT).count() == 0


def test_absent_is_called_once(coord: Client) -> None:
    session = make_session(starts_at=soon(-1), seats=2)
    (place,) = seated_past(session, 1)
    coord.post(reverse("etp:attendance", args=[session.pk]), {f"place-{place.pk}": "absent"})
    address = reverse("etp:absents")
    assert place.patient.formal_name in coord.get(address).content.decode()
    coord.post(address, {"place": place.pk})
    assert "Personne à appeler" in coord.get(address).content.decode()


def test_facilitator_sees_names_and_nothing_else(signed_in: Callable[[User], Client]) -> None:
    facilitator = make_facilitator()
    session = make_session(starts_at=soon(-1), seats=2, facilitator=facilitator)
    (place,) = seated_past(session, 1)
    place.patient.phone = "06 39 98 00 01"
    place.patient.save()
    user = facilitator.professional.user
    assert user is not None
    client = signed_in(user)
    text = client.get(reverse("etp:my_session", args=[session.pk])).content.decode()
    assert place.patient.formal_name in text
    assert "06 39 98 00 01" not in text
    assert reverse("network:patient", args=[place.patient.code]) not in text
    client.post(reverse("etp:attendance", args=[session.pk]), {f"place-{place.pk}": "attended"})
    place.refresh_from_db()
    assert place.state == PlaceState.ATTENDED
    assert "Mes séances" in client.get(reverse("etp:my_sessions")).content.decode()


def test_dashboard_tells_what_waits(coord: Client) -> None:
    make_session(starts_at=soon(2))
    seated_past(make_session(starts_at=soon(-1), seats=2), 1)
    for place in seated_past(make_session(starts_at=soon(-2), seats=2), 2):
        Place.objects.filter(pk=place.pk).update(state=PlaceState.ABSENT)
    text = coord.get(reverse("home:dashboard")).content.decode()
    assert "Décider des séances sous leur minimum" in text
    assert "Noter les présences aux ateliers" in text
    assert "2 personnes ne sont pas venues sans prévenir." in text
