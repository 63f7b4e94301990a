"""The pages of patients: what they say, what they do, and to whom they open."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from etp.actions import places
from etp.enums import Mode, PlaceState, WaitState
from etp.models import Assessment as Assessments
from etp.models import Evaluation, Feedback, Objective, ObjectiveRating, Place, Session, Wait
from etp.tokens import place_token
from network.actions.links import send_personal_link
from network.enums import Role
from network.models import OutboxMessage, Patient, Representative, User
from portal.kit import clock
from tests.factories.etp import (
    attend,
    book,
    book_whole,
    make_cycle,
    make_session,
    make_workshop,
    open_to,
)
from tests.factories.network import make_patient, make_user, sign_in

pytestmark = pytest.mark.django_db


def soon(days: float = 10) -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)


def session_in(days: float = 10, workshop: Any = None, **fields: Any) -> Session:
    return make_session(workshop or make_workshop(), starts_at=soon(days), **fields)


def patient_of(*workshops: Any, **fields: Any) -> tuple[Patient, Client]:
    """A patient with an account, signed in, to whom these workshops are open."""
    user = make_user(Role.PATIENT)
    patient = make_patient(user=user, email=user.email, **fields)
    aims = ["Jardiner une heure"]
    return open_to(patient, *workshops, objectives=aims), sign_in(Client(), user)


def booked_now(session: Session, patient: Patient | None = None) -> Place:
    return book(session, patient, now=clock.now())


def text(answer: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"[\s\u00a0\u202f]+", " ", plain).replace("&#x27;", "'")


def choose(client: Client, workshop: Any, choice: str, **more: Any) -> Any:
    address = reverse("etp:workshop", args=[workshop.pk])
    return client.post(address, {"choice": choice, "request_id": str(uuid4())} | more)


# Booking


def test_list_shows_the_nearest_seat() -> None:
    session = session_in(seats=4)
    _, client = patient_of(session.workshop)
    assert "4 places" in text(client.get("/mes-ateliers/"))


def test_list_hides_what_is_not_opened() -> None:
    hidden = session_in()
    _, client = patient_of(session_in().workshop)
    assert hidden.workshop.title not in text(client.get("/mes-ateliers/"))
    assert client.get(reverse("etp:workshop", args=[hidden.workshop.pk])).status_code == 404


def test_list_tells_a_place_to_come_from_a_workshop_followed() -> None:
    session, over = session_in(), session_in(days=-20)
    make_session(over.workshop, starts_at=clock.now() + timedelta(days=9))
    patient, client = patient_of(session.workshop, over.workshop)
    booked_now(session, patient)
    attend(over, patient)
    page = text(client.get("/mes-ateliers/"))
    assert (page.count("Vous avez votre place"), page.count("Déjà suivi")) == (1, 1)


def test_booked_in_three_screens() -> None:
    session = session_in()
    patient, client = patient_of(session.workshop)
    client.get("/mes-ateliers/")
    client.get(reverse("etp:workshop", args=[session.workshop.pk]))
    answer = choose(client, session.workshop, f"s{session.pk}")
    place = Place.objects.get()
    assert answer["Location"] == reverse("etp:booked", args=[place.uid])
    assert (place.patient, place.state) == (patient, PlaceState.BOOKED)
    assert "votre place est réservée" in text(client.get(answer["Location"]))


def test_same_form_sent_twice_is_one_place() -> None:
    session = session_in(seats=1)
    _, client = patient_of(session.workshop)
    request_id = str(uuid4())
    answers = [
        choose(client, session.workshop, f"s{session.pk}", request_id=request_id) for _ in range(3)
    ]
    assert {answer["Location"] for answer in answers} == {
        reverse("etp:booked", args=[Place.objects.get().uid])
    }
    assert OutboxMessage.objects.count() == 1


def test_refusal_says_why_and_keeps_the_choice() -> None:
    session = session_in()
    patient, client = patient_of(session.workshop)
    held = booked_now(session, patient)
    other = session_in(20, session.workshop)
    answer = choose(client, session.workshop, f"s{other.pk}")
    assert answer.status_code == 422
    assert "Vous avez déjà une place pour cet atelier" in text(answer)
    assert re.search(rf'value="s{other.pk}"[^>]*checked', answer.content.decode())
    assert reverse("etp:place_move", args=[place_token(held.uid)]) in answer.content.decode()


def test_held_date_is_changed_for_another_in_one_gesture() -> None:
    session = session_in()
    patient, client = patient_of(session.workshop)
    held = booked_now(session, patient)
    other = session_in(20, session.workshop)
    client.post(
        reverse("etp:place_move", args=[place_token(held.uid)]),
        {"choice": str(other.pk), "request_id": str(uuid4())},
    )
    states = Place.objects.filter(patient=patient).order_by("pk").values_list("state", flat=True)
    assert list(states) == [PlaceState.MOVED, PlaceState.BOOKED]


def test_dashboard_of_a_coordinator_who_is_a_patient_shows_the_own_places_only() -> None:
    session = session_in()
    booked_now(session)
    user = make_user(Role.PATIENT, roles=(Role.COORDINATOR,))
    patient = open_to(make_patient(user=user, email=user.email), session.workshop)
    client = sign_in(Client(), user)
    assert "Vos prochains rendez-vous" not in text(client.get("/accueil/"))
    booked_now(session, patient)
    assert "Vos prochains rendez-vous" in text(client.get("/accueil/"))


def test_nothing_chosen_is_said() -> None:
    session = session_in()
    _, client = patient_of(session.workshop)
    answer = choose(client, session.workshop, "")
    assert answer.status_code == 422
    assert "Choisissez une date." in text(answer)


def test_own_clash_is_said_before() -> None:
    session = session_in()
    other = session_in(workshop=make_workshop())
    patient, client = patient_of(session.workshop, other.workshop)
    booked_now(session, patient)
    answer = client.get(reverse("etp:workshop", args=[other.workshop.pk]))
    assert "un autre rendez-vous du réseau au même moment" in text(answer)
    assert re.search(rf'value="s{other.pk}"[^>]*disabled', answer.content.decode())


def test_cycle_is_booked_whole() -> None:
    cycle = make_cycle_soon()
    _, client = patient_of(cycle.workshop)
    page = client.get(reverse("etp:workshop", args=[cycle.workshop.pk]))
    assert "Cycle de trois rendez-vous" in text(page)
    answer = choose(client, cycle.workshop, f"c{cycle.pk}")
    assert Place.objects.filter(state=PlaceState.BOOKED).count() == 3
    assert "vos places sont réservées" in text(client.get(answer["Location"]))
    client.post(answer["Location"] + "cycle/")
    assert Place.objects.filter(state=PlaceState.CANCELLED).count() == 3


def make_cycle_soon() -> Any:
    cycle = make_cycle(sessions=3)
    for rank, session in enumerate(cycle.sessions.order_by("position")):
        session.starts_at = soon(10 + 7 * rank)
        session.ends_at = session.starts_at + timedelta(hours=1)
        session.save()
    return cycle


def test_confirmation_gives_a_calendar_file_without_the_title() -> None:
    session = session_in(workshop=make_workshop(title="Apprivoiser la douleur"))
    patient, client = patient_of(session.workshop)
    place = booked_now(session, patient)
    answer = client.get(reverse("etp:download", args=[place.uid]))
    assert answer["Content-Type"].startswith("text/calendar")
    assert "rendez-vous.ics" in answer["Content-Disposition"]
    assert b"douleur" not in answer.content


def test_place_of_somebody_else_does_not_exist() -> None:
    session = session_in()
    place = booked_now(session)
    _, client = patient_of(session.workshop)
    for name in ("booked", "download", "offer", "feedback"):
        assert client.get(reverse(f"etp:{name}", args=[place.uid])).status_code == 404


def test_parent_chooses_for_whom() -> None:
    session = session_in()
    parent, client = patient_of(session.workshop)
    child = make_patient(birth_date=clock.today() - timedelta(days=4000), first_names="Nino")
    assert parent.user
    Representative.objects.create(patient=child, user=parent.user, relation="mère")
    open_to(child, session.workshop)
    address = reverse("etp:workshop", args=[session.workshop.pk]) + f"?pour={child.code}"
    assert "Pour Nino" in text(client.get(f"/mes-ateliers/?pour={child.code}"))
    client.post(address, {"choice": f"s{session.pk}", "request_id": str(uuid4())})
    assert Place.objects.get().patient == child
    stranger = make_patient()
    assert client.get(f"/mes-ateliers/?pour={stranger.code}").status_code == 404


@pytest.mark.parametrize("name", ["mine", "workshop"])
def test_queries_do_not_grow(name: str) -> None:
    workshop = make_workshop()
    session_in(5, workshop, seats=1)
    patient, client = patient_of(workshop)
    address = reverse("etp:mine") if name == "mine" else reverse("etp:workshop", args=[workshop.pk])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    _wait_somewhere(workshop)
    client.get(address)
    one = asked()
    for days in (20, 30):
        more = make_workshop()
        open_to(patient, more)
        session_in(days, workshop, seats=1)
        session_in(days + 1, more)
        _wait_somewhere(workshop)
    assert asked() == one
    assert one <= 24


def _wait_somewhere(workshop: Any) -> None:
    session = Session.objects.filter(workshop=workshop).latest("pk")
    fill_now(session)
    other, client = patient_of(workshop)
    client.post(reverse("etp:join", args=[workshop.pk]) + f"?date={session.pk}", {"choice": "this"})
    assert Wait.objects.filter(patient=other).exists()


def fill_now(session: Session) -> list[Place]:
    return [booked_now(session) for _ in range(session.capacity)]


# Waiting


def test_full_date_leads_to_its_line_and_rank() -> None:
    session = session_in(seats=1)
    fill_now(session)
    first, _ = patient_of(session.workshop)
    Wait.objects.create(
        patient=first, workshop=session.workshop, session=session, joined_at=clock.now()
    )
    patient, client = patient_of(session.workshop)
    assert "complet, 1 personne attend" in text(
        client.get(reverse("etp:workshop", args=[session.workshop.pk]))
    )
    to_join = choose(client, session.workshop, f"s{session.pk}")["Location"]
    assert "Cette date est complète" in text(client.get(to_join))
    answer = client.post(to_join, {"choice": "this"})
    wait = Wait.objects.get(patient=patient)
    assert answer["Location"] == reverse("etp:wait", args=[wait.uid])
    assert "Vous êtes 2 e sur la liste d’attente" in text(client.get(answer["Location"]))
    client.post(answer["Location"])
    wait.refresh_from_db()
    assert wait.state == WaitState.LEFT


def test_seat_freed_meanwhile_sends_back_to_the_dates() -> None:
    session = session_in(seats=2)
    _, client = patient_of(session.workshop)
    address = reverse("etp:join", args=[session.workshop.pk])
    answer = client.post(f"{address}?date={session.pk}", {"choice": "this"})
    assert answer["Location"] == reverse("etp:workshop", args=[session.workshop.pk])
    assert "inutile d’attendre" in text(client.get(answer["Location"]))


def test_joined_for_any_date() -> None:
    session = session_in(seats=1)
    fill_now(session)
    patient, client = patient_of(session.workshop)
    client.post(reverse("etp:join", args=[session.workshop.pk]))
    assert Wait.objects.get(patient=patient).session is None


@pytest.mark.parametrize(("answer", "state"), [("yes", "booked"), ("no", "declined")])
def test_offer_answered_in_one_tap(answer: str, state: str) -> None:
    session = session_in(seats=1)
    (taken,) = fill_now(session)
    patient, client = patient_of(session.workshop)
    client.post(
        reverse("etp:join", args=[session.workshop.pk]) + f"?date={session.pk}",
        {"choice": "this"},
    )
    places.cancel(place=taken, by=None, now=clock.now())
    offer = Place.objects.get(patient=patient)
    assert "Une place est gardée pour vous" in text(client.get("/mes-ateliers/"))
    assert "une place est gardée pour vous" in text(client.get("/accueil/"))
    client.post(reverse("etp:offer", args=[offer.uid]), {answer: "1"})
    offer.refresh_from_db()
    assert offer.state == state


# The links of the mails


def test_mailed_link_shows_a_date_and_never_the_title(client: Client) -> None:
    place = booked_now(session_in(workshop=make_workshop(title="Apprivoiser la douleur")))
    answer = client.get(reverse("etp:place", args=[place_token(place.uid)]))
    assert "douleur" not in answer.content.decode()
    assert place.session.site
    assert place.session.site.name in text(answer)
    assert place.patient.birth_name not in text(answer)
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex")
    assert "no-store" in answer["Cache-Control"]


def test_opening_links_changes_nothing(client: Client) -> None:
    place = booked_now(session_in())
    other = session_in(20, place.session.workshop)
    token = place_token(place.uid)
    before = list(Place.objects.values())
    statuses = [
        client.get(reverse(f"etp:{name}", args=[token])).status_code
        for name in ("place", "place_cancel", "place_move", "place_answer", "place_calendar")
    ]
    assert statuses == [200, 405, 200, 405, 200]
    assert list(Place.objects.values()) == before
    assert other.pk


def test_cancelled_from_the_mail_and_offered_at_once(client: Client) -> None:
    session = session_in(seats=1)
    (place,) = fill_now(session)
    patient, waiting = patient_of(session.workshop)
    waiting.post(
        reverse("etp:join", args=[session.workshop.pk]) + f"?date={session.pk}",
        {"choice": "this"},
    )
    answer = client.post(reverse("etp:place_cancel", args=[place_token(place.uid)]), follow=True)
    assert "vous ne viendrez pas" in text(answer)
    assert Place.objects.get(patient=patient).state == PlaceState.OFFERED


def test_too_late_is_said_with_the_telephone(client: Client) -> None:
    place = booked_now(session_in(0.5))
    token = place_token(place.uid)
    page = text(client.get(reverse("etp:place", args=[token])))
    assert "Il est trop tard pour changer ou annuler ici" in page
    assert "01 99 00 14 00" in page
    answer = client.post(reverse("etp:place_cancel", args=[token]), follow=True)
    assert "Il est trop tard" in text(answer)
    place.refresh_from_db()
    assert place.state == PlaceState.BOOKED


def test_moved_from_the_mail(client: Client) -> None:
    place = booked_now(session_in())
    back, move = (
        reverse(f"etp:{name}", args=[place_token(place.uid)]) for name in ("place", "place_move")
    )
    without_other_date = client.get(move).content.decode()
    assert f'class="btn second" href="{back}"' in without_other_date
    other = session_in(20, place.session.workshop)
    answer = client.post(
        move,
        {"choice": str(other.pk), "request_id": str(uuid4())},
    )
    new = Place.objects.get(session=other)
    assert answer["Location"] == reverse("etp:place", args=[place_token(new.uid)])
    place.refresh_from_db()
    assert (place.state, new.state) == (PlaceState.MOVED, PlaceState.BOOKED)


def test_link_that_is_not_ours_does_not_exist(client: Client) -> None:
    place = booked_now(session_in())
    token = place_token(place.uid)
    for wrong in (token[:-1], place.uid.hex, f"{uuid4().hex}~{token.partition('~')[2]}"):
        assert client.get(reverse("etp:place", args=[wrong])).status_code == 404


def test_offer_answered_from_the_mail(client: Client) -> None:
    session = session_in(seats=1)
    (taken,) = fill_now(session)
    patient, waiting = patient_of(session.workshop)
    waiting.post(
        reverse("etp:join", args=[session.workshop.pk]) + f"?date={session.pk}",
        {"choice": "this"},
    )
    places.cancel(place=taken, by=None, now=clock.now())
    offer = Place.objects.get(patient=patient)
    token = place_token(offer.uid)
    assert "Oui, je prends cette place" in text(client.get(reverse("etp:place", args=[token])))
    answer = client.post(reverse("etp:place_answer", args=[token]), {"yes": "1"}, follow=True)
    assert "votre place est réservée" in text(answer)


def test_offer_taken_instead_of_the_other_date(client: Client) -> None:
    workshop = make_workshop()
    held_session, wanted = session_in(12, workshop), session_in(10, workshop, seats=1)
    (taken,) = fill_now(wanted)
    patient, _ = patient_of(workshop)
    Wait.objects.create(patient=patient, workshop=workshop, session=wanted, joined_at=clock.now())
    places.cancel(place=taken, by=None, now=clock.now())
    offer = Place.objects.get(patient=patient)
    # booked at the very moment of the offer: neither saw the other
    held = booked_now(held_session)
    Place.objects.filter(pk=held.pk).update(patient=patient)
    token = place_token(offer.uid)
    address = reverse("etp:place", args=[token])
    assert "je laisse l’autre date" in text(client.get(address))
    answers = reverse("etp:place_answer", args=[token])
    client.post(answers, {"yes": "1"})
    offer.refresh_from_db()
    assert offer.state == PlaceState.OFFERED
    for _ in range(2):
        client.post(answers, {"yes": "1", "instead": "1"})
    offer.refresh_from_db()
    held.refresh_from_db()
    assert (offer.state, held.state) == (PlaceState.BOOKED, PlaceState.MOVED)


# The calendar address


def test_feed_made_replaced_and_stopped(client: Client) -> None:
    session = session_in(workshop=make_workshop(title="Apprivoiser la douleur"))
    patient, own = patient_of(session.workshop)
    booked_now(session, patient)

    def make() -> str:
        page = own.post("/mes-ateliers/agenda/", {"make": "1"}).content.decode()
        found = re.search(r"https?://[^/\s]+(/agenda-personnel/[^<\s]+)", page)
        assert found
        return found[1]

    first = make()
    answer = client.get(first)
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in answer.content
    assert b"douleur" not in answer.content
    assert b"METHOD" not in answer.content
    second = make()
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    own.post("/mes-ateliers/agenda/", {"stop": "1"})
    assert client.get(second).status_code == 404
    assert second.split("/")[2] not in own.get("/mes-ateliers/agenda/").content.decode()


# Video


@pytest.mark.parametrize(
    ("minutes", "shown"), [(-16, False), (-15, True), (0, True), (59, True), (60, False)]
)
def test_video_is_shown_around_the_session_only(
    minutes: int, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_in(mode=Mode.VIDEO, video_url="https://video.example.org/salle")
    patient, client = patient_of(session.workshop)
    place = booked_now(session, patient)
    address = reverse("etp:booked", args=[place.uid])
    token_page = reverse("etp:place", args=[place_token(place.uid)])
    monkeypatch.setattr(clock, "now", lambda: session.starts_at + timedelta(minutes=minutes))
    assert (b"video.example.org" in client.get(address).content) is shown
    assert b"video.example.org" not in Client().get(token_page).content


def test_video_is_not_shown_to_who_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_in(mode=Mode.VIDEO, video_url="https://video.example.org/salle")
    patient, client = patient_of(session.workshop)
    place = booked_now(session, patient)
    places.cancel(place=place, by=None, now=clock.now())
    monkeypatch.setattr(clock, "now", lambda: session.starts_at)
    address = reverse("etp:booked", args=[place.uid])
    assert b"video.example.org" not in client.get(address).content


# Opinions


def past(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(starts_at=soon(-1), ends_at=soon(-0.9))


def test_feedback_once_the_session_is_over() -> None:
    session = session_in()
    patient, client = patient_of(session.workshop)
    place = booked_now(session, patient)
    address = reverse("etp:feedback", args=[place.uid])
    assert client.post(address, {"useful": "4"}).status_code == 422
    past(session)
    for useful in ("4", "5"):
        assert client.post(address, {"useful": useful, "words": "Merci"}).status_code == 302
    assert Feedback.objects.get().useful == 5


def test_objectives_rated_by_their_owner_only() -> None:
    session = session_in()
    patient, client = patient_of(session.workshop)
    mine, theirs = (
        Objective.objects.get(assessment__patient=each)
        for each in (patient, patient_of(session.workshop)[0])
    )
    client.post(
        "/mes-ateliers/objectifs/",
        {f"objective_{mine.pk}": "4", f"objective_{theirs.pk}": "9"},
    )
    assert list(ObjectiveRating.objects.values_list("objective", "value")) == [(mine.pk, 4)]
    client.post("/mes-ateliers/objectifs/", {f"objective_{mine.pk}": "4"})
    assert ObjectiveRating.objects.count() == 1
    assert "Jardiner une heure" in text(client.get("/mes-ateliers/objectifs/"))


def test_satisfaction_at_the_end() -> None:
    patient, client = patient_of(session_in().workshop)
    evaluation = Evaluation.objects.create(
        assessment=Assessments.objects.get(patient=patient),
        held_on=clock.today(),
        led_by=make_user(Role.COORDINATOR),
        summary="Plus de marche",
    )
    assert client.post(f"/mes-ateliers/bilan/{evaluation.pk}/", {"value": "8"}).status_code == 302
    evaluation.refresh_from_db()
    assert evaluation.satisfaction == 8


# By the personal link


def test_personal_link_books_for_its_patient_alone(client: Client) -> None:
    session = session_in()
    patient, _ = patient_of(session.workshop)
    other = booked_now(session)
    send_personal_link(
        patient=patient, by=User.objects.get(pk=make_user(Role.COORDINATOR).pk), now=clock.now()
    )
    found = re.search(r"/acces/\S+", OutboxMessage.objects.latest("pk").body)
    assert found
    client.post(found[0], {"birth_date": "29/02/1980"})
    choose(client, session.workshop, f"s{session.pk}")
    assert Place.objects.get(patient=patient).state == PlaceState.BOOKED
    assert client.get(reverse("etp:booked", args=[other.uid])).status_code == 404
    assert client.get(f"/mes-ateliers/?pour={other.patient.code}").status_code == 404


def test_missed_session_is_made_up_in_another_group() -> None:
    cycle = make_cycle_soon()
    patient, client = patient_of(cycle.workshop)
    held = book_whole(cycle, patient, now=clock.now())
    Place.objects.filter(pk=held[0].pk).update(state=PlaceState.ABSENT)
    Session.objects.filter(pk=held[0].session_id).update(starts_at=soon(-2), ends_at=soon(-1.9))
    other = make_cycle_soon()
    other.sessions.update(workshop=cycle.workshop)
    type(other).objects.filter(pk=other.pk).update(workshop=cycle.workshop)
    make_up = other.sessions.get(position=1)
    choose(client, cycle.workshop, f"s{make_up.pk}")
    assert Place.objects.get(session=make_up).patient == patient
