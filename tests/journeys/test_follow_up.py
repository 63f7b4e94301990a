"""An evaluation from its booking to the act that pays it; a follow-up's end prepared."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from fees.models import Act
from network.enums import Direction, LinkRole, Role, VisitState
from network.models import ConsultationSlot, Evaluation, Patient, Visit
from portal.kit import clock
from tests.factories.fees import account
from tests.factories.follow_up import make_doctor, make_evaluation, make_site
from tests.factories.network import make_link, make_patient, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = {"width": 820, "height": 1180}


def recent(days: int = 40, **fields: object) -> Patient:
    on = clock.today() - timedelta(days=days)
    dates = {"requested_on": on, "completed_on": on, "included_on": on}
    return make_patient(**(dates | fields))  # type: ignore[arg-type]


def open_slots(page: Page) -> None:
    page.goto("/consultations/creneaux/")
    page.get_by_role("link", name="Ouvrir des créneaux").click()
    page.get_by_label("Site").select_option(label="Roubaix")
    page.get_by_label("Médecin").select_option(label="Dr\u00a0Inès Morel, médecin")
    first = clock.today() + timedelta(days=7)
    page.get_by_label("Jour", exact=True).fill(f"{first:%d/%m/%Y}")
    page.get_by_label("Heure").fill("9h30")
    page.get_by_label("Chaque semaine, jusqu’au").fill(f"{first + timedelta(days=14):%d/%m/%Y}")
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.get_by_text("3 créneaux sont ouverts.")).to_be_visible()


def write_and_sign(page: Page, held: date, axe: Check) -> None:
    expect(page.get_by_label("Consultation du")).to_have_value(f"{held:%Y-%m-%d}")
    page.get_by_label("Douleur", exact=True).fill("Lombalgie depuis 2019, pire assise.")
    page.get_by_role("button", name="Signer la synthèse").click()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez au moins une orientation")
    axe(page)
    page.get_by_label("Intensité moyenne").select_option("7")
    page.get_by_label("Ce qui compte pour la personne").fill("Reprendre la marche.")
    page.get_by_role("checkbox", name="Ateliers du réseau").check()
    page.get_by_role("button", name="Garder le brouillon").click()
    expect(page.get_by_text("Le brouillon est gardé.")).to_be_visible()
    page.get_by_role("button", name="Signer la synthèse").click()
    expect(page.get_by_text("La synthèse est signée.")).to_be_visible()
    axe(page)


def note_the_proposed_act(page: Page, axe: Check) -> None:
    page.goto("/actes/")
    proposed = page.get_by_role("region", name="Actes proposés")
    expect(proposed).to_contain_text("Prêt à noter")
    axe(page)
    proposed.get_by_role("link").click()
    page.get_by_role("button", name="Noter cet acte").click()
    expect(page).to_have_url(re.compile(r"/actes/\d+/$"))


def test_evaluation_from_the_slot_to_the_act(
    page: Page, open_page: OpenPage, enter: Enter, axe: Check
) -> None:
    doctor = make_doctor(first_name="Inès", last_name="Morel")
    make_site(name="Roubaix", postcode="59100", city="Roubaix")
    patient = recent(birth_name="Aubrac", postcode="59100", city="Roubaix", email="a@example.org")

    enter(page, make_user(Role.COORDINATOR))
    open_slots(page)
    page.goto("/consultations/")
    page.get_by_role("link", name=re.compile("Aubrac")).click()
    expect(page.get_by_role("region", name="Au plus près")).to_contain_text("Même code postal")
    axe(page)
    page.get_by_role("region", name="Au plus tôt").get_by_role("button").click()
    expect(page.get_by_text("Le rendez-vous est pris.")).to_be_visible()
    expect(page.get_by_role("region", name="Évaluation et suivi")).to_contain_text("CEO prévue")
    axe(page)
    visit = Visit.objects.get()
    assert visit.patient == patient

    # the day has come; the doctor writes it on a tablet
    now = clock.now()
    ConsultationSlot.objects.filter(pk=visit.slot_id).update(starts_at=now - timedelta(minutes=50))
    theirs = open_page()
    theirs.set_viewport_size(TABLET)  # type: ignore[arg-type]
    enter(theirs, account(doctor))
    theirs.goto("/mes-consultations/")
    axe(theirs)
    theirs.get_by_role("link", name=re.compile("Aubrac")).click()
    write_and_sign(theirs, timezone.localdate(now - timedelta(minutes=50)), axe)
    visit.refresh_from_db()
    assert visit.state == VisitState.HELD

    note_the_proposed_act(theirs, axe)
    act = Act.objects.get()
    assert (act.kind, act.patient, act.decision) == ("MED-BILAN", patient, "accepted")
    theirs.goto("/actes/")
    expect(theirs.get_by_role("region", name="Actes proposés")).to_have_count(0)


def test_reassessment_beside_the_ceo_and_its_letter(page: Page, enter: Enter, axe: Check) -> None:
    patient, doctor = recent(), make_doctor()
    make_link(patient=patient, professional=doctor, role=LinkRole.TEAM)
    then = clock.today() - timedelta(days=30)
    make_evaluation(patient, doctor, held_on=then, now=clock.now() - timedelta(days=29))
    enter(page, account(doctor))
    page.goto(f"/dossiers/{patient.code}/")
    page.get_by_role("link", name="Écrire la réévaluation").click()
    expect(page.get_by_role("complementary")).to_contain_text("Lombalgie depuis 2019.")
    page.get_by_label("Douleur", exact=True).fill("Moins de réveils.")
    page.get_by_label("Intensité moyenne").select_option("4")
    page.get_by_role("checkbox", name="Médecin de la douleur en ville").check()
    axe(page)
    page.get_by_role("button", name="Signer la synthèse").click()
    changed = page.get_by_role("region", name="Ce qui a changé")
    expect(changed).to_contain_text("de 7 à 4 sur 10, 3 points de moins")
    expect(changed.get_by_role("row", name=re.compile("Douleur"))).to_contain_text("modifié")
    page.get_by_role("button", name="Préparer le courrier").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Le courrier (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Noter l’envoi").click()
    page.get_by_role("radio", name=re.compile("messagerie")).check()
    page.get_by_role("button", name="Noter l’envoi").click()
    expect(page.get_by_role("complementary")).to_contain_text("messagerie sécurisée")
    page.get_by_role("link", name="Ajouter un complément").click()
    axe(page)
    page.get_by_label("Complément").fill("Allergie au tramadol signalée après coup.")
    page.get_by_role("button", name="Ajouter ce complément").click()
    expect(page.get_by_role("main")).to_contain_text("Allergie au tramadol")
    sheet = Evaluation.objects.first()
    assert sheet is not None
    assert [each.direction for each in sheet.orientations.all()] == [Direction.CITY_DOCTOR]


def test_end_is_announced_prolonged_or_noted(phone: Page, enter: Enter, axe: Check) -> None:
    patient = recent(days=420)
    enter(phone, make_user(Role.COORDINATOR))
    phone.goto("/fins-de-suivi/")
    phone.get_by_role("link", name=re.compile(patient.birth_name)).click()
    notice = phone.get_by_role("region", name="Évaluation et suivi")
    expect(notice).to_contain_text("Le suivi finit dans")
    axe(phone)
    notice.get_by_role("link", name="Prolonger par exception").first.click()
    end = clock.today() + timedelta(days=120)
    phone.get_by_label("Nouveau dernier jour").fill(f"{end:%d/%m/%Y}")
    phone.get_by_label("Pourquoi cette exception").fill("Chirurgie reportée.")
    axe(phone)
    phone.get_by_role("button", name="Prolonger le suivi").click()
    expect(phone.get_by_text("Le suivi est prolongé.")).to_be_visible()
    phone.goto(f"/dossiers/{patient.code}/sortie/")
    phone.get_by_role("radio", name=re.compile("rupture de parcours", re.IGNORECASE)).check()
    phone.get_by_role("button", name="Noter la sortie").click()
    expect(phone.get_by_role("alert")).to_contain_text("deux tentatives")
    axe(phone)
