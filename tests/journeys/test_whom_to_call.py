"""Whom to call: a doctor on a phone in three screens; a number given, read, and never leaked."""

import re

import pytest
from playwright.sync_api import Page, expect

from home.demo_data.calendar import Calendar
from home.demo_data.directory import load_directory
from network.enums import Profession, Role
from network.rules.directory import LineAudience
from portal.kit.phones import tells
from tests.factories.directory import make_phone_line
from tests.factories.home import SEASON, make_site
from tests.factories.network import make_professional, make_user
from tests.journeys.watch import Check, Enter

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "01 99 00 86 42"


def test_doctor_finds_a_child_pain_centre_in_94_by_keyboard_and_map(
    phone: Page, enter: Enter, axe: Check
) -> None:
    make_site()
    load_directory(Calendar(SEASON))
    doctor = make_professional(profession=Profession.DOCTOR).user
    assert doctor is not None
    enter(phone, doctor)
    phone.goto("/annuaire/")  # one
    phone.get_by_label("Pour", exact=True).select_option(label="Enfants")
    phone.get_by_role("button", name="Chercher").click()  # two
    door = phone.get_by_role("link", name=re.compile("Val-de-Marne"))
    door.focus()
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("dep=94.*|.*dep=94"))
    rows = phone.locator(".sheets > li")
    expect(rows.first).to_contain_text("94")
    expect(rows.first).to_contain_text("enfants")
    axe(phone)
    rows.first.get_by_role("link").first.click()  # three
    expect(phone.get_by_role("heading", level=2, name="Joindre")).to_be_visible()
    expect(phone.locator('a[href^="tel:"]').first).to_be_visible()


def test_number_is_given_by_an_administrator_and_read_by_a_verified_doctor_alone(
    page: Page, phone: Page, enter: Enter, axe: Check
) -> None:
    make_phone_line(LineAudience.VERIFIED, name="Aide à la prescription")
    enter(page, make_user(Role.ADMINISTRATOR))
    page.goto("/accueil/")
    page.get_by_role("link", name=re.compile("Saisir le numéro d’une ligne réservée")).click()
    page.get_by_role("link", name=re.compile("Saisir le numéro")).click()
    page.get_by_label("Numéro de la ligne").fill("+33 1 99 00 86 42")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le numéro est enregistré.")).to_be_visible()
    assert not tells(page.content(), NUMBER)
    doctor = make_professional(profession=Profession.DOCTOR).user
    assert doctor is not None
    enter(phone, doctor)
    phone.goto("/je-cherche/")
    line = phone.locator(".lines > li", has_text="Aide à la prescription")
    expect(line.get_by_role("link", name=NUMBER)).to_be_visible()
    expect(line.get_by_text(re.compile("Ouverte jusqu’à|Fermée, ouvre"))).to_be_visible()
    axe(phone)
    enter(page, make_user(Role.PATIENT))
    for address in ("/je-cherche/", "/lignes/", "/je-cherche/?q=prescription"):
        page.goto(address)
        assert not tells(page.content(), NUMBER)
        expect(page.get_by_text("Aide à la prescription")).to_have_count(0)
