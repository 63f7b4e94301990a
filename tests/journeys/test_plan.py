"""A doctor revises the plan after a case review; the patient reads it on a phone and agrees."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from network.enums import Circle, LinkRole, Profession, Role
from network.models import BreakGlass, PlanVersion, RcpFile, SharingConsent
from portal.kit import clock
from tests.factories.fees import make_rcp_file
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.factories.plans import make_plan, plan_of
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_plan_revised_after_a_review_is_read_and_agreed_to(
    page: Page, phone: Page, enter: Enter, axe: Check
) -> None:
    person = make_user(Role.PATIENT)
    patient = make_patient(first_names="Rose", birth_name="Ambrelin", user=person)
    doctor = make_professional(profession=Profession.DOCTOR, speciality="médecine générale")
    assert doctor.user is not None
    make_link(patient=patient, professional=doctor, role=LinkRole.TREATING_DOCTOR)
    make_plan(patient, plan_of(doctor))
    held_on = clock.today() - timedelta(days=3)
    file: RcpFile = make_rcp_file(patient, held_on=held_on, plan=None, attendees=(doctor,))

    enter(page, doctor.user)
    page.goto(f"/dossiers/{patient.code}/plan/modifier/?rcp={file.pk}")
    page.get_by_role("button", name="Ajouter une action").click()
    page.get_by_label("Action 1.1.2").fill("Relaxation à la maison")
    expect(page.get_by_text("Brouillon gardé à")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Relire et signer").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites qui fait cette action.")
    page.get_by_label("Qui", exact=True).nth(1).select_option("words")
    page.get_by_label("Précisez qui").nth(1).fill("la patiente")
    due = clock.today() + timedelta(days=20)
    page.get_by_label("Échéance").nth(1).fill(f"{due:%d/%m/%Y}")
    axe(page)
    page.get_by_role("button", name="Relire et signer").click()
    expect(page.get_by_text("Action ajoutée : Relaxation à la maison")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Signer la version 2").click()
    expect(page.get_by_text("La version 2 du plan est signée.")).to_be_visible()
    axe(page)
    file.refresh_from_db()
    assert file.plan_revised_on == clock.today()

    enter(phone, person)
    phone.goto("/mon-dossier/")
    phone.get_by_role("link", name="Lire mon plan").click()
    expect(phone.get_by_role("heading", name="Vos prochaines dates")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Je suis d’accord").click()
    expect(phone.get_by_text("Merci, votre accord est noté.")).to_be_visible()
    signed = PlanVersion.objects.get(number=2)
    assert signed.agreed is not None
    assert signed.agreed.by == person
    phone.goto(f"/mon-parcours/{patient.code}/")
    expect(phone.get_by_text("Votre plan de soins a changé")).to_be_visible()
    axe(phone)


def test_patient_decides_who_reads_and_sees_who_did(
    page: Page, phone: Page, open_page: OpenPage, enter: Enter, axe: Check
) -> None:
    person = make_user(Role.PATIENT)
    patient = make_patient(user=person)
    passer_by, coordinator = make_professional(), make_user(Role.COORDINATOR)
    assert passer_by.user is not None

    enter(page, passer_by.user)
    page.goto("/dossiers/")
    page.get_by_role("link", name="Demander l’accès exceptionnel").click()
    page.get_by_label("Numéro de dossier").fill(patient.code)
    page.get_by_label("Date de naissance").fill(f"{patient.birth_date:%d/%m/%Y}")
    page.get_by_role("radio", name="garde").check()
    page.get_by_label("Pourquoi vous ouvrez ce dossier").fill("Remplacement de garde ce soir")
    axe(page)
    page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(page.get_by_text("Accès exceptionnel jusqu’au")).to_be_visible()
    axe(page)

    desk = open_page()
    enter(desk, coordinator)
    desk.goto("/accueil/")
    desk.get_by_role("link", name="Vérifier les accès exceptionnels").click()
    axe(desk)
    desk.get_by_role("button", name="C’est vérifié").click()
    expect(desk.get_by_text("Cet accès est vérifié.")).to_be_visible()
    assert BreakGlass.objects.get().checked_by == coordinator

    enter(phone, person)
    phone.goto("/mon-dossier/")
    phone.get_by_role("link", name="Qui a consulté le dossier").click()
    expect(phone.get_by_text("accès exceptionnel : garde ou remplacement")).to_be_visible()
    axe(phone)
    phone.go_back()
    phone.get_by_role("link", name="Mes accords").click()
    phone.get_by_role("button", name="Oui, partager").nth(1).click()
    expect(phone.get_by_text("C’est noté, merci.")).to_be_visible()
    axe(phone)
    assert SharingConsent.objects.standing().get().circle == Circle.OCCUPATIONAL
    phone.get_by_role("button", name="Ne plus partager").click()
    expect(phone.get_by_text("vous ne partagez plus")).to_be_visible()
    assert not SharingConsent.objects.standing().exists()
