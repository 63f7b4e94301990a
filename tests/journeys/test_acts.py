"""Acts, as clinicians, accountants and the medical director live them, in a real browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from fees.enums import Decision, Kind, State
from fees.models import Act
from network.enums import Profession, Role
from network.models import Patient, Professional
from portal.kit import clock
from tests.factories.fees import account, claim, log
from tests.factories.network import make_patient, make_professional, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO, first_name="Hugo", last_name="Lemaire")


@pytest.fixture
def aubrac(physio: Professional) -> Patient:
    return make_patient(
        included_on=clock.today() - timedelta(days=250),
        birth_name="Aubrac",
        first_names="Solène",
        followed_by=physio,
    )


def sessions(patient: Patient, physio: Professional, count: int) -> None:
    """Some sessions before yesterday, all in this year as long as the year is 15 days old."""
    for each in range(count):
        log(patient, physio, Kind.KINE_REMOB, clock.today() - timedelta(days=each + 2))


def test_physio_notes_an_act_with_the_cap_in_sight(
    phone: Page, enter: Enter, axe: Check, physio: Professional, aubrac: Patient
) -> None:
    sessions(aubrac, physio, 6)
    enter(phone, account(physio))
    phone.goto("/accueil/")
    phone.get_by_role("main").get_by_role("link", name="Noter un acte").click()
    phone.get_by_label("Patient", exact=True).select_option(index=1)
    expect(phone.locator("#verdict")).to_contain_text("7 sur 10 en")
    axe(phone)
    phone.get_by_role("button", name="Noter cet acte").click()
    expect(phone.get_by_role("heading", name="Acte noté")).to_be_visible()
    expect(phone.get_by_role("main")).to_contain_text("Il reste 3\u00a0séances sur 10 en")
    axe(phone)


def test_eleventh_session_is_refused_with_rule_count_and_date(
    page: Page, enter: Enter, axe: Check, physio: Professional, aubrac: Patient
) -> None:
    sessions(aubrac, physio, 10)
    enter(page, account(physio))
    page.goto(f"/actes/noter/?patient={aubrac.pk}")
    notice = page.locator(".notice.bad")
    expect(notice).to_contain_text("10\u00a0séances par patient en")
    expect(notice).to_contain_text("Possible dès le")
    axe(page)
    page.get_by_role("button", name="Noter sans paiement").click()
    expect(page.get_by_role("heading", name="Cet acte n’est pas payé")).to_be_visible()
    assert Act.objects.filter(state=State.REFUSED).count() == 1


def test_act_is_noted_with_the_keyboard_alone(
    page: Page, enter: Enter, physio: Professional, aubrac: Patient
) -> None:
    enter(page, account(physio))
    page.goto(f"/actes/noter/?patient={aubrac.pk}")
    page.get_by_label("Patient", exact=True).focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Noter cet acte":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Acte noté")).to_be_visible()


def test_act_is_noted_without_javascript(
    open_page: OpenPage, enter: Enter, physio: Professional, aubrac: Patient
) -> None:
    page = open_page(java_script_enabled=False)
    enter(page, account(physio))
    page.goto("/actes/noter/")
    page.get_by_label("Patient", exact=True).select_option(index=1)
    page.get_by_role("button", name="Voir ce qu’il reste").click()
    expect(page.locator("#verdict")).to_contain_text("1 sur 10 en")
    page.get_by_role("button", name="Noter cet acte").click()
    expect(page.get_by_role("heading", name="Acte noté")).to_be_visible()


def test_refusal_is_read_before_it_is_noted_without_javascript(
    open_page: OpenPage, enter: Enter, physio: Professional, aubrac: Patient
) -> None:
    sessions(aubrac, physio, 10)
    page = open_page(java_script_enabled=False)
    enter(page, account(physio))
    page.goto("/actes/noter/")
    page.get_by_label("Patient", exact=True).select_option(index=1)
    page.get_by_role("button", name="Noter cet acte").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’est noté encore")
    expect(page.locator(".notice.bad")).to_contain_text("Possible dès le")
    assert not Act.objects.filter(state=State.REFUSED).exists()
    page.get_by_role("button", name="Noter sans paiement").click()
    expect(page.get_by_role("heading", name="Cet acte n’est pas payé")).to_be_visible()
    assert Act.objects.filter(state=State.REFUSED).count() == 1


def test_reason_typed_before_a_late_answer_stays_typed(
    page: Page, enter: Enter, physio: Professional, aubrac: Patient
) -> None:
    sessions(aubrac, physio, 1)
    enter(page, account(physio))
    page.goto(f"/actes/{Act.objects.get().pk}/corriger/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/corriger/", hold)
    page.get_by_label("Hier").check()
    page.get_by_label("Pourquoi cette correction").press_sequentially("Mauvais jour")
    with page.expect_response("**/corriger/"):
        held[0].continue_()
    page.unroute("**/corriger/")
    with page.expect_response("**/corriger/"):  # leaving the field asks again
        page.get_by_label("Pourquoi cette correction").press("Tab")
    expect(page.locator("#verdict")).to_contain_text("1 sur 10 en")
    expect(page.get_by_label("Pourquoi cette correction")).to_have_value("Mauvais jour")
    page.get_by_role("button", name="Noter cet acte").click()
    expect(page.get_by_role("heading", name="Acte noté")).to_be_visible()


def test_wrong_input_is_said_beside_the_field(
    phone: Page, enter: Enter, axe: Check, physio: Professional, aubrac: Patient
) -> None:
    enter(phone, account(physio))
    phone.goto("/actes/noter/")
    phone.get_by_role("radio", name=re.compile("Autre")).check()
    phone.get_by_role("button", name="Noter cet acte").click()
    expect(phone.get_by_role("alert")).to_contain_text("Choisissez le patient.")
    expect(phone.get_by_role("alert")).to_contain_text("Indiquez le jour")
    axe(phone)


def test_accountant_sees_the_act_arrive_and_validates_it(
    page: Page,
    open_page: OpenPage,
    enter: Enter,
    axe: Check,
    physio: Professional,
    aubrac: Patient,
) -> None:
    claim(log(aubrac, physio, Kind.KINE_REMOB, clock.today()), now=clock.now())
    enter(page, make_user(Role.ACCOUNTANT))
    page.goto("/controle/")
    expect(page.get_by_role("cell", name=aubrac.code)).to_be_visible()
    expect(page.get_by_text("Aubrac")).to_have_count(0)
    axe(page)
    page.get_by_role("link", name="Hugo Lemaire").click()
    axe(page)
    page.get_by_role("button", name="Valider cet acte").click()
    expect(page.get_by_text("Validé par la comptabilité")).to_be_visible()


def test_medical_director_arbitrates_and_the_doctor_reads_why(
    page: Page, open_page: OpenPage, enter: Enter, axe: Check
) -> None:
    doctor = make_professional(profession=Profession.DOCTOR, title="Dr")
    patient = make_patient(included_on=clock.today() - timedelta(days=250), followed_by=doctor)
    for days, kind in ((9, Kind.MED_BILAN), (8, Kind.MED_REEVAL), (7, Kind.MED_REEVAL)):
        act = log(patient, doctor, kind, clock.today() - timedelta(days=days))
    enter(page, make_user(Role.MEDICAL_DIRECTOR))
    page.goto("/arbitrages/")
    axe(page)
    page.get_by_role("link", name=re.compile("Réévaluation")).click()
    axe(page)
    page.get_by_label("Motif").fill("Poussée après l’opération")
    page.get_by_role("button", name="Accepter l’acte").click()
    expect(page.get_by_role("heading", name="Rien à arbitrer")).to_be_visible()
    act.refresh_from_db()
    assert act.decision == Decision.ACCEPTED
    theirs = open_page()
    enter(theirs, account(doctor))
    theirs.goto(f"/actes/{act.pk}/")
    expect(theirs.get_by_text("Poussée après l’opération")).to_be_visible()
