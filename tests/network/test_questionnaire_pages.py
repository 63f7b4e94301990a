"""The pages of the questionnaire: who answers, who reads, what the coordination follows."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.actions.links import send_personal_link
from network.actions.questionnaire import Answerer
from network.enums import AnsweredAs, LinkRole, PathwayState, QuestionnaireKind, Role
from network.models import (
    AnswerAlert,
    ItemAnswer,
    JournalEntry,
    Patient,
    Questionnaire,
    Representative,
)
from portal.kit import clock
from tests.factories.network import make_link, make_patient, make_professional, make_user, sign_in
from tests.factories.questionnaires import answer, ask, make_sent
from tests.network.doors import mailed_link

pytestmark = pytest.mark.django_db


def own(patient: Patient, client: Client | None = None) -> Client:
    """The patient, signed in."""
    user = make_user(Role.PATIENT)
    Patient.objects.filter(pk=patient.pk).update(user=user)
    return sign_in(client or Client(), user)


def at(name: str, sheet: Questionnaire, *args: Any) -> str:
    return reverse(f"network:questionnaire_{name}", args=[sheet.uid, *args])


def test_link_leads_to_the_questions_first(client: Client) -> None:
    patient = make_patient(email="lou@example.org")
    ask(patient)
    answer_to = client.post(mailed_link(patient), {"birth_date": "29/02/1980"})
    assert answer_to["Location"] == "/mon-questionnaire/"
    home = client.get("/mon-questionnaire/").content.decode()
    assert "41 questions, 12\u00a0minutes environ" in home
    assert "/mes-ateliers/" in home


def test_link_without_questions_leads_to_the_workshops(client: Client) -> None:
    patient = make_patient(email="lou@example.org")
    send_personal_link(patient=patient, by=None, now=clock.now())
    found = client.post(mailed_link(patient), {"birth_date": "29/02/1980"})
    assert found["Location"] == "/mes-ateliers/"


def test_each_answer_is_kept_and_leads_on() -> None:
    patient = make_patient()
    sheet, client = ask(patient), own(patient)
    page = client.get(at("question", sheet, 1)).content.decode()
    assert "Question 1 sur 41, encore 12\u00a0minutes environ" in page
    found = client.post(at("question", sheet, 1), {"answer": "7", "do": "next"})
    assert found["Location"] == at("question", sheet, 2)
    assert ItemAnswer.objects.get().value == 7
    assert (
        'value="7" id="id_answer_7" checked'
        in client.get(at("question", sheet, 1)).content.decode()
    )


@pytest.mark.parametrize(
    ("rank", "data", "kept", "onward"),
    [
        (1, {"do": "skip"}, [None], "question"),
        (1, {"do": "skip", "answer": "4"}, [None], "question"),
        (1, {"do": "pause"}, [], "pause"),
        (1, {"do": "pause", "answer": "4"}, [4], "pause"),
        (5, {"do": "next", "answer": ["nape", "face"]}, [["face", "nape"]], "question"),
        (5, {"do": "next", "answer": ["none"]}, [[]], "question"),
        (41, {"do": "next", "answer": " "}, [None], "check"),
        (41, {"do": "next", "answer": "Merci"}, ["Merci"], "check"),
        (9, {"do": "next", "answer": "leave"}, ["leave"], "question"),
    ],
)
def test_answer_passed_paused_or_kept(
    rank: int, data: dict[str, Any], kept: list[Any], onward: str
) -> None:
    patient = make_patient()
    sheet, client = ask(patient), own(patient)
    found = client.post(at("question", sheet, rank), data)
    where = at(onward, sheet, rank + 1) if onward == "question" else at(onward, sheet)
    assert found["Location"] == where
    assert list(ItemAnswer.objects.values_list("value", flat=True)) == kept


@pytest.mark.parametrize(
    ("rank", "data"),
    [
        (1, {"do": "next"}),
        (1, {"do": "next", "answer": "11"}),
        (5, {"do": "next", "answer": ["none", "nape"]}),
        (5, {"do": "next", "answer": ["moon"]}),
        (41, {"do": "next", "answer": "a" * 1001}),
    ],
)
def test_answer_refused_is_told_and_not_kept(rank: int, data: dict[str, Any]) -> None:
    patient = make_patient()
    sheet, client = ask(patient), own(patient)
    found = client.post(at("question", sheet, rank), data)
    assert found.status_code == 422
    assert "Un point à reprendre" in found.content.decode()
    assert ItemAnswer.objects.count() == 0


def test_unknown_questions_are_not_found() -> None:
    patient = make_patient()
    sheet, client = ask(patient), own(patient)
    for path in (at("question", sheet, 0), at("question", sheet, 42)):
        assert client.get(path).status_code == 404
    assert client.get(f"/mon-questionnaire/{uuid4()}/relire/").status_code == 404


def test_changed_from_the_check_page_leads_back_to_it() -> None:
    patient = make_patient()
    sheet, client = answer(ask(patient)), own(patient)
    page = client.get(at("check", sheet)).content.decode()
    assert at("question", sheet, 3) + "?relire" in page
    found = client.post(at("question", sheet, 3) + "?relire", {"answer": "9", "do": "next"})
    assert found["Location"] == at("check", sheet)


def test_sent_then_frozen() -> None:
    patient = make_patient()
    sheet, client = answer(ask(patient)), own(patient)
    assert client.post(at("check", sheet))["Location"] == at("sent", sheet)
    assert "Merci" in client.get(at("sent", sheet)).content.decode()
    for path in (at("question", sheet, 1), at("check", sheet), at("pause", sheet)):
        assert client.get(path)["Location"] == "/mon-questionnaire/"
    assert client.post(at("question", sheet, 1), {"answer": "9", "do": "next"}).status_code == 302
    assert ItemAnswer.objects.filter(value=9).count() == 0


def test_last_question_of_phq9_shows_help_lines_and_tells_the_coordination() -> None:
    patient = make_patient(phone="06 39 98 00 01")
    sheet, client = ask(patient), own(patient)
    found = client.post(at("question", sheet, 40), {"answer": "1", "do": "next"})
    assert found["Location"] == at("help", sheet) + "?apres=40"
    page = client.get(found["Location"]).content.decode()
    for number in ("tel:3114", "tel:15", "tel:112", "sms:114"):
        assert number in page
    assert at("question", sheet, 41) in page
    desk = sign_in(Client(), make_user(Role.COORDINATOR))
    assert "Appeler les personnes qui vont mal" in desk.get(reverse("home:dashboard")).text
    alert = AnswerAlert.objects.get()
    address = reverse("network:alert", args=[alert.pk])
    assert address in desk.get(reverse("network:alerts")).text
    assert desk.post(address, {"note": ""}).status_code == 422
    assert desk.post(address, {"note": "Appelée"}).status_code == 302
    assert "Appeler les personnes" not in desk.get(reverse("home:dashboard")).text


def test_paused_then_help_is_shown_all_the_same() -> None:
    patient = make_patient()
    sheet, client = ask(patient), own(patient)
    found = client.post(at("question", sheet, 40), {"answer": "2", "do": "pause"})
    assert found["Location"].startswith(at("help", sheet))


def test_display_is_kept_for_the_session() -> None:
    patient = make_patient()
    sheet, client = ask(patient), own(patient)
    client.post(at("display", sheet), {"large": "", "rank": "1"})
    found = client.post(at("display", sheet), {"strong": "", "rank": "1"})
    assert found["Location"] == at("question", sheet, 1)
    assert "asking large strong" in client.get(at("question", sheet, 1)).text
    client.post(at("display", sheet), {"strong": "", "rank": "zero"})
    assert "asking large" in client.get(at("question", sheet, 1)).text


# A minor, and who represents one


def test_parent_neither_sees_nor_continues_what_the_teenager_began() -> None:
    child = make_patient(birth_date=date(2012, 5, 1))
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=child, user=parent, relation="mère")
    sheet = answer(ask(child), ("douleur", "now"), rank=8)
    client = sign_in(Client(), parent)
    assert client.get(at("question", sheet, 1))["Location"] == "/mon-questionnaire/"
    home = client.get("/mon-questionnaire/").text
    assert "déjà commencé" in home
    assert at("question", sheet, 2) not in home


def test_parent_reads_only_what_the_parent_answered() -> None:
    child = make_patient(birth_date=date(2012, 5, 1))
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=child, user=parent, relation="mère")
    alone = make_sent(child, now=clock.now() - timedelta(days=9))
    client = sign_in(Client(), parent)
    assert client.get(at("sent", alone)).status_code == 404
    assert "Rien n’a encore été envoyé" in client.get("/mon-questionnaire/reponses/").text
    make_sent(child, answerer=Answerer(AnsweredAs.REPRESENTATIVE, parent))
    assert "Rien n’a encore été envoyé" not in client.get("/mon-questionnaire/reponses/").text
    assert "déjà commencé" not in own(child).get("/mon-questionnaire/").text


# Those who care


def test_patient_reads_own_answers_without_bands() -> None:
    patient = make_patient()
    for days in (200, 1):
        make_sent(patient, rank=2, now=clock.now() - timedelta(days=days))
    page = own(patient).get("/mon-questionnaire/reponses/").text
    assert "Mon évolution" in page
    assert "modérés" not in page
    assert "PHQ-9, total" not in page


@pytest.mark.parametrize(
    ("relation", "status"),
    [("treating", 200), ("team", 200), ("past team", 404), ("none", 404)],
)
def test_file_is_read_by_those_who_follow_today(relation: str, status: int) -> None:
    professional = make_professional()
    patient = make_patient()
    make_sent(patient, rank=2)
    if relation != "none":
        make_link(
            patient=patient,
            professional=professional,
            role=LinkRole.TREATING_DOCTOR if relation == "treating" else LinkRole.TEAM,
            ends_on=clock.today() - timedelta(days=1) if relation == "past team" else None,
        )
    assert professional.user is not None
    client = sign_in(Client(), professional.user)
    found = client.get(reverse("network:patient_questionnaire", args=[patient.code]))
    assert found.status_code == status
    assert JournalEntry.objects.filter(verb="questionnaire.read").count() == (status == 200)
    if status == 200:
        assert "18 sur 27" in found.text
        assert "symptômes modérément sévères (15 à 19)" in found.text
        assert "Texte à vérifier" in found.text
        assert "PHQ-9, total" in client.get(f"/dossiers/{patient.code}/").text


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.EDITOR, Role.ADMINISTRATOR])
def test_file_is_shut_to_those_who_do_not_care(role: Role) -> None:
    patient = make_patient()
    sheet = make_sent(patient)
    client = sign_in(Client(), make_user(role))
    for path in (
        reverse("network:patient_questionnaire", args=[patient.code]),
        at("question", sheet, 1),
        "/mon-questionnaire/reponses/",
    ):
        assert client.get(path).status_code == 403


# The coordination


def test_coordination_sends_and_sees_how_far() -> None:
    patient = make_patient(email="lou@example.org", state=PathwayState.INCOMPLETE)
    desk = sign_in(Client(), make_user(Role.COORDINATOR))
    desk.post(reverse("network:ask", args=[patient.code]), {"kind": "entry"})
    sheet = Questionnaire.objects.get()
    assert sheet.kind == QuestionnaireKind.ENTRY
    yesterday = clock.now() - timedelta(days=1)
    answer(sheet, *[("douleur", item) for item in ("now", "mean")], now=yesterday)
    assert "2 sur 41, hier" in desk.get(reverse("network:questionnaires")).text
    assert "2 sur 41, hier" in desk.get(f"/dossiers/{patient.code}/").text


def test_paper_typed_by_the_coordination() -> None:
    patient = make_patient(email="")
    user = make_user(Role.COORDINATOR)
    desk = sign_in(Client(), user)
    found = desk.post(reverse("network:on_paper", args=[patient.code]), {"kind": "short"})
    sheet = Questionnaire.objects.get()
    assert found["Location"] == at("question", sheet, 1)
    assert "Saisie du papier" in desk.get(found["Location"]).text
    desk.post(found["Location"], {"answer": "3", "do": "next"})
    again = desk.post(reverse("network:on_paper", args=[patient.code]))
    assert again["Location"] == at("question", sheet, 2)
    done = desk.post(at("check", sheet))
    assert done["Location"] == reverse("network:patient_questionnaire", args=[patient.code])
    sheet.refresh_from_db()
    assert (sheet.answered_as, sheet.answered_by) == (AnsweredAs.COORDINATION, user)
    assert "Mes réponses" in own(patient).get("/mon-questionnaire/reponses/").text


def test_coordination_does_not_type_over_what_the_patient_began() -> None:
    patient = make_patient()
    sheet = answer(ask(patient), ("douleur", "now"))
    desk = sign_in(Client(), make_user(Role.COORDINATOR))
    found = desk.get(at("question", sheet, 1))
    assert found["Location"] == reverse("network:patient_questionnaire", args=[patient.code])


@pytest.mark.parametrize("name", ["questionnaires", "alerts"])
def test_lists_ask_as_many_queries_for_one_as_for_three(name: str) -> None:
    desk = sign_in(Client(), make_user(Role.COORDINATOR))
    counts = []
    for size in (1, 2):
        for _ in range(size):
            patient = make_patient()
            answer(ask(patient), ("phq9", "9"), rank=1)
        address = reverse(f"network:{name}")
        desk.get(address)
        with CaptureQueriesContext(connection) as asked:
            desk.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_file_asks_as_many_queries_for_one_questionnaire_as_for_three() -> None:
    patient = make_patient()
    desk = sign_in(Client(), make_user(Role.COORDINATOR))
    address = reverse("network:patient_questionnaire", args=[patient.code])
    counts = []
    for days in (300, 200, 100):
        make_sent(patient, rank=1, now=clock.now() - timedelta(days=days))
        desk.get(address)
        with CaptureQueriesContext(connection) as asked:
            desk.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[2]
