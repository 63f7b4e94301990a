"""Files of patients: opened, included, left, listed, read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.actions.patients import (
    Identity,
    LooksKnown,
    include,
    leave,
    note_reading,
    register_patient,
    turn_away,
)
from network.enums import LinkRole, PathwayState, Profession, Role, Sex
from network.events import FollowUpChanged
from network.models import JournalEntry, Patient, User
from network.selectors.patients import Search, lookalikes, patient_list, readers, standing
from portal.kit import clock, events
from tests.factories.network import make_link, make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
SOLENE = Identity(
    birth_name="Aubrac",
    first_names="Solène Marie",
    sex=Sex.FEMALE,
    birth_date=date(1973, 5, 2),
    city="Créteil",
)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def coordinator() -> User:
    return make_user(Role.COORDINATOR)


def heard(kind: type, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    told: list[object] = []
    monkeypatch.setitem(events._LISTENERS, kind, [told.append])
    return told


def register(by: User, **fields: Any) -> Patient:
    options: dict[str, Any] = {"identity": SOLENE, "requested_on": TODAY, "by": by, "now": NOW}
    return register_patient(**(options | fields))


def test_registered_patient_waits_under_a_random_code(coordinator: User) -> None:
    patient = register(coordinator, completed_on=TODAY)
    assert patient.state == PathwayState.REQUESTED
    assert len(patient.code) == 6
    assert patient.code.isdigit()
    assert patient.formal_name == "Mme\u00a0Solène Aubrac"
    assert patient.search_name == "aubrac solene marie"
    entry = JournalEntry.objects.get(verb="patient.registered")
    assert (entry.actor, entry.patient, entry.at) == (coordinator, patient, NOW)


def test_registered_without_all_pieces_is_incomplete(coordinator: User) -> None:
    assert register(coordinator).state == PathwayState.INCOMPLETE


def test_second_file_with_the_same_traits_is_questioned(coordinator: User) -> None:
    first = register(coordinator)
    with pytest.raises(LooksKnown) as doubt:
        register(coordinator, identity=replace(SOLENE, birth_name="AUBRAC", first_names="Solene"))
    assert doubt.value.files == [first]
    assert Patient.objects.count() == 1
    register(coordinator, compared=True)
    assert Patient.objects.count() == 2


def test_taken_code_is_drawn_again(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_patient(code="100000")
    draws = iter([0, 0, 7])
    monkeypatch.setattr("network.actions.patients.secrets.randbelow", lambda limit: next(draws))
    assert register(coordinator).code == "100007"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"identity": replace(SOLENE, birth_date=date(2026, 11, 17))}, "birth_date"),
        ({"identity": replace(SOLENE, birth_date=date(1900, 1, 1))}, "birth_date"),
        ({"requested_on": date(2026, 11, 17)}, "requested_on"),
        ({"completed_on": date(2026, 11, 17)}, "completed_on"),
        ({"completed_on": date(2026, 11, 15)}, "completed_on"),
    ],
)
def test_impossible_dates_open_no_file(
    coordinator: User, fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        register(coordinator, **fields)
    assert list(refusal.value.message_dict) == [wrong]
    assert not Patient.objects.exists()


def test_include_opens_the_follow_up_once(
    coordinator: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    told = heard(FollowUpChanged, monkeypatch)
    patient = register(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        include(patient=patient, decided_on=TODAY, by=coordinator, now=NOW)
        include(patient=patient, decided_on=TODAY, by=coordinator, now=NOW)
    patient.refresh_from_db()
    assert (patient.state, patient.included_on) == (PathwayState.FOLLOWED, TODAY)
    assert told == [FollowUpChanged(patient.pk)]
    assert JournalEntry.objects.filter(verb="patient.included").count() == 1


@pytest.mark.parametrize("decided_on", [date(2026, 11, 17), date(2026, 1, 1)])
def test_include_refuses_a_day_before_the_request_or_to_come(
    coordinator: User, decided_on: date
) -> None:
    patient = register(coordinator)
    with pytest.raises(ValidationError) as refusal:
        include(patient=patient, decided_on=decided_on, by=coordinator, now=NOW)
    assert list(refusal.value.message_dict) == ["decided_on"]


def test_include_refuses_a_decided_request(coordinator: User) -> None:
    patient = register(coordinator)
    turn_away(
        patient=patient,
        outcome=PathwayState.REDIRECTED,
        reason="hors territoire",
        by=coordinator,
        now=NOW,
    )
    with pytest.raises(ValidationError):
        include(patient=patient, decided_on=TODAY, by=coordinator, now=NOW)


def test_leave_ends_the_follow_up_on_its_day(coordinator: User) -> None:
    patient = make_patient()
    leave(patient=patient, left_on=TODAY, reason="déménagement", by=coordinator, now=NOW)
    leave(patient=patient, left_on=TODAY, reason="déménagement", by=coordinator, now=NOW)
    patient.refresh_from_db()
    assert (patient.state, patient.exit_reason) == (PathwayState.ENDED, "déménagement")
    assert standing(patient, TODAY + timedelta(days=1)).over
    assert JournalEntry.objects.filter(verb="patient.left").count() == 1


@pytest.mark.parametrize("left_on", [date(2026, 1, 4), date(2026, 11, 17)])
def test_leave_refuses_a_day_outside_the_follow_up(coordinator: User, left_on: date) -> None:
    with pytest.raises(ValidationError) as refusal:
        leave(patient=make_patient(), left_on=left_on, reason="x", by=coordinator, now=NOW)
    assert list(refusal.value.message_dict) == ["left_on"]


def test_standing_tells_the_last_day_and_what_is_left() -> None:
    patient = make_patient(included_on=date(2026, 1, 5))
    told = standing(patient, date(2026, 11, 24))
    assert (told.last_day, told.months_done, told.months_left) == (date(2027, 4, 4), 10, 4)
    assert told.running
    assert standing(patient, date(2027, 4, 4)).running
    assert not standing(patient, date(2027, 4, 5)).running


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aubrac", True),
        ("AUB", True),
        ("solene", True),
        ("Solène aub", True),
        ("d'espé", True),
        ("rac", False),
        ("aubrac paul", False),
        ("123456", True),
        ("1234", True),
        ("%", True),  # a sign alone asks for nothing
        ("_ubrac", False),
        ("", True),
    ],
)
def test_search_finds_the_beginning_of_a_name_or_code(
    coordinator: User, text: str, found: bool
) -> None:
    patient = make_patient(
        code="123456", birth_name="d’Espérac", used_name="Aubrac", first_names="Solène"
    )
    assert list(patient_list(coordinator, Search(text), TODAY)) == ([patient] if found else [])


def test_list_sorts_accents_with_their_letter_and_filters(coordinator: User) -> None:
    names = ["Zola", "Étienne", "Eiffel", "Ferrand"]
    made = {name: make_patient(birth_name=name) for name in names}
    Patient.objects.filter(pk=made["Zola"].pk).update(state=PathwayState.ENDED)
    listed = [each.birth_name for each in patient_list(coordinator, Search(), TODAY)]
    assert listed == ["Eiffel", "Étienne", "Ferrand", "Zola"]
    ended = patient_list(coordinator, Search(state=PathwayState.ENDED), TODAY)
    assert list(ended) == [made["Zola"]]


def test_mine_are_those_the_director_follows() -> None:
    director = make_user(Role.MEDICAL_DIRECTOR)
    professional = make_professional(user=director, profession=Profession.DOCTOR)
    mine = make_patient(followed_by=professional)
    make_patient()
    assert list(patient_list(director, Search(mine=True), TODAY)) == [mine]


def test_lookalikes_come_from_the_same_birthday() -> None:
    known = make_patient(birth_name="AUBRAC", first_names="solene", birth_date=SOLENE.birth_date)
    make_patient(birth_name="Aubrac", first_names="Solène", birth_date=date(1974, 5, 2))
    assert lookalikes(SOLENE.traits) == [known]


def test_reading_leaves_one_line_per_person_and_ten_minutes(coordinator: User) -> None:
    patient, other = make_patient(), make_user(Role.COORDINATOR)
    for who, minutes in [(coordinator, 0), (coordinator, 9), (other, 9), (coordinator, 10)]:
        note_reading(patient=patient, by=who, now=NOW + timedelta(minutes=minutes))
    lines = JournalEntry.objects.filter(verb="patient.read", patient=patient)
    assert lines.filter(actor=coordinator).count() == 2
    assert lines.filter(actor=other).count() == 1
    told = [(each.person, each.times) for each in readers(patient)]
    assert told == [(str(coordinator), 2), (str(other), 1)]


def test_page_journals_its_reader_and_tells_coordination(
    coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    patient = make_patient(birth_name="Aubrac", first_names="Solène")
    page = signed_in(coordinator).get(reverse("network:patient", args=[patient.code]))
    assert JournalEntry.objects.get(verb="patient.read").actor == coordinator
    text = page.content.decode()
    assert "Mme\u00a0Solène Aubrac" in text
    assert "suivi jusqu’au 4\u00a0avril 2027" in text
    assert "Qui a consulté ce dossier" in text
    assert str(coordinator) in text


def test_clinician_page_offers_no_change_and_no_readers(
    signed_in: Callable[[User], Client],
) -> None:
    professional = make_professional()
    patient = make_patient(followed_by=professional)
    page = signed_in(professional.user).get(reverse("network:patient", args=[patient.code]))  # type: ignore[arg-type]
    text = page.content.decode()
    assert "Qui a consulté" not in text
    assert reverse("network:ald_add", args=[patient.code]) not in text
    assert reverse("network:patient_leave", args=[patient.code]) not in text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CLINICIAN])
def test_list_asks_as_many_queries_for_three_rows_as_for_one(
    role: Role, signed_in: Callable[[User], Client]
) -> None:
    user = make_user(role)
    professional = make_professional(user=user, profession=Profession.DOCTOR)

    def add() -> None:
        patient = make_patient(followed_by=professional)
        make_link(patient=patient, professional=professional, role=LinkRole.TREATING_DOCTOR)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("network:patients")).status_code == 200
        return len(queries)

    client = signed_in(user)
    add()
    one = count()
    add()
    add()
    assert count() == one


FORM = {
    "birth_name": "Aubrac",
    "used_name": "",
    "first_names": "Solène Marie",
    "sex": "F",
    "birth_date": "02/05/1973",
    "birthplace": "",
    "email": "",
    "phone": "",
    "postcode": "",
    "city": "",
    "requested_on": "16/11/2026",
    "completed_on": "",
}


def test_form_opens_a_file(coordinator: User, signed_in: Callable[[User], Client]) -> None:
    answer = signed_in(coordinator).post(reverse("network:patient_register"), FORM)
    patient = Patient.objects.get()
    assert answer.headers["Location"] == reverse("network:patient", args=[patient.code])
    assert patient.birth_date == date(1973, 5, 2)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("birth_date", "31/02/1973", "Février 1973 a 28 jours\u00a0: vérifiez le jour."),
        ("birth_date", "31/13/1973", "Il y a 12\u00a0mois\u00a0: vérifiez le mois."),
        ("birth_name", "", "À remplir\u00a0: Nom de naissance."),
        ("birth_date", "hier", "Écrivez la date ainsi\u00a0: 05/01/2026."),
        (
            "birth_date",
            "02/05/2027",
            "La date de naissance est à venir\u00a0: vérifiez l’année.",
        ),
        ("completed_on", "15/11/2026", "Le dossier ne peut être complet avant la demande."),
        ("postcode", "9400", "Un code postal a 5\u00a0chiffres."),
        ("phone", "abc", "Écrivez un numéro de téléphone, par exemple 01 99 00 12 34."),
    ],
)
def test_form_tells_what_is_wrong_beside_the_field_and_keeps_the_rest(
    coordinator: User,
    signed_in: Callable[[User], Client],
    field: str,
    typed: str,
    message: str,
) -> None:
    answer = signed_in(coordinator).post(
        reverse("network:patient_register"), FORM | {field: typed, "city": "Créteil"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [message]}
    text = answer.content.decode()
    assert f'href="#id_{field}"' in text
    assert not typed or f'value="{typed}"' in text
    assert 'value="Créteil"' in text
    assert not Patient.objects.exists()


def test_form_shows_lookalikes_then_takes_a_comparison(
    coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    known = make_patient(birth_name="AUBRAC", first_names="Solène", birth_date=date(1973, 5, 2))
    client = signed_in(coordinator)
    answer = client.post(reverse("network:patient_register"), FORM)
    text = answer.content.decode()
    assert "Cette personne a peut-être déjà un dossier" in text
    assert reverse("network:patient", args=[known.code]) in text
    assert 'value="Solène Marie"' in text
    assert Patient.objects.count() == 1
    client.post(reverse("network:patient_register"), FORM | {"compared": "on"})
    assert Patient.objects.count() == 2


def test_leave_by_its_page(coordinator: User, signed_in: Callable[[User], Client]) -> None:
    patient = include(patient=register(coordinator), decided_on=TODAY, by=coordinator, now=NOW)
    client = signed_in(coordinator)
    answer = client.post(
        reverse("network:patient_leave", args=[patient.code]),
        {"left_on": "15/11/2026", "kind": "declined", "reason": "souhait du patient"},
    )
    assert answer.context["form"].errors == {"left_on": ["La sortie précède l’inclusion."]}
    client.post(
        reverse("network:patient_leave", args=[patient.code]),
        {"left_on": "16/11/2026", "kind": "declined", "reason": "souhait du patient"},
    )
    patient.refresh_from_db()
    assert patient.left_on == TODAY


def test_own_page_tells_who_follows_and_who_read(signed_in: Callable[[User], Client]) -> None:
    user = make_user(Role.PATIENT)
    professional = make_professional(first_name="Hugo", last_name="Lemaire")
    patient = make_patient(user=user, followed_by=professional)
    note_reading(patient=patient, by=professional.user, now=NOW)  # type: ignore[arg-type]
    text = signed_in(user).get(reverse("network:own_file")).content.decode()
    assert "Votre dossier" in text
    assert "Hugo Lemaire" in text
    assert "Qui a ouvert ce dossier" in text
    assert "€" not in text


def test_own_page_without_a_file_says_whom_to_call(signed_in: Callable[[User], Client]) -> None:
    text = signed_in(make_user(Role.PATIENT)).get(reverse("network:own_file")).content.decode()
    assert "Aucun dossier n’est relié à ce compte" in text
