"""A clinician pays the annual day on the stand-in; a share goes back, asked by one person and
confirmed by another."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from network.enums import Role
from portal.kit import clock
from tests.cards import cards, events, settle, tell
from tests.factories.network import make_user
from tests.journeys.watch import PHONE, Check, Enter, OpenPage
from training.gateways.stand_in.server import StandIn
from training.models import CardPayment, WebinarPage

__all__ = ["cards"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]


def news_arrive(stand_in: StandIn) -> None:
    """All that the card service has to tell is told, and looked into."""
    assert {tell(Client(), each) for each in events(stand_in.books)} == {200}
    settle(clock.now())


def test_day_is_paid_after_a_refused_card_and_given_back_by_two(
    page: Page,
    open_page: OpenPage,
    enter: Enter,
    axe: Check,
    cards: StandIn,
    live_server: LiveServer,
    settings: Any,
) -> None:
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    day = WebinarPage.objects.get(slug="journee-annuelle")
    phone = open_page(friends=(cards.base,), viewport=PHONE, has_touch=True, is_mobile=True)
    enter(phone, make_user(Role.CLINICIAN, first_name="Hugo", last_name="Lemaire"))
    phone.goto(day.url)
    axe(phone)
    phone.get_by_label("Exercice libéral").check()
    phone.get_by_role("button", name="M’inscrire sur place").click()
    expect(phone.get_by_role("heading", name="Payer votre place")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="par carte").click()
    expect(phone.get_by_text("aucune carte n’est débitée")).to_be_visible()
    axe(phone)
    phone.get_by_label("Carte refusée").check()
    phone.get_by_role("button", name="Payer").click()
    expect(phone.get_by_role("alert")).to_contain_text("La banque refuse cette carte")
    axe(phone)
    phone.get_by_label("Carte acceptée", exact=False).first.check()
    phone.get_by_role("button", name="Payer").click()
    expect(phone.get_by_text("Nous attendons la confirmation")).to_be_visible()
    axe(phone)
    news_arrive(cards)
    expect(phone.get_by_role("link", name="Facture n°")).to_be_visible()  # the page asks by itself
    axe(phone)

    payment = CardPayment.objects.get()
    enter(page, make_user(Role.EDITOR))
    page.goto(f"/paiements-par-carte/{payment.pk}/")
    page.get_by_label("Montant à rembourser").fill("20,00")
    page.get_by_label("Motif").fill("Le matin seulement")
    page.get_by_role("button", name="Demander le remboursement").click()
    expect(page.get_by_text("la comptabilité confirme ou refuse")).to_be_visible()
    axe(page)

    second = open_page()
    enter(second, make_user(Role.ACCOUNTANT))
    second.goto("/paiements-par-carte/?etat=asked")
    axe(second)
    second.get_by_role("link", name="Hugo Lemaire").click()
    second.get_by_role("button", name="Rembourser 20,00").click()
    expect(second.get_by_text("Le remboursement part.")).to_be_visible()
    news_arrive(cards)
    second.reload()
    expect(second.get_by_role("link", name="Avoir n°")).to_be_visible()
    axe(second)
    phone.reload()
    expect(phone.get_by_role("link", name="Avoir n°")).to_be_visible()
