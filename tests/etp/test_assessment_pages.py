"""The pages of the shared assessment, through the test client."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from etp.actions.assessments import Aim
from etp.enums import Mode, Theme
from etp.models import Assessment, Evaluation, Opening
from network.enums import Role
from network.models import JournalEntry, Patient, PersonalLink, User
from portal.kit import clock
from tests.factories.etp import (
    attend,
    make_assessment,
    make_draft,
    make_evaluation,
    make_session,
    make_workshop,
)
from tests.factories.network import make_patient, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def desk(signed_in: SignedIn) -> Client:
    return signed_in(make_user(Role.COORDINATOR))


def address(name: str, patient: Patient, *more: Any) -> str:
    return reverse(f"etp:{name}", args=[patient.code, *more])


def queries(desk: Client, path: str) -> int:
    desk.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(path).status_code == 200
    return len(asked)


def test_parts_lead_to_the_whole_sheet(desk: Client) -> None:
    patient = make_patient()
    desk.post(address("assessment_start", patient))
    sent: dict[str, dict[str, Any]] = {
        "besoins": {"needs": ["pain", "movement"], "daily_life": "Je dors mal"},
        "acquis": {"knowledge": "", "skills": "La marche", "brakes": ""},
        "objectifs": {"rows": "1", "words_1": "Marcher", "theme_1": "movement", "start_1": "0"},
        "preferences": {"mode": "either", "availability": "mardi"},
        "accord": {"held_on": "02/11/2026", "consent_on": "02/11/2026"},
    }
    parts = list(sent)
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        answer = desk.post(address("assessment_part", patient, part), sent[part])
        onward = address("assessment_part", patient, after) if after else None
        assert answer["Location"] == (onward or address("assessment", patient))
    sheet = Assessment.objects.get()
    assert (sheet.needs, sheet.skills, sheet.mode) == (["pain", "movement"], "La marche", "")
    desk.post(address("assessment_close", patient))
    sheet.refresh_from_db()
    assert sheet.closed_at is not None
    assert [str(each) for each in sheet.objectives.get().ratings.all()] == ["0"]


def test_wrong_day_keeps_what_was_typed(desk: Client) -> None:
    patient = make_draft().patient
    answer = desk.post(
        address("assessment_part", patient, "accord"),
        {"held_on": "31/11/2026", "consent_on": "2 nov"},
    )
    assert answer.status_code == 422
    for kept in ("31/11/2026", "2 nov", "Novembre 2026 a 30"):
        assert kept in answer.content.decode()


def test_rows_are_added_and_removed_without_script(desk: Client) -> None:
    patient = make_draft().patient
    page = address("assessment_part", patient, "objectifs")
    typed = {"rows": "1", "words_1": "Dormir", "theme_1": "relaxation", "start_1": "4"}
    added = desk.post(page, typed | {"add": "1"})
    assert 'name="words_2"' in desk.get(added["Location"]).content.decode()
    two = typed | {"rows": "2", "words_2": "Marcher", "theme_2": "movement", "start_2": ""}
    desk.post(page, two | {"remove": "1"})
    found = Assessment.objects.get().objectives.values_list("words", "theme", "start")
    assert list(found) == [("Marcher", "movement", None)]


def test_long_objective_is_kept_to_be_shortened(desk: Client) -> None:
    patient = make_draft().patient
    typed = {"rows": "1", "words_1": "a" * 201, "theme_1": "pain", "start_1": ""}
    answer = desk.post(address("assessment_part", patient, "objectifs"), typed | {"add": "1"})
    assert (answer.status_code, "a" * 201 in answer.content.decode()) == (422, True)


def test_incomplete_draft_says_what_is_missing(desk: Client) -> None:
    patient = make_draft().patient
    answer = desk.post(address("assessment_close", patient))
    assert answer.status_code == 422
    assert "Notez au moins un objectif" in answer.content.decode()


def test_version_shows_what_changed(desk: Client) -> None:
    sheet = make_assessment(daily_life="Le sommeil")
    make_assessment(sheet.patient, aims=[Aim("Nager", Theme.MOVEMENT)], daily_life="Le travail")
    page = desk.get(address("assessment", sheet.patient)).content.decode()
    for told in ("Le travail", "Le sommeil", "Nager", "nouveau", "<del>«\u00a0Dormir\u00a0»</del>"):
        assert told in page
    first = desk.get(address("assessment_version", sheet.patient, 1)).content.decode()
    assert ("remplacée" in first, "Nager" in first) == (True, False)


def test_proposed_workshops_open_in_one_click(desk: Client) -> None:
    sleep = make_workshop(title="Souffler", theme=Theme.RELAXATION)
    make_workshop(title="Bouger un peu")
    sheet = make_assessment(mode=Mode.VIDEO)
    page = desk.get(address("assessment", sheet.patient)).content.decode()
    assert f'value="{sleep.pk}" checked' in page
    assert "Aucune date à venir dans la forme préférée" in page
    for _ in range(2):
        desk.post(address("workshops_open", sheet.patient), {"workshop": [sleep.pk]})
    opening = Opening.objects.get()
    assert (opening.workshop, opening.assessment) == (sleep, sheet)
    assert JournalEntry.objects.filter(verb="link.sent").count() == 1
    desk.post(address("opening_close", sheet.patient, opening.pk))
    assert not Opening.objects.open().exists()


def test_personal_link_sent_then_closed(desk: Client) -> None:
    sheet = make_assessment()
    desk.post(address("workshops_open", sheet.patient), {"send": "1"})
    assert "valable jusqu" in desk.get(address("assessment", sheet.patient)).content.decode()
    page = desk.post(address("link_close", sheet.patient), follow=True).content.decode()
    assert "n’ouvre plus rien" in page
    assert "valable jusqu" not in page
    assert list(PersonalLink.objects.filter(revoked_at=None)) == []


def test_reading_is_journalled(desk: Client) -> None:
    sheet = make_assessment()
    for _ in range(2):
        desk.get(address("assessment", sheet.patient))
    assert JournalEntry.objects.filter(verb="assessment.read").count() == 1


def test_sheet_asks_as_much_with_one_version_or_three(desk: Client) -> None:
    one, three = make_assessment().patient, make_assessment().patient
    make_workshop(theme=Theme.RELAXATION)
    few = queries(desk, address("assessment", one))
    for _ in range(2):
        make_assessment(three, aims=[Aim("Nager", Theme.MOVEMENT), Aim("Rire", Theme.PAIN)])
        make_session(make_workshop(theme=Theme.RELAXATION))
    assert queries(desk, address("assessment", three)) == few


def test_evaluation_noted_then_sent(desk: Client) -> None:
    workshop = make_workshop(title="Souffler")
    sheet = make_assessment(now=clock.now())
    attend(make_session(workshop, starts_at=clock.now()), sheet.patient)
    page = address("evaluation", sheet.patient, 1)
    assert "Souffler" in desk.get(page).content.decode()
    aim = sheet.objectives.get()
    typed = {
        "held_on": f"{clock.today():%d/%m/%Y}",
        f"rating_{aim.pk}": "7",
        "summary": "Elle s’endort plus vite.",
        "next_steps": "Un cycle de relaxation.",
        "satisfaction": "9",
    }
    assert desk.post(page, typed | {"summary": ""}).status_code == 422
    assert desk.post(page, typed).status_code == 302
    assert "7 sur 10" in desk.get(page).content.decode()
    file = address("evaluation_letter_file", sheet.patient, 1)
    assert desk.get(file).status_code == 404
    desk.post(address("evaluation_letter", sheet.patient, 1))
    evaluation = Evaluation.objects.get()
    assert (evaluation.letter_on, evaluation.satisfaction) == (clock.today(), 9)
    letter = desk.get(file)
    assert letter.content.startswith(b"%PDF")
    name = f'attachment; filename="courrier-{evaluation.pk}.pdf"'
    assert letter["Content-Disposition"] == name


def test_clinician_reads_no_assessment(signed_in: SignedIn) -> None:
    evaluation = make_evaluation(make_assessment())
    client = signed_in(make_user(Role.CLINICIAN))
    for name, more in (("assessment", ()), ("assessment_version", (1,)), ("evaluation", (1,))):
        page = address(name, evaluation.assessment.patient, *more)
        assert client.get(page).status_code == 403
