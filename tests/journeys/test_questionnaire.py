"""A patient answers, stops, resumes on another device and sends; the coordination sees and acts."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from network.actions.questionnaire import send_questionnaire
from network.enums import PathwayState, QuestionnaireKind, Role
from network.models import AnswerAlert, ItemAnswer, Patient, Questionnaire
from network.rules.questionnaire import Question
from network.selectors.questionnaires import filling
from portal.kit import clock
from tests.factories.network import make_patient, make_user
from tests.factories.questionnaires import answer, ask, make_sent
from tests.journeys.watch import PHONE, Check, Enter, OpenPage
from tests.network.doors import mailed_link

pytestmark = pytest.mark.django_db(transaction=True)


def asked(kind: QuestionnaireKind = QuestionnaireKind.SHORT) -> Questionnaire:
    patient = make_patient(
        email="lou@example.org",
        state=PathwayState.INCOMPLETE,
        completed_on=None,
        included_on=None,
    )
    by = make_user(Role.COORDINATOR)
    return send_questionnaire(patient=patient, by=by, now=clock.now(), kind=kind).questionnaire


def come_by_link(page: Page, patient: Patient) -> None:
    page.goto(mailed_link(patient))
    page.get_by_label("Date de naissance").fill("29/02/1980")
    page.get_by_role("button", name="Ouvrir mes pages").click()


def questions(sheet: Questionnaire) -> list[Question]:
    return filling(sheet, on=clock.today()).questions


def reply(page: Page, question: Question) -> None:
    """Answer the question on the screen: the second choice."""
    expect(page.get_by_role("heading", level=1)).to_have_text(question.item.text)
    second = page.locator("[name=answer]").nth(1)
    second.check(force=True) if question.item.scale.kind != "text" else second.fill("Merci")
    page.get_by_role("button", name="Continuer").click()


@pytest.fixture(params=[True, False], ids=["with_scripts", "without"])
def any_phone(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    scripts = {"java_script_enabled": request.param}
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True, **scripts)


def test_answered_stopped_resumed_elsewhere_and_sent(any_phone: Page, page: Page) -> None:
    sheet = asked()
    asks = questions(sheet)
    come_by_link(any_phone, sheet.patient)
    any_phone.get_by_role("link", name="Commencer").click()
    for each in asks[:4]:
        reply(any_phone, each)
    any_phone.get_by_role("button", name="Je reprends plus tard").click()
    expect(any_phone.get_by_role("heading", level=1)).to_have_text("C’est gardé")
    come_by_link(page, sheet.patient)  # another device, the same mail
    expect(page.get_by_text("4 questions sur 15")).to_be_visible()
    page.get_by_role("link", name="Reprendre").click()
    for each in asks[4:]:
        reply(page, each)
    expect(page.get_by_role("heading", level=1)).to_have_text("Relisez, puis envoyez")
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("vos réponses sont arrivées")
    sheet.refresh_from_db()
    assert sheet.sent_at is not None
    assert ItemAnswer.objects.count() == len(asks)


def test_last_question_of_phq9_opens_the_way_to_help(
    phone: Page, page: Page, enter: Enter, axe: Check
) -> None:
    sheet = asked(QuestionnaireKind.ENTRY)
    come_by_link(phone, sheet.patient)
    rank = next(each.rank for each in questions(sheet) if each.key == ("phq9", "9"))
    phone.goto(f"/mon-questionnaire/{sheet.uid}/question/{rank}/")
    phone.get_by_label("Plusieurs jours").check()
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.locator("main").get_by_role("link", name="3114")).to_have_attribute(
        "href", "tel:3114"
    )
    axe(phone)
    phone.get_by_role("link", name="Continuer le questionnaire").click()
    expect(phone.get_by_text(f"Question {rank + 1} sur 41")).to_be_visible()
    enter(page, make_user(Role.COORDINATOR))
    page.goto("/accueil/")
    page.get_by_role("link", name="Appeler les personnes qui vont mal").click()
    axe(page)
    page.get_by_role("link", name="Prendre en charge").click()
    page.get_by_label("Ce qui a été fait").fill("Appelée, médecin traitant prévenu.")
    page.get_by_role("button", name="Noter à mon nom").click()
    expect(page.get_by_text("Personne à appeler")).to_be_visible()
    assert AnswerAlert.objects.get().note == "Appelée, médecin traitant prévenu."


def test_answered_by_keyboard_alone(page: Page, enter: Enter) -> None:
    patient = make_patient(user=make_user(Role.PATIENT))
    sheet = ask(patient, kind=QuestionnaireKind.ENTRY)
    assert patient.user is not None
    enter(page, patient.user)
    page.goto(f"/mon-questionnaire/{sheet.uid}/question/1/")
    page.locator("[name=answer]").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2 sur 41")).to_be_visible()
    assert ItemAnswer.objects.get().value == 3
    page.goto(f"/mon-questionnaire/{sheet.uid}/question/5/")
    page.locator("[name=answer]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 6 sur 41")).to_be_visible()
    assert ItemAnswer.objects.get(item="where").value == ["face", "skull"]


def test_body_is_drawn_beside_its_list(phone: Page, enter: Enter, axe: Check) -> None:
    patient = make_patient(user=make_user(Role.PATIENT))
    sheet = ask(patient, kind=QuestionnaireKind.ENTRY)
    assert patient.user is not None
    enter(phone, patient.user)
    phone.goto(f"/mon-questionnaire/{sheet.uid}/question/5/")
    phone.locator(".z-lower-back rect").click()
    expect(phone.get_by_label("Bas du dos")).to_be_checked()
    phone.get_by_label("Nulle part en ce moment").check()
    expect(phone.get_by_label("Bas du dos")).not_to_be_checked()
    phone.get_by_label("Nuque").check()
    expect(phone.locator(".z-nape path")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Contraste fort").click()
    axe(phone)
    phone.get_by_role("button", name="Lettres plus grandes").click()
    axe(phone)


def test_pages_of_a_link_are_well_made(phone: Page, axe: Check) -> None:
    sheet = asked(QuestionnaireKind.ENTRY)
    make_sent(make_patient(), now=clock.now() - timedelta(days=3))
    come_by_link(phone, sheet.patient)
    axe(phone)
    for rank in (1, 9, 32, 41):
        phone.goto(f"/mon-questionnaire/{sheet.uid}/question/{rank}/")
        axe(phone)
    phone.get_by_role("button", name="Je reprends plus tard").click()
    axe(phone)
    answer(sheet, rank=1)
    phone.goto(f"/mon-questionnaire/{sheet.uid}/relire/")
    axe(phone)
    phone.get_by_role("button", name="Envoyer mes réponses").click()
    axe(phone)
    phone.get_by_role("link", name=re.compile("Revoir mes réponses")).click()
    axe(phone)


def test_coordination_sends_the_link_and_reads_the_scores(
    page: Page, enter: Enter, axe: Check
) -> None:
    patient = make_patient(email="lou@example.org", phone="06 39 98 00 01")
    for days in (210, 100):
        make_sent(patient, rank=days // 100, now=clock.now() - timedelta(days=days))
    enter(page, make_user(Role.COORDINATOR))
    page.goto(f"/dossiers/{patient.code}/")
    page.get_by_role("link", name="Voir les réponses").click()
    axe(page)
    page.get_by_role("button", name="Envoyer le lien").click()
    expect(page.get_by_text("Pas encore commencé")).to_be_visible()
    axe(page)
    page.goto("/questionnaires/")
    axe(page)
    assert Questionnaire.objects.to_answer().get().patient == patient
