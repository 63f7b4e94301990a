"""A coordinator's January: the year on one page, one figure understood, the report printed."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from network.enums import Role
from portal.kit import clock
from tests.factories.etp import make_session
from tests.factories.network import make_patient, make_user
from tests.house.indicator_world import make_figures
from tests.journeys.watch import Check, Enter

pytestmark = pytest.mark.django_db(transaction=True)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_yearly_report_is_printed_as_it_is_shown(page: Page, enter: Enter, axe: Check) -> None:
    today = clock.today()
    for _ in range(12):
        make_patient(postcode="75012", included_on=today)
    make_session(starts_at=clock.now() - timedelta(hours=1))
    make_figures()
    enter(page, make_user(Role.COORDINATOR))
    page.goto("/indicateurs/")
    expect(page.get_by_role("heading", name=f"Indicateurs, {today.year}")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^Inclusions")).first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Inclusions", exact=True).click()
    expect(page.get_by_role("heading", name="Définition")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Indicateurs", exact=True).last.click()
    page.get_by_role("link", name="Comparer les sites").click()
    page.get_by_role("link", name="Remplissage des ateliers").first.click()
    expect(page.get_by_role("row", name=re.compile("^Maison de santé"))).to_contain_text("peu")
    axe(page)
    page.get_by_text("Définition", exact=True).click()
    expect(page.get_by_text("Places des séances tenues.")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Indicateurs", exact=True).last.click()
    page.get_by_role("link", name=re.compile("^Rapport annuel")).click()
    expect(page.get_by_role("heading", name=f"Rapport d’activité {today.year}")).to_be_visible()
    axe(page)
    shown = page.locator("[data-figure]").all_inner_texts()
    assert shown[0] == "12"
    with page.expect_download() as awaited:
        page.get_by_role("link", name="Télécharger le PDF").click()
    path: Path = awaited.value.path()
    printed = bare(" ".join(each.extract_text() for each in PdfReader(path).pages))
    at = 0
    for figure in shown:
        at = printed.index(bare(figure), at)
