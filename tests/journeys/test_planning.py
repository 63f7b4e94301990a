"""Workshops run from a desk and from a phone: a series planned, a session cancelled, ten names."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from etp.enums import PlaceState
from etp.models import Place, Session
from network.enums import Role
from network.models import OutboxMessage
from portal.kit import clock
from tests.factories.etp import (
    book,
    make_facilitator,
    make_participant,
    make_session,
    make_site,
    make_workshop,
)
from tests.factories.network import make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = (
    "Marcelline", "Aristide", "Ludivine", "Maxime", "Sidonie",
    "Théo", "Nour", "Iris", "Gaspard", "Lise",
)  # fmt: skip


def at_ten(days: int) -> datetime:
    today = timezone.localtime(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def test_series_planned_from_a_desk(page: Page, enter: Enter, axe: Check) -> None:
    make_workshop(title="Bouger sans avoir peur")
    make_facilitator()
    make_site(name="Maison Daumesnil")
    enter(page, make_user(Role.COORDINATOR))
    page.goto("/ateliers/planning/")
    page.get_by_role("link", name="Prévoir une séance").click()
    page.get_by_role("button", name="Relire avant d’écrire").click()
    expect(page.get_by_role("alert")).to_contain_text("À remplir : Atelier.")
    axe(page)
    page.get_by_role("combobox", name="Atelier").select_option(label="Bouger sans avoir peur")
    page.get_by_label("Jour", exact=True).fill("11/12/2026")
    page.get_by_label("Heure").fill("14h30")
    page.get_by_role("combobox", name="Lieu").select_option(label="Maison Daumesnil")
    page.get_by_role("combobox", name="Animateur").select_option(index=1)
    page.get_by_label("Plusieurs dates, réservées une à une").check()
    page.get_by_label("Nombre de dates").fill("5")
    page.get_by_role("button", name="Relire avant d’écrire").click()
    expect(page.get_by_label("Vendredi 25 décembre 2026")).not_to_be_checked()
    expect(page.get_by_text("C’est un jour férié : Noël.")).to_be_visible()
    axe(page)
    page.get_by_label("Vendredi 18 décembre 2026").uncheck()
    assert Session.objects.count() == 0
    page.get_by_role("button", name="Prévoir les dates cochées").click()
    expect(page.get_by_role("status")).to_contain_text("2 séances sont prévues")
    shown = [timezone.localtime(each.starts_at) for each in Session.objects.order_by("pk")]
    assert [f"{each:%d/%m/%Y %H:%M}" for each in shown] == ["11/12/2026 14:30", "08/01/2027 14:30"]


def test_holiday_is_told_on_the_month(page: Page, enter: Enter, axe: Check) -> None:
    enter(page, make_user(Role.COORDINATOR))
    page.goto("/ateliers/planning/?vue=mois&jour=2026-12-01")
    expect(page.get_by_role("cell", name="Noël")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Janvier 2027").click()
    expect(page.get_by_role("heading", name="Janvier 2027")).to_be_visible()


def test_session_cancelled_tells_everybody(page: Page, enter: Enter, axe: Check) -> None:
    session = make_session(starts_at=at_ten(6), seats=4)
    for _ in range(3):
        book(session, now=clock.now())
    before = OutboxMessage.objects.count()
    enter(page, make_user(Role.COORDINATOR))
    page.goto(f"/ateliers/seances/{session.pk}/")
    axe(page)
    page.get_by_role("link", name="Annuler la séance").click()
    expect(page.get_by_text("3 personnes seront prévenues par mail")).to_be_visible()
    page.get_by_label("Motif, pour l’équipe").fill("Animatrice souffrante")
    page.get_by_role("button", name="Annuler la séance et prévenir").click()
    expect(page.get_by_role("heading", name="Cette séance est annulée")).to_be_visible()
    assert OutboxMessage.objects.count() == before + 3


def test_ten_people_noted_from_a_phone_without_scripts(open_page: OpenPage, enter: Enter) -> None:
    phone = open_page(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=False,
    )
    facilitator = make_facilitator()
    session = make_session(starts_at=at_ten(-1), seats=10, facilitator=facilitator)
    for seat, name in enumerate(NAMES, 1):
        Place.objects.create(
            patient=make_participant(session.workshop, first_names=name, birth_name="Fil"),
            session=session,
            state=PlaceState.BOOKED,
            seat=seat,
            capacity=10,
            request_id=uuid4(),
            made_at=clock.now(),
        )
    user = facilitator.professional.user
    assert user is not None
    enter(phone, user)
    phone.goto("/mes-seances/")
    phone.locator(f"a[href='/mes-seances/{session.pk}/']").tap()
    phone.get_by_role("link", name="Noter les présences").tap()
    phone.get_by_role("button", name="Tous présents").tap()
    phone.get_by_role("group", name="Mme Théo Fil").get_by_label("Absent").check()
    phone.get_by_role("group", name="Mme Iris Fil").get_by_label("Excusé").check()
    phone.get_by_role("button", name="Enregistrer les présences").tap()
    expect(phone.get_by_role("status")).to_contain_text("Les présences sont notées.")
    states = list(session.places.values_list("state", flat=True))
    assert (states.count("attended"), states.count("absent"), states.count("excused")) == (8, 1, 1)
