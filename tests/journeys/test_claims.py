"""Claims, as a physiotherapist lives them on a telephone: sent, returned, corrected, sent again."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from fees.actions.claims import return_line
from fees.enums import Kind, LineState
from fees.models import Claim, ClaimLine
from network.enums import Profession, Role
from network.models import Patient, Professional
from portal.kit import clock
from portal.kit.dates import add_months
from tests.factories.fees import account, log
from tests.factories.network import make_patient, make_professional, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def last_month() -> date:
    return add_months(clock.today().replace(day=1), -1)


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO, first_name="Hugo", last_name="Lemaire")


@pytest.fixture
def aubrac(physio: Professional) -> Patient:
    """Three sessions of last month."""
    patient = make_patient(
        included_on=clock.today() - timedelta(days=250),
        birth_name="Aubrac",
        first_names="Solène",
        followed_by=physio,
    )
    for each in range(3):
        log(patient, physio, Kind.KINE_REMOB, last_month() + timedelta(days=each))
    return patient


def test_physio_sends_a_month_corrects_what_came_back_and_sends_again(
    phone: Page, enter: Enter, axe: Check, physio: Professional, aubrac: Patient
) -> None:
    enter(phone, account(physio))
    phone.goto("/accueil/")
    phone.get_by_role("link", name="Envoyer ma demande").click()
    axe(phone)
    phone.get_by_role("button", name="Envoyer ma demande").click()
    expect(phone.get_by_role("heading", name="Demande envoyée")).to_be_visible()
    expect(phone.get_by_role("main")).to_contain_text("90,00\u00a0€")
    axe(phone)

    line = ClaimLine.objects.order_by("act__done_on").first()
    assert line
    by = make_user(Role.ACCOUNTANT)
    return_line(line=line, reason="C’était un jour férié", by=by, now=clock.now())
    phone.goto("/accueil/")
    phone.get_by_role("link", name="Corriger un acte renvoyé").click()
    expect(phone.get_by_role("main")).to_contain_text("C’était un jour férié")
    axe(phone)
    phone.get_by_role("link", name="Corriger, annuler ou demander de nouveau").click()
    axe(phone)
    phone.get_by_role("link", name="Corriger", exact=False).first.click()
    right = last_month() + timedelta(days=6)
    with phone.expect_response("**/corriger/"):  # the cap is looked at for the new day
        phone.get_by_label("Quel jour").fill(right.isoformat())
        phone.get_by_label("Quel jour").press("Tab")
    with phone.expect_response("**/corriger/"):
        phone.get_by_label("Pourquoi cette correction").fill("Mauvais jour")
        phone.get_by_label("Pourquoi cette correction").press("Tab")
    phone.get_by_role("button", name="Noter cet acte").click()
    expect(phone.get_by_role("heading", name="Acte noté")).to_be_visible()
    phone.get_by_role("link", name="Envoyer la demande du mois").click()
    phone.get_by_role("button", name="Envoyer ma demande").click()
    expect(phone.get_by_role("heading", name="Demande envoyée")).to_be_visible()
    assert Claim.objects.count() == 2
    again = ClaimLine.objects.latest("pk")
    assert (again.act.done_on, again.state) == (right, LineState.SENT)


def test_month_is_sent_without_javascript(
    open_page: OpenPage, enter: Enter, physio: Professional, aubrac: Patient
) -> None:
    page = open_page(java_script_enabled=False)
    enter(page, account(physio))
    page.goto("/actes/demandes/")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", name="Demande envoyée")).to_be_visible()
    assert Claim.objects.count() == 1


def test_accountant_answers_why_an_act_is_not_paid(
    page: Page, enter: Enter, axe: Check, physio: Professional, aubrac: Patient
) -> None:
    enter(page, make_user(Role.ACCOUNTANT))
    page.goto("/paiement-d-un-acte/")
    page.get_by_label("Nom ou RPPS").fill("lemaire")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("son paiement n’est pas encore demandé").first).to_be_visible()
    expect(page.get_by_text("Aubrac")).to_have_count(0)
    axe(page)
