"""An accountant follows a payout from its registrations to the bank's line, and explains the one
fee that is not the usual one."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from network.enums import Role
from portal.kit import clock
from tests.factories.bank import received
from tests.factories.bank_files import camt, statement
from tests.factories.chain import arrival, charge, paid_out, paid_seat
from tests.factories.network import make_user
from tests.journeys.watch import Check, Enter

pytestmark = pytest.mark.django_db(transaction=True)


def test_payout_is_followed_to_the_bank_and_a_dearer_card_explained(
    page: Page, enter: Enter, axe: Check
) -> None:
    clerk, day = make_user(Role.ACCOUNTANT), clock.today()
    people = [make_user(Role.CLINICIAN, first_name=name) for name in ("Lou", "Noé")]
    usual, dearer = (paid_seat(person) for person in people)
    moves = [charge(usual, on=day), charge(dearer, on=day, rate=325)]
    payout = paid_out(moves, on=day - timedelta(days=1))
    file = received(camt(statement([arrival(payout)])), by=clerk, now=clock.now())

    enter(page, clerk)
    page.goto(f"/rapprochement/banque/{file.pk}/lecture/")
    expect(page.get_by_text("même référence, même montant")).to_be_visible()
    page.get_by_role("button", name="Importer ce relevé").click()
    expect(page.get_by_role("heading", name="Plus rien à décider")).to_be_visible()

    page.goto("/rapprochement/cartes/")
    expect(page.get_by_text("c’est le tarif des cartes hors d’Europe")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("Arrivé à la banque")).to_be_visible()
    axe(page)
    page.get_by_label("Explication").fill("Carte suisse, frais du contrat")
    page.get_by_role("button", name="Garder cette explication").click()
    expect(page.get_by_role("heading", name="Rien à expliquer")).to_be_visible()
    page.get_by_role("link", name="Expliqués 1").click()
    expect(page.get_by_text("« Carte suisse, frais du contrat »")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Versement", exact=False).last.click()
    expect(page.get_by_role("heading", name="De quoi il est fait")).to_be_visible()
    expect(page.get_by_text("au centime", exact=False).first).to_be_visible()
    axe(page)
