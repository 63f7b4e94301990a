"""The public site read by a stranger, and a webinar published by an editor."""

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from network.enums import Role
from tests.factories.network import make_user
from tests.journeys.watch import DARK, EACH_PAGE, Enter, faults_of
from training.models import WebinarIndexPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]

ASKED = "[...document.querySelectorAll('[required]')].filter(e => !e.value).map(e => e.name)"
"""The fields that must be filled and are not yet."""


@pytest.mark.wide
def test_every_public_page_is_well_made(page: Page) -> None:
    public = [shown.url for shown in WagtailPage.objects.filter(depth__gte=2).live()]
    assert len(public) == 20
    for address in public:
        page.goto(address)
        assert faults_of(page, [*EACH_PAGE, DARK]) == []


def test_patient_finds_how_to_prepare_from_a_phone(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="Préparer mon premier rendez-vous").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Préparer son premier rendez-vous")
    phone.get_by_role("navigation", name="Principale").get_by_text("Patients").click()
    question = phone.get_by_text("Faut-il un ordinateur")
    question.click()
    expect(phone.get_by_text("Un téléphone suffit")).to_be_visible()


def test_editor_previews_and_publishes_a_webinar(page: Page, enter: Enter) -> None:
    agenda = WebinarIndexPage.objects.get()
    enter(page, make_user(Role.EDITOR))
    page.goto(f"/redaction/pages/add/training/webinarpage/{agenda.pk}/")
    typed = {
        "title": "Douleur et sommeil",
        "theme": "Mieux dormir malgré la douleur",
        "held_on": "2026-12-15",
        "introduction": "Ce que l'on peut faire en ville.",
    }
    asked = page.evaluate(ASKED)
    assert set(asked) - {"slug"} == set(typed)  # the address is written from the title
    for name, words in typed.items():
        page.fill(f"#id_{name}", words)
    page.keyboard.press("Escape")
    page.get_by_label("Afficher/masquer la prévisualisation").click()
    preview = page.frame_locator("iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text("Douleur et sommeil")
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url(f"**/redaction/pages/{agenda.pk}/")
    page.goto("/agenda/")
    page.get_by_role("link", name="Douleur et sommeil").click()
    expect(page.get_by_text("Mieux dormir malgré la douleur")).to_be_visible()
