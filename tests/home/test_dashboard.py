"""What each person finds after signing in."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.selectors.waiting import count_in_words, greeting, waiting_for
from network.enums import PathwayState, Profession, Role
from network.models import BankDetails, User
from portal.kit import dashboard
from tests.doors import sign_in
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.usefixtures("site", "at_reference")
MORNING = datetime(2026, 11, 16, 8, tzinfo=UTC)
TODAY = date(2026, 11, 16)


def page_of(user: User) -> str:
    client = Client()
    sign_in(client, user)
    answer = client.get("/accueil/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_page(role: Role) -> None:
    html = page_of(make_user(role, first_name="Hugo"))
    assert "<h1>Bonjour Hugo.</h1>" in html
    assert "Lundi 16\u00a0novembre 2026" in html
    assert html.count('class="btn"') <= 1


def test_stranger_signs_in_first(client: Client) -> None:
    assert client.get("/accueil/")["Location"] == "/compte/login/?next=/accueil/"


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "Bonsoir"), (5, "Bonjour"), (17, "Bonjour"), (18, "Bonsoir"), (23, "Bonsoir")],
)
def test_greeting_by_time_of_day(hour: int, words: str) -> None:
    assert greeting(make_user(Role.COORDINATOR, first_name="Hugo"), hour) == f"{words} Hugo."


def test_greeting_by_title() -> None:
    doctor = make_professional(profession=Profession.DOCTOR).user
    physio = make_professional().user
    nameless = make_user(Role.PATIENT, first_name="")
    assert doctor is not None
    assert physio is not None
    assert greeting(doctor, 9) == "Bonjour, docteur."
    assert greeting(physio, 9) == f"Bonjour {physio.first_name}."
    assert greeting(nameless, 9) == "Bonjour."


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ""),
        (1, "Une chose vous attend"),
        (3, "Trois choses vous attendent"),
        (12, "12 choses vous attendent"),
    ],
)
def test_things_are_counted_in_words(count: int, words: str) -> None:
    assert count_in_words(count) == words


def todos(user: User) -> list[tuple[str, str, str]]:
    return [(str(t.title), str(t.label), t.state) for t in waiting_for(user, MORNING).todos]


@pytest.mark.parametrize(
    ("completed", "label", "state"),
    [
        (date(2026, 11, 15), "Encore 14\u00a0jours", "wait"),
        (date(2026, 11, 2), "Encore 1\u00a0jour", "wait"),
        (date(2026, 11, 1), "Aujourd’hui", "wait"),
        (date(2026, 10, 31), "1 en retard", "bad"),
    ],
)
def test_coordinator_sees_the_days_left_of_the_oldest_request(
    completed: date, label: str, state: str
) -> None:
    make_patient(state=PathwayState.REQUESTED, completed_on=completed, included_on=None)
    make_patient(state=PathwayState.REQUESTED, completed_on=TODAY, included_on=None)
    user = make_user(Role.COORDINATOR)
    assert todos(user) == [("Décider des demandes d’inclusion", label, state)]
    assert "2 dossiers complets attendent une réponse." in page_of(user)


def test_coordinator_sees_incomplete_requests() -> None:
    make_patient(state=PathwayState.INCOMPLETE, included_on=None)
    assert todos(make_user(Role.COORDINATOR)) == [
        ("Réclamer les pièces manquantes", "Incomplet", "")
    ]


def test_administrator_sees_the_numbers_to_verify_and_to_enter() -> None:
    make_professional(rpps_verified_on=None)
    assert todos(make_user(Role.ADMINISTRATOR)) == [
        ("Vérifier les numéros RPPS", "À vérifier", "info"),
        ("Saisir le numéro d’une ligne réservée", "À saisir", "info"),
    ]


def test_accountant_sees_changes_that_another_proposed() -> None:
    proposer, other = make_user(Role.ACCOUNTANT), make_user(Role.ACCOUNTANT)
    BankDetails.objects.create(
        professional=make_professional(),
        holder="Lou Fil",
        iban="FR7699999000010000000004286",
        last4="4286",
        state="proposed",
        proposed_at=MORNING,
        proposed_by=proposer,
    )
    line = ("Confirmer les changements de compte bancaire", "À confirmer", "wait")
    assert todos(proposer) == []
    assert todos(other) == [line]


def test_editor_sees_webinars_without_date() -> None:
    assert todos(make_user(Role.EDITOR)) == [
        ("Fixer la date des webinaires annoncés", "Date à venir", "info")
    ]


def test_nothing_waits_is_said_with_a_next_step() -> None:
    patient, clinician = page_of(make_user(Role.PATIENT)), page_of(make_user(Role.CLINICIAN))
    assert "Rien à faire pour l’instant" in patient
    assert 'href="/pour-les-patients/premier-rendez-vous/"' in patient
    assert 'href="/agenda/"' in clinician


@pytest.mark.parametrize("role", list(Role))
def test_page_asks_as_many_queries_whatever_waits(role: Role) -> None:
    user = make_user(role)
    counts = []
    for _ in range(2):
        make_patient(state=PathwayState.REQUESTED, completed_on=TODAY, included_on=None)
        make_patient(state=PathwayState.INCOMPLETE, included_on=None)
        make_professional(rpps_verified_on=None)
        fresh = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as asked:
            waiting_for(fresh, MORNING)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12  # what is only counted is one query, whatever the rooms


def test_provider_answers_only_those_who_hold_its_permission() -> None:
    registry: dashboard.Registry[str] = dashboard.Registry()
    registry("network.invite", order=2)(lambda user, today: "second")
    registry("home.see_dashboard", order=1)(lambda user, today: "first")
    administrator, patient = make_user(Role.ADMINISTRATOR), make_user(Role.PATIENT)
    assert list(registry.answers(administrator, TODAY)) == ["first", "second"]
    assert list(registry.answers(patient, TODAY)) == ["first"]
