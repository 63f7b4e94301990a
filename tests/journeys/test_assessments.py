"""A coordinator leads an assessment: two objectives, two workshops opened, then a new version."""

import pytest
from playwright.sync_api import Page, expect

from etp.enums import Theme
from etp.models import Assessment, Opening
from network.enums import Role
from network.models import JournalEntry
from portal.kit import clock
from tests.factories.etp import make_session, make_workshop
from tests.factories.network import make_patient, make_user
from tests.journeys.watch import Check, Enter

pytestmark = pytest.mark.django_db(transaction=True)


def test_assessment_from_the_first_question_to_the_second_version(
    page: Page, enter: Enter, axe: Check
) -> None:
    patient = make_patient(first_names="Rose", birth_name="Ambrelin", email="rose@example.org")
    for title, theme in (("Souffler", Theme.RELAXATION), ("Bouger", Theme.MOVEMENT)):
        make_session(make_workshop(title=title, theme=theme), starts_at=clock.now())
    enter(page, make_user(Role.COORDINATOR))
    page.goto(f"/dossiers/{patient.code}/")
    page.get_by_role("link", name="Faire le bilan éducatif").click()
    page.get_by_role("button", name="Commencer le bilan").click()
    page.get_by_role("checkbox", name="bouger").check()
    page.get_by_label("Ce que la douleur change au quotidien").fill("Je ne sors plus.")
    axe(page)
    onward = page.get_by_role("button", name="Garder et continuer")
    onward.last.click()
    page.get_by_label("Ce qu’elle fait déjà").fill("La marche")
    onward.last.click()
    page.get_by_label("Objectif 1, avec ses mots").fill("Jardiner")
    page.get_by_label("Thème de l’objectif 1").select_option("movement")
    page.get_by_role("button", name="Ajouter un objectif").click()
    page.get_by_label("Objectif 2, avec ses mots").fill("M’endormir")
    page.get_by_label("Thème de l’objectif 2").select_option("relaxation")
    page.get_by_label("Où en est-elle").nth(1).select_option("3")
    axe(page)
    onward.last.click()
    page.get_by_role("radio", name="en vidéo").check()
    onward.last.click()
    page.get_by_label("Entretien du").fill("31/02/2026")
    onward.last.click()
    expect(page.get_by_role("alert")).to_contain_text("Février 2026 a 28")
    today = f"{clock.today():%d/%m/%Y}"
    page.get_by_label("Entretien du").fill(today)
    page.get_by_label("Accord de la personne").fill(today)
    onward.last.click()
    expect(page.get_by_text("Jardiner")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Terminer le bilan").click()
    expect(page.get_by_role("checkbox", name="Souffler")).to_be_checked()
    axe(page)
    page.get_by_role("button", name="Ouvrir et envoyer le lien personnel").click()
    expect(
        page.get_by_text("2 ateliers sont ouverts, le lien personnel est envoyé.")
    ).to_be_visible()
    page.get_by_role("button", name="Nouvelle version").click()
    page.get_by_label("Ce que la douleur change au quotidien").fill("Je sors un peu.")
    for _ in range(4):
        onward.last.click()
    page.get_by_label("Accord de la personne").fill(today)
    onward.last.click()
    expect(page.get_by_text("Je ne sors plus.")).to_be_visible()
    page.get_by_role("button", name="Terminer le bilan").click()
    expect(page.get_by_text("Avant")).to_be_visible()
    axe(page)
    assert list(Assessment.objects.values_list("number", "daily_life")) == [
        (2, "Je sors un peu."),
        (1, "Je ne sors plus."),
    ]
    assert Opening.objects.open().count() == 2
    assert JournalEntry.objects.filter(verb="link.sent").count() == 1
