"""The recount finds nothing in what the actions wrote, and finds each thing that was broken."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from etp.actions import cycles, places, sessions, settle
from etp.models import Place, Session, Wait
from network.enums import Role
from portal.kit import clock
from tests.factories.etp import (
    NOW,
    book,
    book_whole,
    fill,
    make_cycle,
    make_participant,
    make_session,
    make_workshop,
    wait,
    wait_any,
)
from tests.factories.network import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The recount is made five minutes after NOW."""
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=5))


def verify() -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("verify", stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_place_of_a_cycle_that_went_elsewhere_and_came_back_is_clean() -> None:
    here = make_cycle()
    there = make_cycle(here.workshop)
    first = book_whole(here)[0]
    home, away = first.session, there.sessions.get(position=first.session.position)
    place = first
    for day, target in enumerate((away, home, away, home)):
        place = places.move(
            place=place,
            to=target,
            request_id=uuid4(),
            by=None,
            now=NOW + timedelta(seconds=day),
            by_staff=True,
        )
    assert (place.session, place.cycle) == (home, here)
    assert verify()[1] == 0


def test_nothing_to_check_is_said() -> None:
    said, code = verify()
    assert "Séances et places : rien à vérifier" in said
    assert code == 0


def test_what_the_actions_wrote_is_clean() -> None:
    coordinator = make_user(Role.COORDINATOR)
    session = make_session(seats=2)
    first, second = fill(session)
    wait(session)
    wait_any(session.workshop, now=NOW + timedelta(minutes=1))
    places.cancel(place=first, by=None, now=NOW + timedelta(minutes=2))
    places.decline(place=offer(), by=None, now=NOW + timedelta(minutes=3))
    places.accept(place=offer(), by=None, now=NOW + timedelta(minutes=3))
    sessions.set_capacity(session=session, capacity=3, by=coordinator, now=NOW)
    other = make_session(session.workshop, days=20, seats=1)
    places.move(place=second, to=other, request_id=uuid4(), by=None, now=NOW)
    cycle = make_cycle()
    patient = book_whole(cycle)[0].patient
    book_whole(cycle)
    cycles.cancel_cycle(cycle=cycle, patient=patient, by=None, now=NOW)
    sessions.cancel_session(session=other, reason="Grippe", by=coordinator, now=NOW)
    settle.settle_all(now=NOW + timedelta(minutes=5))
    said, code = verify()
    assert code == 0, said
    assert "5 séances, 4 places tenues, 0 propositions, 19 étapes" in said
    assert "4 places à venir, 2 cycles réservés, 3 attentes" in said


def offer() -> Place:
    return Place.objects.get(state="offered")


@pytest.fixture
def session() -> Session:
    """Two seats: one booked, one offered; one person waits behind."""
    session = make_session(seats=2)
    taken, _ = fill(session)
    wait(session)
    wait(session, now=NOW + timedelta(minutes=1))
    places.cancel(place=taken, by=None, now=NOW)
    return session


def _place(state: str = "booked") -> Place:
    return Place.objects.filter(state=state).latest("pk")


def _update(table: str, key: int, **values: object) -> None:
    fields = ", ".join(f"{name} = %s" for name in values)
    sql(f"UPDATE etp_{table} SET {fields} WHERE id = %s", *values.values(), key)  # noqa: S608


def _step(place: Place, move: str, state: str, seat: int | None) -> None:
    sql(
        "INSERT INTO etp_placestep (place_id, at, move, state, seat, note)"
        " VALUES (%s, %s, %s, %s, %s, '')",
        place.pk,
        NOW,
        move,
        state,
        seat,
    )


def _capacity_copy(session: Session) -> str:
    _update("place", _place().pk, capacity=9)
    return f"place {_place().pk} : trouvé capacité 9, attendu 2"


def _seat_beyond(session: Session) -> str:
    _update("place", _place().pk, capacity=9, seat=9)
    return f"place {_place().pk} : trouvé place 9, attendu de 1 à 2"


def _too_many(session: Session) -> str:
    _update("session", session.pk, capacity=1)
    return f"séance {session.pk} : trouvé 2 places tenues, attendu au plus 1"


def _without_step(session: Session) -> str:
    _update("session", session.pk, capacity=3)
    place = Place.objects.create(
        patient=make_participant(),
        session=session,
        state="booked",
        seat=3,
        capacity=3,
        request_id=uuid4(),
        made_at=NOW,
    )
    return f"place {place.pk} : trouvé aucune étape, attendu une étape au moins"


def _state_without_step(session: Session) -> str:
    _update("place", _place().pk, state="attended")
    return f"place {_place('attended').pk} : trouvé attended, attendu celui de sa dernière étape"


def _forbidden_step(session: Session) -> str:
    _step(_place(), "declined", "declined", None)
    return f"place {_place().pk} : trouvé étape declined de booked, attendu une étape permise"


def _begun_twice(session: Session) -> str:
    _step(_place(), "booked", "booked", 1)
    return f"place {_place().pk} : trouvé étape booked de booked, attendu une étape permise"


def _seat_lost_in_a_step(session: Session) -> str:
    _step(_place(), "attended", "attended", None)
    return f"place {_place().pk} : trouvé étape attended de booked, attendu une étape permise"


def _offer_past_its_end(session: Session) -> str:
    _update("place", offer().pk, until=NOW)
    return f"place {offer().pk} : trouvé proposée jusqu’au 2026-11-16"


def _offer_past_the_start(session: Session) -> str:
    _update("place", offer().pk, until=session.starts_at + timedelta(minutes=1))
    return f"place {offer().pk} : trouvé proposée jusqu’au 2026-11-26"


def _offer_of_a_wait_that_was_left(session: Session) -> str:
    _update("wait", offer().wait_id or 0, state="left", ended_at=NOW)
    return f"place {offer().pk} : trouvé attente left, attendu offered"


def _wait_without_offer(session: Session) -> str:
    line = Wait.objects.get(state="waiting")
    _update("wait", line.pk, state="offered")
    return f"attente {line.pk} : trouvé offered, 0 proposition(s), attendu 1 proposition(s)"


def _served_without_place(session: Session) -> str:
    line = Wait.objects.get(state="waiting")
    _update("wait", line.pk, state="served", ended_at=NOW)
    return f"attente {line.pk} : trouvé servie, sans place"


def _waiting_once_over(session: Session) -> str:
    _update("session", session.pk, cancelled_at=NOW)
    line = Wait.objects.get(state="waiting")
    return f"attente {line.pk} : trouvé en attente d’une séance passée, attendu over"


def _held_in_a_cancelled_session(session: Session) -> str:
    _update("session", session.pk, cancelled_at=NOW)
    return f"place {_place().pk} : trouvé booked dans une séance annulée"


def _waiting_with_a_place(session: Session) -> str:
    line = Wait.objects.get(state="waiting")
    _update("wait", line.pk, patient_id=_place().patient_id)
    return f"attente {line.pk} : trouvé en attente, avec une place, attendu served"


def _wait_of_another_workshop(session: Session) -> str:
    line = Wait.objects.get(state="waiting")
    _update("wait", line.pk, workshop_id=make_workshop().pk)
    return f"attente {line.pk} : trouvé atelier"


def _free_seat(session: Session) -> str:
    _update("session", session.pk, capacity=3)
    Place.objects.filter(seat__isnull=False).update(capacity=3)
    line = Wait.objects.get(state="waiting")
    return f"séance {session.pk} : trouvé place libre, attente {line.pk}, attendu une proposition"


def _same_hour(session: Session) -> str:
    patient = make_participant(session.workshop)
    one, other = book(make_session(days=12)), book(make_session(days=13))
    _update("place", one.pk, patient_id=patient.pk)
    _update("place", other.pk, patient_id=patient.pk)
    _update(
        "session",
        other.session.pk,
        starts_at=one.session.starts_at + timedelta(minutes=30),
        ends_at=one.session.ends_at + timedelta(minutes=30),
    )
    return f"place {other.pk} : trouvé en même temps que la place {one.pk}"


def _two_dates(session: Session) -> str:
    one = book(make_session(days=12))
    other = book(make_session(one.session.workshop, days=13))
    _update("place", other.pk, patient_id=one.patient_id)
    return f"place {other.pk} : trouvé deux dates du même atelier, attendu une date"


def _half_a_cycle(session: Session) -> str:
    cycle = make_cycle()
    first, second, _ = book_whole(cycle)
    elsewhere = make_session(cycle.workshop, days=50)
    _update("place", second.pk, session_id=elsewhere.pk)
    return f"place {first.pk} : trouvé cycle {cycle.pk} sans la séance 2, attendu le cycle entier"


@pytest.mark.parametrize(
    "breaks",
    [
        _capacity_copy,
        _seat_beyond,
        _too_many,
        _without_step,
        _state_without_step,
        _forbidden_step,
        _begun_twice,
        _seat_lost_in_a_step,
        _offer_past_its_end,
        _offer_past_the_start,
        _offer_of_a_wait_that_was_left,
        _wait_without_offer,
        _served_without_place,
        _waiting_once_over,
        _held_in_a_cancelled_session,
        _waiting_with_a_place,
        _wait_of_another_workshop,
        _free_seat,
        _same_hour,
        _two_dates,
        _half_a_cycle,
    ],
    ids=lambda each: each.__name__.strip("_"),
)
def test_broken_row_is_found(session: Session, breaks: Callable[[Session], str]) -> None:
    assert verify()[1] == 0
    expected = breaks(session)
    said, code = verify()
    assert expected in said
    assert code == 1
