"""A patient enters the network: file, inclusion, team, ALD, RCP, and who may read of it."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from network.enums import Profession, Role
from network.models import AldPeriod, Patient, Professional, RcpFile
from portal.kit import clock
from tests.factories.fees import account
from tests.factories.network import make_patient, make_professional, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hugo() -> Professional:
    return make_professional(profession=Profession.PHYSIO, first_name="Hugo", last_name="Lemaire")


def typed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def test_coordinator_opens_a_file_and_includes_the_patient(
    page: Page, enter: Enter, axe: Check
) -> None:
    enter(page, make_user(Role.COORDINATOR))
    page.goto("/dossiers/")
    page.get_by_role("link", name="Ouvrir un dossier").click()
    page.get_by_label("Nom de naissance").fill("Aubrac")
    page.get_by_label("Prénoms").fill("Solène")
    page.get_by_role("radio", name="Femme").check()
    page.get_by_label("Date de naissance").fill("31/02/1980")
    page.get_by_label("Demande reçue le").fill(typed(clock.today()))
    page.get_by_role("button", name="Ouvrir le dossier").click()
    reason = "Février 1980 a 29 jours\u00a0: vérifiez le jour."
    expect(page.locator(".field.wrong", has_text="Date de naissance")).to_contain_text(reason)
    expect(page.get_by_label("Date de naissance")).to_have_value("31/02/1980")
    expect(page.get_by_label("Nom de naissance")).to_have_value("Aubrac")
    expect(page.get_by_role("radio", name="Femme")).to_be_checked()
    axe(page)
    page.get_by_role("alert").get_by_role("link", name=reason).click()
    expect(page.get_by_label("Date de naissance")).to_be_focused()
    page.get_by_label("Date de naissance").fill("28/02/1980")
    page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(page.get_by_text("Le dossier est ouvert.")).to_be_visible()
    page.get_by_role("link", name="Répondre à la demande").click()
    page.get_by_text("Inclure dans le réseau").click()
    page.get_by_role("button", name="Relire les courriers").click()
    page.get_by_role("button", name="Confirmer la réponse").click()
    expect(page.get_by_text("La réponse est enregistrée")).to_be_visible()
    assert Patient.objects.get().included_on == clock.today()


def test_physio_of_the_team_sees_the_caps_and_a_stranger_nothing(
    page: Page, open_page: OpenPage, enter: Enter, axe: Check, hugo: Professional
) -> None:
    patient = make_patient(included_on=clock.today() - timedelta(days=9))
    enter(page, make_user(Role.COORDINATOR))
    page.goto(f"/dossiers/{patient.code}/")
    page.get_by_role("link", name="Ajouter à l’équipe").click()
    page.get_by_label("Professionnel").select_option(label="Hugo Lemaire, kinésithérapeute")
    page.get_by_role("button", name="Ajouter à l’équipe").click()
    expect(page.get_by_role("complementary")).to_contain_text("Hugo Lemaire")
    theirs = open_page()
    enter(theirs, account(hugo))
    theirs.goto("/dossiers/")
    theirs.get_by_role("link", name=patient.birth_name).click()
    expect(theirs.get_by_role("region", name="Plafonds")).to_contain_text("10\u00a0séances")
    expect(theirs.get_by_role("link", name="Ajouter à l’équipe")).to_have_count(0)
    stranger = open_page()
    enter(stranger, account(make_professional()))
    answer = stranger.goto(f"/dossiers/{patient.code}/")
    assert answer is not None
    assert answer.status == 404
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Le fil s’arrête ici")
    expect(stranger.get_by_text(patient.birth_name)).to_have_count(0)
    axe(stranger)


def test_coordinator_notes_an_ald_and_its_end(page: Page, enter: Enter, axe: Check) -> None:
    patient = make_patient()
    enter(page, make_user(Role.COORDINATOR))
    page.goto(f"/dossiers/{patient.code}/")
    page.get_by_role("link", name="Noter une ALD").click()
    page.get_by_label("Du", exact=True).fill("05/01/2026")
    page.get_by_role("button", name="Noter cette ALD").click()
    expect(page.get_by_role("alert")).to_contain_text("Deux points à reprendre")
    expect(page.get_by_label("Du", exact=True)).to_have_value("05/01/2026")
    axe(page)
    page.get_by_role("radio", name=re.compile("ALD 31")).check()
    page.get_by_label("Justificatif vu").fill("Attestation de droits du 3 mars 2026")
    page.get_by_role("button", name="Noter cette ALD").click()
    period = page.get_by_role("row", name=re.compile("ALD 31"))
    expect(period).to_contain_text("en cours")
    period.get_by_role("link", name=re.compile("Noter la fin")).click()
    page.get_by_label("Dernier jour").fill("30/06/2026")
    page.get_by_role("button", name="Noter cette fin").click()
    expect(period).to_contain_text("30 juin")
    assert AldPeriod.objects.get().ends_on == date(2026, 6, 30)


def test_rcp_is_noted_then_its_proofs_completed(
    page: Page, enter: Enter, hugo: Professional
) -> None:
    patient = make_patient(birth_name="Aubrac", followed_by=hugo)
    make_professional(first_name="Inès", last_name="Morel", profession=Profession.DOCTOR)
    held_on = clock.today() - timedelta(days=10)
    enter(page, make_user(Role.COORDINATOR))
    page.goto("/rcp/")
    page.get_by_role("link", name="Noter une RCP déjà tenue").click()
    page.get_by_label("Date de la réunion").fill(typed(held_on))
    page.get_by_label("Présidée par").select_option(label="Inès Morel, médecin")
    page.get_by_role("button", name="Continuer vers les dossiers").click()
    page.get_by_label("Nom ou numéro de dossier").fill("aubr")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Aubrac", re.IGNORECASE)).click()
    page.get_by_label("Question posée").fill("Reprise à mi-temps ?")
    page.get_by_role("button", name="Mettre à l’ordre du jour").click()
    page.get_by_role("link", name=re.compile("Aubrac")).click()
    page.get_by_role("link", name="Corriger les présents").click()
    page.get_by_text("Autres personnes présentes").first.click()
    page.get_by_role("checkbox", name=re.compile("Hugo Lemaire")).check()
    page.get_by_role("checkbox", name=re.compile("Inès Morel")).check()
    page.get_by_role("button", name="Enregistrer les présents").click()
    expect(page.get_by_text("Quorum de paiement atteint")).to_be_visible()
    page.get_by_role("link", name="Plan modifié sur papier").click()
    page.get_by_label("Plan de soins modifié le").fill(typed(held_on + timedelta(days=2)))
    page.get_by_label("D’après quel document").fill("Copie reçue par courrier")
    page.get_by_role("button", name="Enregistrer").click()
    missing = page.get_by_role("heading", name="Il manque\u00a0: compte rendu signé", exact=True)
    expect(missing).to_be_visible()
    assert RcpFile.objects.get(patient=patient).attendees.count() == 2
