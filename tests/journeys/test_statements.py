"""An accountant's afternoon in ten minutes: a file read, its columns confirmed, its differences
decided by keyboard, a colleague at the same desk, the end and the paper."""

import re
from datetime import date

import pytest
from playwright.sync_api import FilePayload, Page, expect

from fees.enums import FileState
from fees.models import Act, StatementFile
from network.enums import Role
from network.models import Professional
from portal.kit import clock
from portal.kit.dates import add_months
from tests.factories.network import make_professional, make_user
from tests.factories.statements import csv, line_of, make_acts
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def claimed(acts: list[Act], month: date) -> bytes:
    """Fourteen lines, ten of which differ from the portal in one way or another."""
    unknown = [f"{day:02d}/{month:%m/%Y};Z99999{day};Remobilisation;30" for day in (7, 8)]
    return csv(
        *[line_of(act) for act in acts[:4]],
        *[line_of(act, amount="45") for act in acts[4:8]],
        *[line_of(act) for act in acts[:2]],  # twice
        f"semaine 3;{acts[8].patient.code};Remobilisation;30",
        *unknown,
        f"28/{month:%m/%Y};{acts[0].patient.code};Remobilisation;30",
        "Total;;;",
    )


def decided(page: Page, left: int) -> None:
    expect(page.get_by_role("link", name=re.compile(f"^À décider {left}$"))).to_be_visible()


def test_ten_differences_are_decided_by_keyboard(
    page: Page, open_page: OpenPage, enter: Enter, axe: Check
) -> None:
    month = add_months(clock.today().replace(day=1), -1)
    physio: Professional = make_professional(last_name="Brumelune")
    acts = make_acts(physio, [month.replace(day=day) for day in range(3, 12)])
    enter(page, make_user(Role.ACCOUNTANT, first_name="Inès", last_name="Fabre"))
    page.goto("/rapprochement/ajouter/")
    page.get_by_label("Relevé de").select_option(str(physio.pk))
    page.get_by_label("Mois du relevé").fill(f"{month:%Y-%m}")
    content = claimed(acts, month)
    file: FilePayload = {"name": "relevé.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Fichier").set_input_files(file)
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_role("heading", name="Voici ce qui a été compris")).to_be_visible()
    expect(page.get_by_text("14 lignes lues")).to_be_visible()
    expect(page.get_by_text("Date illisible", exact=False).first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Importer ce relevé").click()
    decided(page, 11)  # ten lines, and the act that no line claims
    axe(page)

    colleague = open_page()
    enter(colleague, make_user(Role.ACCOUNTANT, first_name="Élise"))
    colleague.goto(page.url)
    for left in range(10, -1, -1):
        accept = page.locator('[data-key="a"]')
        page.keyboard.press("a" if accept.count() else "d")
        decided(page, left)
        if left == 10:
            colleague.keyboard.press("d")
            expect(colleague.get_by_text("Inès Fabre a changé cette ligne")).to_be_visible()
            page.keyboard.press("u")
            decided(page, 11)
            page.keyboard.press("a" if page.locator('[data-key="a"]').count() else "d")
            decided(page, 10)
    page.keyboard.press("t")
    expect(page.get_by_role("heading", name=re.compile("Relevé de .*Brumelune"))).to_be_visible()
    expect(page.get_by_text("Demandé = accepté + ramené au tarif", exact=False)).to_be_visible()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Bilan (PDF)").click()
    assert download.value.suggested_filename == "rapprochement.pdf"
    page.get_by_role("link", name="Lettre au professionnel").click()
    expect(page.get_by_role("heading", name=re.compile("Votre relevé d"))).to_be_visible()
    axe(page)
    assert StatementFile.objects.get().state == FileState.CLOSED
