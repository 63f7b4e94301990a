"""Bank details: asked for by who is paid, confirmed by a second person after a call."""

import pytest
from playwright.sync_api import Page, expect

from network.enums import BankState, Role
from network.models import BankDetails, Professional
from tests.factories.fees import account
from tests.factories.network import make_professional, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
IBAN = "FR76 9999 9000 0100 0000 0004 286"
WRONG_KEY = "FR77 9999 9000 0100 0000 0004 286"
MASKED = "•••• 4286"


@pytest.fixture
def hugo() -> Professional:
    return make_professional(first_name="Hugo", last_name="Lemaire", phone="01 99 00 12 34")


def ask(page: Page, iban: str) -> None:
    page.get_by_label("IBAN").fill(iban)
    page.get_by_role("button", name="Demander ce compte").click()


def test_account_is_asked_for_then_confirmed_by_a_second_person(
    phone: Page, open_page: OpenPage, enter: Enter, axe: Check, hugo: Professional
) -> None:
    enter(phone, account(hugo))
    phone.goto("/compte/")
    phone.get_by_role("link", name="Indiquer un compte bancaire").click()
    phone.get_by_label("Titulaire du compte").fill("Hugo Lemaire")
    ask(phone, WRONG_KEY)
    expect(phone.locator(".field.wrong")).to_contain_text("IBAN")
    expect(phone.get_by_label("IBAN")).to_have_value(WRONG_KEY)
    expect(phone.get_by_label("Titulaire du compte")).to_have_value("Hugo Lemaire")
    axe(phone)
    ask(phone, IBAN)
    expect(phone.get_by_role("main")).to_contain_text(MASKED)
    assert "9999" not in phone.content()
    desk = open_page()
    enter(desk, make_user(Role.ACCOUNTANT))
    confirm(desk, axe)
    phone.goto("/compte/coordonnees-bancaires/")
    expect(phone.get_by_role("main")).not_to_contain_text("À confirmer")
    expect(phone.get_by_role("main")).to_contain_text(MASKED)
    assert BankDetails.objects.get().state == BankState.CONFIRMED


def confirm(page: Page, axe: Check) -> None:
    page.goto("/coordonnees-bancaires/")
    page.get_by_role("link", name="Hugo Lemaire").click()
    expect(page.get_by_role("main")).to_contain_text("01 99 00 12 34")
    page.get_by_role("button", name="Confirmer ce compte").click()
    expect(page.get_by_role("alert")).to_contain_text("Notez l’appel ou la raison")
    axe(page)
    page.get_by_label("Votre note").fill("Appelé au cabinet, les quatre signes concordent")
    page.get_by_role("button", name="Confirmer ce compte").click()
    expect(page.get_by_role("heading", name="Rien à confirmer")).to_be_visible()


def test_who_asked_cannot_confirm(page: Page, enter: Enter) -> None:
    both = make_user(Role.CLINICIAN, roles=(Role.ACCOUNTANT,))
    make_professional(user=both, first_name="Hugo", last_name="Lemaire")
    enter(page, both)
    page.goto("/compte/coordonnees-bancaires/")
    page.get_by_label("Titulaire du compte").fill("Hugo Lemaire")
    ask(page, IBAN)
    expect(page.get_by_role("main")).to_contain_text(MASKED)
    answer = page.goto(f"/coordonnees-bancaires/{BankDetails.objects.get().pk}/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("button", name="Confirmer ce compte")).to_have_count(0)
    assert BankDetails.objects.get().state == BankState.PROPOSED
