"""A doctor refers from a phone and a desk; the coordination answers on the twelfth day."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from network.enums import Addressee, PathwayState, Profession, Role
from network.models import (
    Attachment,
    OutboxMessage,
    PathwayStep,
    Patient,
    Referral,
    RequestLetter,
    Structure,
    User,
)
from portal.kit import clock
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.referral import PDF, make_referral, patient_of
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def doctor() -> User:
    found = make_professional(
        profession=Profession.DOCTOR, first_name="Alma", last_name="Fontelune", title="Dr"
    ).user
    assert found is not None
    return found


def typed_in_draft(name: str) -> Any:
    return Referral.objects.get().typed.get(name)


def wait_until_kept(page: Page, name: str, value: str) -> None:
    """« Brouillon enregistré » may tell of the fields before it."""
    for _ in range(200):
        if Referral.objects.exists() and typed_in_draft(name) == [value]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{name} is not in the draft")


def test_doctor_refers_from_a_phone_then_a_desk(
    phone: Page, open_page: OpenPage, enter: Enter, axe: Check, doctor: User
) -> None:
    enter(phone, doctor)
    phone.goto(reverse("home:dashboard"))
    phone.get_by_role("link", name="Adresser un patient").click()
    phone.get_by_label("Nom de naissance").fill("Sorlin")
    phone.get_by_label("Prénoms").fill("Ysée")
    phone.get_by_role("radio", name="Femme").check()
    phone.get_by_label("Date de naissance").fill("31/02/1979")
    phone.get_by_label("Votre question").fill("Que proposer après deux chirurgies ?")
    phone.get_by_label("Votre question").blur()
    wait_until_kept(phone, "question", "Que proposer après deux chirurgies ?")
    expect(phone.locator("[data-kept]")).to_contain_text("Brouillon enregistré à")
    axe(phone)
    phone.context.close()  # stops here: nothing was pressed

    desk = open_page()
    enter(desk, doctor)
    desk.goto("/mes-demandes/")
    desk.get_by_role("link", name="Ysée Sorlin").click()
    expect(desk.get_by_label("Date de naissance")).to_have_value("31/02/1979")
    expect(desk.get_by_label("Votre question")).to_have_value(re.compile("chirurgies"))
    desk.get_by_label("Joindre des documents").set_input_files(
        {"name": "irm sorlin.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    desk.get_by_role("button", name="Joindre ces documents").click()
    expect(desk.get_by_text("irm sorlin.pdf").first).to_be_visible()
    desk.get_by_role("button", name="Envoyer la demande").click()
    expect(desk.get_by_role("alert").first).to_contain_text("points à reprendre")
    axe(desk)
    desk.get_by_label("Date de naissance").fill("14/03/1979")
    desk.get_by_label("Téléphone", exact=True).fill("06 39 98 40 01")
    desk.get_by_label(re.compile("Le patient est informé")).check()
    desk.get_by_role("button", name="Envoyer la demande").click()
    expect(desk.get_by_text("Votre demande est envoyée.")).to_be_visible()
    expect(desk.get_by_text("En attente du questionnaire")).to_be_visible()
    axe(desk)
    desk.go_back()  # the form again, from the browser's memory or from here
    desk.goto("/mes-demandes/")
    expect(desk.get_by_role("row", name=re.compile("Ysée Sorlin"))).to_have_count(1)
    patient = Patient.objects.get()
    assert (patient.state, patient.birth_date) == (PathwayState.INCOMPLETE, date(1979, 3, 14))
    assert Attachment.objects.get().referral == Referral.objects.get()
    assert patient.links.get().professional.user == doctor


def test_draft_says_when_it_is_not_kept_and_catches_up(
    phone: Page, enter: Enter, doctor: User
) -> None:
    enter(phone, doctor)
    phone.goto("/adresser/")
    phone.get_by_label("Prénoms").fill("Ysée")
    phone.get_by_label("Prénoms").blur()
    expect(phone.locator("[data-kept]")).to_contain_text("Brouillon enregistré à")
    phone.route("**/champ/", lambda route: route.abort())
    phone.get_by_label("Votre question").fill("Que proposer ?")
    phone.get_by_label("Votre question").blur()
    expect(phone.locator("[data-not-kept]")).to_contain_text("Pas de connexion")
    phone.unroute("**/champ/")
    expect(phone.locator("[data-not-kept]")).to_be_hidden(timeout=15_000)
    assert typed_in_draft("question") == ["Que proposer ?"]


def request_of_day_twelve(author: User) -> Patient:
    """Received fifteen days ago, complete for twelve."""
    patient = patient_of(
        make_referral(
            author,
            who={"postcode": "75011", "city": "Paris"},
            history="Depuis 2019.",
            fast_tracks=["cancer"],
            syndrome="Lombalgie",
        )
    )
    received, complete = (clock.today() - timedelta(days=days) for days in (15, 12))
    Patient.objects.filter(pk=patient.pk).update(
        requested_on=received, completed_on=complete, state=PathwayState.REQUESTED
    )
    PathwayStep.objects.create(
        patient=patient,
        move="completed",
        state=PathwayState.REQUESTED,
        on=complete,
        at=timezone.now(),
    )
    return patient


def test_coordinator_includes_on_the_twelfth_day(
    page: Page, open_page: OpenPage, enter: Enter, axe: Check, doctor: User
) -> None:
    patient = request_of_day_twelve(doctor)
    make_referral(doctor, who={"birth_name": "Vaucrenel"})
    OutboxMessage.objects.all().delete()
    enter(page, make_user(Role.COORDINATOR, first_name="Alix", last_name="Perrault"))
    page.goto("/demandes/")
    row = page.get_by_role("listitem").filter(has_text="Sorlin")
    expect(row).to_contain_text("3\u00a0jours")
    expect(row).to_contain_text("reçue il y a 15 jours")
    expect(row).to_contain_text("Douleur liée à un cancer")
    waits = page.get_by_role("listitem").filter(has_text="Vaucrenel")
    expect(waits).to_contain_text("questionnaire du patient")
    axe(page)
    row.get_by_role("link", name=re.compile("Décider")).click()
    expect(page.get_by_text("Depuis 2019.")).to_be_visible()
    axe(page)
    page.get_by_text("Inclure dans le réseau").click()
    page.get_by_role("button", name="Relire les courriers").click()
    letter = page.get_by_label("Courrier au médecin")
    expect(letter).to_have_value(re.compile("15\u00a0mois"))
    axe(page)
    letter.fill("Docteur,\n\nC’est oui, et merci de votre confiance.")
    page.get_by_role("button", name="Confirmer la réponse").click()
    expect(page.get_by_text("La réponse est enregistrée")).to_be_visible()
    axe(page)
    patient.refresh_from_db()
    assert (patient.state, patient.included_on) == (PathwayState.FOLLOWED, clock.today())
    written = RequestLetter.objects.get(to=Addressee.DOCTOR)
    assert written.body.startswith("Docteur,")
    assert [mail.to for mail in OutboxMessage.objects.all()] == [doctor.email]
    theirs = open_page()
    enter(theirs, doctor)
    theirs.goto("/mes-demandes/")
    theirs.get_by_role("link", name="Ysée Sorlin").click()
    with theirs.expect_download() as download:
        theirs.get_by_role("link", name=re.compile("Courrier du")).click()
    assert "Sorlin" not in download.value.suggested_filename


def test_coordinator_redirects_with_the_keyboard_alone(
    page: Page, enter: Enter, axe: Check, doctor: User
) -> None:
    Structure.objects.create(name="Centre de la Démo", kind="centre", department="75")
    Structure.objects.create(name="Consultation d’Essai", kind="consultation", department="91")
    patient = request_of_day_twelve(doctor)
    enter(page, make_user(Role.COORDINATOR))
    page.goto(f"/demandes/{patient.code}/")
    page.get_by_role("radio", name="Réorienter").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the structure of the patient's department comes first
    expect(page.get_by_role("checkbox", name="Centre de la Démo")).to_be_checked()
    page.get_by_role("button", name="Relire les courriers").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Écrivez le motif")
    expect(page.get_by_role("checkbox", name="Centre de la Démo")).to_be_checked()
    axe(page)
    page.get_by_label("Motif").fill("Un centre plus proche.")
    page.get_by_role("button", name="Relire les courriers").press("Enter")
    expect(page.get_by_label("Courrier au patient")).to_have_value(re.compile("Centre de la Démo"))
    page.get_by_role("button", name="Changer la réponse").press("Enter")
    expect(page.get_by_role("radio", name="Réorienter")).to_be_checked()
    expect(page.get_by_label("Motif")).to_have_value("Un centre plus proche.")
    page.get_by_role("button", name="Relire les courriers").press("Enter")
    page.get_by_role("button", name="Confirmer la réponse").press("Enter")
    expect(page.get_by_text("La réponse est enregistrée")).to_be_visible()
    patient.refresh_from_db()
    assert patient.state == PathwayState.REDIRECTED


def test_coordinator_recognises_somebody(
    page: Page, enter: Enter, axe: Check, doctor: User
) -> None:
    patient = request_of_day_twelve(doctor)
    known = make_patient(
        birth_name="Sorlin",
        first_names="Ysée",
        birth_date=patient.birth_date,
        state=PathwayState.ENDED,
        left_on=clock.today() - timedelta(days=30),
    )
    enter(page, make_user(Role.COORDINATOR))
    page.goto(f"/demandes/{patient.code}/")
    page.get_by_role("link", name=re.compile("Comparer avec le dossier")).click()
    axe(page)
    page.get_by_role("button", name="C’est la même personne").click()
    expect(page.get_by_text("La demande est réunie")).to_be_visible()
    expect(page.get_by_role("heading", name="Répondre")).to_be_visible()
    axe(page)
    known.refresh_from_db()
    assert known.state == PathwayState.REQUESTED
