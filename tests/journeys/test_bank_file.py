"""A bank's file read, then reconciled by keyboard: the transfer that came back waits to be paid
again; a colleague at the same desk overwrites nothing."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from fees.enums import BatchState, Kind, State, TransferState
from fees.models import Act, Batch
from network.enums import Role
from network.models import User
from portal.kit import clock
from tests.factories.bank import back, debit
from tests.factories.bank_files import Line, camt, statement
from tests.factories.fees import log, make_account, sign, validate
from tests.factories.network import make_patient, make_professional, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def signed_batch(clerk: User) -> Batch:
    """Two transfers, signed ten days ago for the next days."""
    then = clock.now() - timedelta(days=10)
    for _ in range(2):
        payee = make_professional()
        make_account(payee)
        included = timezone.localdate(then) - timedelta(days=60)
        patient = make_patient(included_on=included, requested_on=included, completed_on=included)
        act = log(patient, payee, Kind.KINE_REMOB, timezone.localdate(then) - timedelta(days=7))
        validate(act, by=clerk, now=then)
    return sign(then)


def left(page: Page, count: int) -> None:
    expect(page.get_by_role("link", name=re.compile(f"^À décider {count}$"))).to_be_visible()


def day(batch: Batch, after: int) -> date:
    return min(batch.execute_on + timedelta(days=after), clock.today())


def test_returned_transfer_is_accepted_by_keyboard_and_its_act_waits_again(
    page: Page, open_page: OpenPage, enter: Enter, axe: Check
) -> None:
    clerk = make_user(Role.ACCOUNTANT, first_name="Inès", last_name="Fabre")
    batch = signed_batch(make_user(Role.ACCOUNTANT))
    assert batch.state == BatchState.SIGNED
    paid, returned = batch.transfers.all()
    lines = [
        debit(paid),
        debit(returned),
        back(returned, day=day(batch, 2)),
        Line(-1_250, day(batch, 3), text="FRAIS DE TENUE DE COMPTE"),
    ]
    file: FilePayload = {
        "name": "relevé.xml",
        "mimeType": "application/xml",
        "buffer": camt(statement(lines)),
    }
    enter(page, clerk)
    page.goto("/rapprochement/banque/")
    page.get_by_role("link", name="Ajouter un relevé").click()
    page.get_by_label("Fichier de la banque").set_input_files(file)
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_role("heading", name="Voici ce qui a été compris")).to_be_visible()
    expect(page.get_by_text("L’import note 2 virements comme payés")).to_be_visible()
    expect(page.get_by_text("compte clos (AC04)")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Importer ce relevé").click()
    left(page, 2)
    axe(page)

    colleague = open_page()
    enter(colleague, make_user(Role.ACCOUNTANT, first_name="Élise"))
    colleague.goto(page.url)
    left(colleague, 2)
    page.keyboard.press("a")
    left(page, 1)
    colleague.keyboard.press("d")
    expect(colleague.get_by_text("Inès Fabre a changé cette ligne")).to_be_visible()
    returned.refresh_from_db()
    assert returned.state == TransferState.RETURNED
    assert Act.objects.get(professional=returned.professional).state == State.VALIDATED

    page.keyboard.press("r")
    left(page, 0)
    page.keyboard.press("u")
    left(page, 1)
    page.keyboard.press("r")
    left(page, 0)
    page.keyboard.press("t")
    expect(page.get_by_role("heading", name="Soldes")).to_be_visible()
    expect(page.get_by_text("Terminé par Inès Fabre", exact=False)).to_be_visible()
    axe(page)
    page.goto(f"/paiements/virements/{returned.pk}/")
    expect(page.get_by_text("compte clos (AC04)", exact=False).first).to_be_visible()
