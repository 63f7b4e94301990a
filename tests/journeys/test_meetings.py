"""A clinician registers for a webinar from a phone, joins, gives up; an editor sees who comes."""

import pytest
from playwright.sync_api import Page, expect

from network.enums import Role
from network.models import OutboxMessage
from tests.factories.network import make_user
from tests.journeys.watch import PHONE, Check, Enter, OpenPage
from training.models import Meeting, Registration, WebinarPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]


def test_webinar_registered_for_in_one_tap_and_given_up(
    phone: Page, page: Page, open_page: OpenPage, enter: Enter, axe: Check
) -> None:
    webinar = WebinarPage.objects.get(slug="covid-long")
    stranger = open_page(viewport=PHONE, java_script_enabled=False)
    stranger.goto("/agenda/")
    stranger.get_by_role("link", name="repérer et traiter").click()
    expect(stranger.get_by_role("link", name="Se connecter pour s’inscrire")).to_be_visible()

    enter(phone, make_user(Role.CLINICIAN, first_name="Hugo", last_name="Lemaire"))
    phone.goto(webinar.url)
    axe(phone)
    phone.get_by_role("button", name="M’inscrire à distance").click()
    expect(phone.get_by_text("15\u00a0minutes avant le début")).to_be_visible()
    axe(phone)
    mail = OutboxMessage.objects.get()
    assert "BEGIN:VEVENT" in mail.calendar
    phone.goto("/se-former/inscriptions/")
    axe(phone)

    enter(page, make_user(Role.EDITOR))
    page.goto("/formation-rencontres/")
    page.get_by_role("link", name="repérer et traiter").click()
    expect(page.get_by_role("rowheader", name="Hugo Lemaire")).to_be_visible()
    axe(page)

    made = Registration.objects.get()
    mailed = mail.body[mail.body.index("/rencontre/") :].split()[0]
    stranger.goto(mailed)
    stranger.get_by_role("button", name="Annuler mon inscription").click()
    expect(stranger.get_by_role("link", name="Voir l’annonce")).to_be_visible()
    made.refresh_from_db()
    assert (made.state, Meeting.objects.get(pk=made.meeting_id).registrations.count()) == (
        "cancelled",
        1,
    )
