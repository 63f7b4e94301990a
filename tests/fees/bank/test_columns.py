"""Columns of a bank's table that nobody knew: said by a person once, remembered by the headings."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fees.actions.bank_files import tell_bank_columns
from fees.actions.steps import Conflict
from fees.enums import FileState
from fees.imports.bank import read_bank
from fees.models import BankColumns, BankFile, BankLine
from fees.reconcile.bank_columns import NOTHING, Field, TableRefused
from network.enums import Role
from portal.kit import clock
from portal.kit.grids.grid import Refused
from tests.factories.bank import imported
from tests.factories.network import make_user, sign_in

ODD = "Quand;Quoi;Combien\n03/11/2026;VIREMENT MAIRIE;120,00\n04/11/2026;FRAIS;-12,50\n"
BARE = "03/11/2026;VIREMENT MAIRIE;120,00\n04/11/2026;FRAIS;-12,50\n"
TOLD = {"0": "booked_on", "1": "text", "2": "amount"}


def refused(text: str, remembered: Any = NOTHING) -> TableRefused:
    with pytest.raises(TableRefused) as caught:
        read_bank(BytesIO(text.encode()), remembered)
    return caught.value


@pytest.mark.parametrize(("text", "header"), [(ODD, 1), (BARE, 0)], ids=["headings", "none"])
def test_unknown_columns_are_read_once_they_are_told(text: str, header: int) -> None:
    table = refused(text).table
    assert (table.header, table.width, table.held(0)) == (header, 3, "")
    assert table.samples(1) == "VIREMENT MAIRIE · FRAIS"
    read = read_bank(BytesIO(text.encode()), {table.signature: TOLD})
    assert [(each.cents, each.text) for each in read.movements] == [
        (12_000, "VIREMENT MAIRIE"),
        (-1_250, "FRAIS"),
    ]


def test_columns_told_wrong_say_so_and_stay_to_correct() -> None:
    table = refused(ODD).table
    wrong = refused(ODD, {table.signature: {"0": "booked_on", "1": "amount"}})
    assert "VIREMENT MAIRIE" in str(wrong)
    assert wrong.table.held(1) == Field.AMOUNT


def test_recognised_headings_are_corrected_too() -> None:
    text = "Date;Libellé;Montant;Net\n03/11/2026;CARTE;100,00;98,00\n"
    first = read_bank(BytesIO(text.encode()))
    assert first.movements[0].cents == 10_000
    wrong = refused(text.replace("100,00", "illisible"))
    told = {"0": "booked_on", "1": "text", "2": "", "3": "amount"}
    read = read_bank(BytesIO(text.encode()), {wrong.table.signature: told})
    assert read.movements[0].cents == 9_800


def test_what_is_no_table_of_a_bank_is_refused_as_before() -> None:
    with pytest.raises(Refused) as caught:
        read_bank(BytesIO(b"Bonjour;comment\nallez;vous\n"))
    assert not isinstance(caught.value, TableRefused)


@pytest.mark.django_db
def test_table_whose_balances_do_not_follow_shows_its_columns_and_imports_nothing(
    client: Client,
) -> None:
    sign_in(client, make_user(Role.ACCOUNTANT))
    rows = "Ancien solde;;100,00\n03/11/2026;DON;20,00\nNouveau solde;;130,00\n"
    upload = SimpleUploadedFile("faux.csv", f"Date;Libellé;Montant\n{rows}".encode())
    sent = client.post("/rapprochement/banque/ajouter/", {"file": upload})
    for page in (client.get(sent["Location"]), client.post(sent["Location"])):
        assert (page.status_code, len(page.context["columns"])) == (422, 3)
    assert BankFile.objects.get().state == FileState.RECEIVED
    assert BankLine.objects.count() == 0


@pytest.mark.django_db
def test_page_asks_what_columns_hold_and_remembers(client: Client) -> None:
    clerk = make_user(Role.ACCOUNTANT)
    sign_in(client, clerk)
    upload = SimpleUploadedFile("export.csv", ODD.encode())
    sent = client.post("/rapprochement/banque/ajouter/", {"file": upload})
    file = BankFile.objects.get()
    page = client.get(sent["Location"])
    assert (page.status_code, len(page.context["columns"])) == (422, 3)
    told = {"read": "1", "colonne-0": "booked_on", "colonne-1": "text"}
    missing = client.post(sent["Location"], told)
    assert "Il faut une date, et un montant" in missing.content.decode()
    assert client.post(sent["Location"], told | {"colonne-2": "amount"}).status_code == 302
    again = client.get(sent["Location"])
    assert [row["amount"] for row in again.context["rows"]] == [120, -12.5]
    for _ in range(2):
        tell_bank_columns(
            file=file,
            signature=BankColumns.objects.get().signature,
            told=TOLD,
            by=clerk,
            now=clock.now(),
        )
    client.post(sent["Location"])
    file.refresh_from_db()
    assert file.matches.count() == 2
    with pytest.raises(Conflict, match="déjà importé"):
        tell_bank_columns(file=file, signature="a", told=TOLD, by=clerk, now=clock.now())
    after = imported(ODD.replace("/11/", "/12/").encode(), by=clerk, now=clock.now())
    assert after.matches.count() == 2
