"""A case review from its convocation to an act that can be paid, on a desk and on a phone."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from network.enums import Profession, Role
from network.models import Patient, Professional, RcpInvitation, RcpMinutes
from network.tokens import call_token
from portal.kit import clock
from tests.factories.fees import account, make_treating_doctor
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def person(first: str, last: str, profession: Profession) -> Professional:
    return make_professional(first_name=first, last_name=last, profession=profession)


@dataclass(frozen=True)
class Team:
    """A patient and the three who follow them."""

    patient: Patient
    doctor: Professional
    nurse: Professional
    psychologist: Professional


@pytest.fixture
def team() -> Team:
    patient = make_patient(birth_name="Aubrac", included_on=clock.today() - timedelta(days=100))
    doctor = make_treating_doctor(patient)
    doctor.first_name, doctor.last_name = "Inès", "Morel"
    doctor.save()
    nurse = person("Hugo", "Lemaire", Profession.NURSE)
    psychologist = person("Rose", "Vasseur", Profession.PSYCHOLOGIST)
    for each in (nurse, psychologist):
        make_link(patient=patient, professional=each)
    return Team(patient, doctor, nurse, psychologist)


def test_review_held_with_three_makes_the_nurses_act_payable(
    page: Page, phone: Page, open_page: OpenPage, enter: Enter, axe: Check, team: Team
) -> None:
    enter(page, make_user(Role.COORDINATOR))
    plan(page, axe)
    convene(page, axe)
    accept_by_link(phone, team.nurse, axe)
    theirs = open_page()
    enter(theirs, account(team.psychologist))
    accept_in_the_portal(theirs, axe)
    hold_and_propose(page, axe)
    write(page, axe)
    at_nurse = open_page()
    enter(at_nurse, account(team.nurse))
    at_nurse.goto("/rcp/")
    expect(at_nurse.get_by_text("Il manque\u00a0: compte rendu signé")).to_be_visible()
    axe(at_nurse)
    at_doctor = open_page()
    enter(at_doctor, account(team.doctor))
    sign(at_doctor, axe)
    assert RcpMinutes.objects.get().signed_by == team.doctor
    at_nurse.reload()
    expect(at_nurse.get_by_text("3 preuves sur 3")).to_be_visible()
    note_presence(at_nurse, team.patient)
    page.goto("/rcp/propositions/")
    axe(page)
    page.get_by_role("button", name=re.compile("Fait")).click()
    expect(page.get_by_text("C’est noté\u00a0: fait aujourd’hui.")).to_be_visible()


def plan(page: Page, axe: Check) -> None:
    """The date, then a file with its question."""
    page.goto("/rcp/")
    page.get_by_role("link", name="Prévoir une RCP").click()
    page.get_by_role("button", name="Prévoir cette RCP").click()
    expect(page.get_by_role("alert")).to_contain_text("Indiquez la date de la réunion.")
    axe(page)
    page.get_by_label("Date", exact=True).fill(f"{clock.today():%d/%m/%Y}")
    page.get_by_label("Heure").fill("18 h 30")
    page.get_by_label("Lieu").fill("Maison de santé de la Démo")
    page.get_by_label("Présidée par").select_option(label="Dr\u00a0Inès Morel, médecin")
    page.get_by_role("button", name="Prévoir cette RCP").click()
    page.get_by_role("link", name="Ajouter un dossier").click()
    page.get_by_label("Nom ou numéro de dossier").fill("aubr")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Aubrac", re.IGNORECASE)).click()
    page.get_by_label("Question posée").fill("Une reprise à mi-temps est-elle possible ?")
    page.get_by_role("radio", name="En arrêt").check()
    page.get_by_role("button", name="Mettre à l’ordre du jour").click()


def convene(page: Page, axe: Check) -> None:
    page.get_by_role("link", name="Convoquer des professionnels").click()
    axe(page)
    page.get_by_role("checkbox", name=re.compile("Hugo Lemaire")).check()
    page.get_by_role("checkbox", name=re.compile("Rose Vasseur")).check()
    page.get_by_role("button", name="Envoyer les convocations").click()
    expect(page.get_by_role("region", name="3 personnes convoquées")).to_contain_text("Hugo")
    axe(page)


def accept_by_link(phone: Page, invited: Professional, axe: Check) -> None:
    """From the mail, without signing in: no patient is named."""
    invitation = RcpInvitation.objects.get(professional=invited)
    phone.goto(f"/rcp/convocation/{call_token(invitation.uid)}/")
    expect(phone.get_by_text("Aubrac")).to_have_count(0)
    axe(phone)
    phone.get_by_role("button", name="Je viendrai").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vous venez à la réunion")


def accept_in_the_portal(page: Page, axe: Check) -> None:
    page.goto("/rcp/")
    page.get_by_role("link", name=re.compile("18.h.30")).click()
    page.get_by_role("button", name="Je viendrai").click()
    expect(page.get_by_text("Une reprise à mi-temps")).to_be_visible()
    axe(page)


def hold_and_propose(page: Page, axe: Check) -> None:
    """Three present in one gesture, then what is proposed, and the plan."""
    page.reload()
    page.get_by_role("link", name="Noter les présents").click()
    axe(page)
    page.get_by_role("button", name="Enregistrer les présents").click()
    page.get_by_role("link", name=re.compile("Aubrac")).click()
    expect(page.get_by_text("Quorum de discussion atteint")).to_be_visible()
    page.get_by_role("link", name="Ajouter une proposition").click()
    page.get_by_role("radio", name="Visite de pré-reprise").check()
    page.get_by_label("Échéance").fill(f"{clock.today() + timedelta(days=30):%d/%m/%Y}")
    page.get_by_role("button", name="Ajouter cette proposition").click()
    page.get_by_role("link", name="Plan modifié sur papier").click()
    page.get_by_label("Plan de soins modifié le").fill(f"{clock.today():%d/%m/%Y}")
    page.get_by_label("D’après quel document").fill("Copie reçue par courrier")
    page.get_by_role("button", name="Enregistrer").click()


def write(page: Page, axe: Check) -> None:
    page.get_by_role("link", name="Écrire le compte rendu").click()
    expect(page.get_by_label("Discussion")).to_have_value(re.compile("Avis des professionnels"))
    page.get_by_label("Discussion").fill("Douleur stable, reprise souhaitée.")
    page.get_by_label("Conclusion").fill("Reprise à mi-temps dans deux mois.")
    axe(page)
    page.get_by_role("button", name="Envoyer à la signature").click()
    axe(page)


def sign(page: Page, axe: Check) -> None:
    page.goto("/accueil/")
    page.get_by_role("link", name=re.compile("Signer les comptes rendus")).click()
    page.get_by_role("button", name="Signer ce compte rendu").click()
    expect(page.get_by_text("Il ne change plus")).to_be_visible()
    axe(page)


def note_presence(page: Page, patient: Patient) -> None:
    """The act of who was present is worth its tariff at once."""
    page.goto(f"/actes/noter/?patient={patient.pk}")
    page.get_by_role("radio", name=re.compile("RCP du")).check()
    page.get_by_role("button", name="Noter cet acte").click()
    expect(page.get_by_role("heading", name="Acte noté")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("50,00\u00a0€")
