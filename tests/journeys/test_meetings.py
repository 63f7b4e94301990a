"""A clinician registers for a webinar from a phone, joins, gives up; an editor sees who comes."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from network.enums import Role
from network.models import OutboxMessage
from portal.kit import clock
from tests.factories.network import make_user
from tests.journeys.watch import PHONE, Check, Enter, OpenPage
from training.actions.meetings import keep_all
from training.actions.registrations import register
from training.enums import Mode
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


def test_clinician_joins_and_is_attested_from_the_platform_s_file(
    phone: Page, page: Page, enter: Enter, axe: Check, settings: Any
) -> None:
    keep_all(now=clock.now())
    meeting = Meeting.objects.get(title__startswith="COVID long")
    assert meeting.starts_at is not None
    assert meeting.ends_at is not None
    person = make_user(Role.CLINICIAN, first_name="Hugo", last_name="Lemaire")
    made = register(meeting=meeting, mode=Mode.VIDEO, by=person, now=clock.now())
    enter(phone, person)
    settings.CLOCK_OFFSET += meeting.starts_at - timedelta(minutes=5) - clock.now()
    phone.goto(f"/se-former/inscriptions/{made.uid}/")
    join = phone.get_by_role("link", name="Rejoindre la visioconférence")
    expect(join).to_have_attribute("href", meeting.link)
    axe(phone)

    settings.CLOCK_OFFSET += meeting.ends_at + timedelta(minutes=5) - clock.now()
    enter(page, make_user(Role.EDITOR))
    page.goto(f"/formation-rencontres/{meeting.pk}/")
    page.get_by_role("link", name="Présences").click()
    stay = f"{meeting.starts_at.isoformat()},{meeting.ends_at.isoformat()}"
    sheet = f"Nom,Rejoindre,Quitté\nHugo Lemaire,{stay}\n".encode()
    file = FilePayload(name="presences.csv", mimeType="text/csv", buffer=sheet)
    page.get_by_label("Fichier de présence").set_input_files(file)
    page.get_by_role("button", name="Vérifier ce fichier").click()
    expect(page.get_by_role("rowheader", name="Hugo Lemaire")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Enregistrer ces présences").click()
    expect(page.get_by_text("attestée").first).to_be_visible()
    axe(page)

    phone.goto("/se-former/attestations/")
    expect(phone.get_by_text("COVID long").first).to_be_visible()
