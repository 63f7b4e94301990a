"""The pieces hold in both schemes and both widths, by axe and by hand."""

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page

from tests.journeys.watch import THOROUGH, faults_of


@pytest.fixture(autouse=True)
def demo(settings: LazySettings) -> None:
    settings.DEMO = True


def test_gallery_well_made(page: Page) -> None:
    page.goto("/composants/")
    assert faults_of(page, THOROUGH) == []


def test_other_day_appears_when_asked(phone: Page) -> None:
    phone.goto("/composants/")
    day = phone.get_by_label("Quel jour")
    assert not day.is_visible()
    phone.get_by_role("radio", name="Autre").check()
    assert day.is_visible()


def test_menu_plus_opens_and_closes(phone: Page) -> None:
    phone.goto("/composants/")
    link = phone.locator(".mainnav details").get_by_text("Se former")
    assert not link.is_visible()
    phone.get_by_text("Plus", exact=True).click()
    assert link.is_visible()
    phone.keyboard.press("Escape")
    assert not link.is_visible()


def test_error_summary_takes_focus(page: Page) -> None:
    page.goto("/composants/")
    assert page.evaluate("document.activeElement.className") == "summary-errors"
    page.get_by_role("link", name="Choisissez un nom dans la liste").click()
    assert page.evaluate("document.activeElement.name") == "wrong-patient"
