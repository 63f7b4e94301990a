"""Papers of a year: statement, totals by payee, journal, agency report; no account, no patient."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import groupby

import pandas as pd
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from fees.actions.bank_answers import execute, send_back
from fees.actions.books import grant_envelope
from fees.actions.course import reverse_act
from fees.enums import Kind, Payment
from fees.exports.journal import COLUMNS, journal_text
from fees.models import Act, Transfer
from fees.selectors.agency import FEWEST, activity
from fees.selectors.declared import declared, threshold_of
from fees.selectors.paid import movements, paid_to_each, years_paid
from network.enums import Profession, Role
from network.models import Professional, User
from tests.factories.fees import (
    account,
    at,
    log,
    make_account,
    make_iban,
    pay,
    physio_days,
    sign,
    validate,
)
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 7, 1))
TODAY = date(2026, 12, 1)


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def physio() -> Professional:
    physio = make_professional(last_name="=Cormelin", rpps="99700000013", practice="Cabinet")
    make_account(physio)
    return physio


@pytest.fixture
def acts(physio: Professional, by: User) -> list[Act]:
    """Three sessions of 30 euros of Mme Brumelune, under an envelope of 400 euros."""
    grant_envelope(year=2026, amount=Decimal(400), decision="2026-12", by=by, now=NOW)
    patient = make_patient(birth_name="Brumelune")
    return [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(3)]


@pytest.fixture
def client(by: User) -> Client:
    return sign_in(Client(), by)


def pdf_text(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def reverse_and_recover(acts: list[Act], by: User) -> None:
    """The first act is paid, reversed, then recovered from the two others."""
    pay(acts[0], now=NOW)
    reverse_act(act=Act.objects.get(pk=acts[0].pk), reason="Erreur", by=by, now=NOW)
    pay(*acts[1:], now=NOW)


def test_statement_tells_what_was_recovered(acts: list[Act], by: User) -> None:
    reverse_and_recover(acts, by)
    found = movements(acts[0].professional, 2026)
    assert [(each.gross, each.recovered, each.amount, each.acts) for each in found] == [
        (Decimal(30), Decimal(0), Decimal(30), 1),
        (Decimal(60), Decimal(30), Decimal(30), 2),
    ]
    (row,) = paid_to_each(2026)
    assert (row.total, row.recovered) == (Decimal(60), Decimal(30))


def test_return_counts_on_the_day_it_is_noted(acts: list[Act], by: User) -> None:
    batch = pay(*acts, now=at(date(2026, 12, 30)))
    assert batch.execute_on.year == 2026
    later = at(date(2027, 1, 4))
    send_back(
        transfer=batch.transfers.get(), move=Payment.RETURNED, reason="Clos", by=by, now=later
    )
    payee = acts[0].professional
    assert [each.amount for each in movements(payee, 2026)] == [Decimal(90)]
    assert [(each.on, each.amount) for each in movements(payee, 2027)] == [
        (date(2027, 1, 4), Decimal(-90))
    ]
    assert years_paid(payee) == [2027, 2026]
    assert [each.total for each in paid_to_each(2027)] == [Decimal(-90)]


def test_execution_noted_the_next_year_counts_on_its_day(acts: list[Act], by: User) -> None:
    for act in acts:
        validate(act, by=by, now=NOW)
    batch = sign(at(date(2026, 12, 29)))
    execute(transfer=batch.transfers.get(), by=by, now=at(date(2027, 1, 4)))
    assert [each.on.year for each in movements(acts[0].professional, 2026)] == [2026]
    assert years_paid() == [2026]


def test_rejected_transfer_was_never_paid(acts: list[Act], by: User) -> None:
    for act in acts:
        validate(act, by=by, now=NOW)
    transfer = sign(NOW).transfers.get()
    send_back(transfer=transfer, move=Payment.REJECTED, reason="Clos", by=by, now=NOW)
    assert paid_to_each(2026) == []


def test_statement_is_for_its_reader_alone(acts: list[Act], physio: Professional) -> None:
    pay(*acts, now=NOW)
    own = sign_in(Client(), account(physio))
    assert "Relevé 2026" in own.get(reverse("fees:my_payments")).text
    answer = own.get(reverse("fees:my_statement", args=[2026]))
    text = pdf_text(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "Relevé annuel 2026" in text
    assert "90,00" in text
    assert_no_secret(text, physio)
    stranger = sign_in(Client(), account(make_professional()))
    assert stranger.get(reverse("fees:my_statement", args=[2026])).status_code == 404
    assert own.get(reverse("fees:my_statement", args=[2025])).status_code == 404


def assert_no_secret(text: str, payee: Professional) -> None:
    """Neither an account number nor a patient's name."""
    assert make_iban(payee.pk) not in text.replace(" ", "")
    assert "Brumelune" not in text


@pytest.mark.parametrize(("year", "amount"), [(2023, None), (2024, 2400), (2026, 2400)])
def test_threshold_is_dated(year: int, amount: int | None) -> None:
    found = threshold_of(year)
    assert (found.amount if found else None) == amount
    assert found is None or not found.verified


def test_declared_is_above_the_threshold(acts: list[Act]) -> None:
    pay(*acts, now=NOW)
    assert [each.above for each in declared(2026)] == [False]


def test_totals_for_the_declaration(acts: list[Act], client: Client, physio: Professional) -> None:
    pay(*acts, now=NOW)
    sheet = client.get(reverse("fees:das2", args=[2026, "xlsx"]))
    table = pd.read_excel(BytesIO(sheet.content), engine="openpyxl", dtype={"RPPS": str})
    (row,) = table.to_dict("records")
    assert row["Nom"] == "'=Cormelin"  # no formula
    assert (row["RPPS"], row["Total versé"]) == ("99700000013", 90)
    text = client.get(reverse("fees:das2", args=[2026, "csv"])).text
    assert "90,00" in text
    assert_no_secret(text, physio)


def journal_of(year: int) -> pd.DataFrame:
    lines = [line.rstrip("\r\n").split("\t") for line in journal_text(year)]
    assert lines[0] == list(COLUMNS)
    assert {len(line) for line in lines} == {18}
    table = pd.DataFrame(lines[1:], columns=lines[0])
    for side in ("Debit", "Credit"):
        table[side] = table[side].map(lambda cell: Decimal(cell.replace(",", ".")))
    return table


def test_journal_is_balanced_and_numbered_without_gap(acts: list[Act], by: User) -> None:
    reverse_and_recover(acts, by)
    table = journal_of(2026)
    numbers = [int(each) for each, _ in groupby(table["EcritureNum"])]
    assert numbers == list(range(1, len(numbers) + 1))
    sums = table.groupby("EcritureNum")[["Debit", "Credit"]].sum()
    assert (sums["Debit"] == sums["Credit"]).all()
    held: dict[str, Decimal] = defaultdict(Decimal)
    for _, line in table.iterrows():
        held[line["CompteNum"]] += line["Debit"] - line["Credit"]
    assert held == {
        "441700": Decimal(400),
        "740000": Decimal(-400),
        "622600": Decimal(60),  # three acts, less the one reversed
        "467000": Decimal(0),
        "511000": Decimal(0),
        "512000": Decimal(-60),
    }


def test_journal_has_an_auxiliary_account_for_each_professional(
    acts: list[Act], physio: Professional
) -> None:
    pay(*acts, now=NOW)
    table = journal_of(2026)
    payees = table[table["CompteNum"] == "467000"]
    assert set(payees["CompAuxNum"]) == {"99700000013"}
    assert set(payees["CompAuxLib"]) == {f"Cormelin {physio.first_name}"}
    assert set(table[table["CompteNum"] != "467000"]["CompAuxNum"]) == {""}


def test_journal_is_sent_under_an_honest_name(
    acts: list[Act], client: Client, physio: Professional
) -> None:
    pay(*acts, now=NOW)
    answer = client.get(reverse("fees:journal", args=[2026]))
    text = b"".join(answer.streaming_content).decode("ascii")  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="journal-a-integrer-2026.txt"'
    assert text.startswith("JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum")
    assert_no_secret(text, physio)


def test_agency_report_adds_up_to_the_envelope(acts: list[Act], by: User) -> None:
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST)
    session = log(make_patient(), psychologist, Kind.PSY_SUIVI, date(2026, 3, 2))
    pay(acts[0], session, now=NOW)
    reverse_act(act=Act.objects.get(pk=session.pk), reason="Erreur", by=by, now=NOW)
    validate(acts[1], by=by, now=NOW)
    found = activity(2026, TODAY)
    assert found is not None
    assert (found.whole.committed, found.status.committed) == (Decimal(110), Decimal(110))
    assert (found.whole.paid, found.status.paid) == (Decimal(30), Decimal(30))
    assert found.to_recover == Decimal(50)
    kinds = {kind: (each.acts, each.committed) for kind, each in found.by_kind.items()}
    assert kinds == {Kind.KINE_REMOB: (2, Decimal(60)), Kind.PSY_SUIVI: (0, Decimal(50))}
    assert {month: each.committed for month, each in found.by_month.items()} == {
        2: Decimal(60),
        3: Decimal(50),
    }
    assert [(each.decision, each.amount) for each in found.decisions] == [("2026-12", Decimal(400))]


@pytest.mark.parametrize(("count", "shown"), [(FEWEST - 1, None), (FEWEST, FEWEST)])
def test_few_patients_are_not_counted(by: User, count: int, shown: int | None) -> None:
    grant_envelope(year=2026, amount=Decimal(400), decision="2026-12", by=by, now=NOW)
    physio = make_professional()
    for day in physio_days(count):
        act = log(make_patient(), physio, Kind.KINE_REMOB, day)
        validate(act, by=by, now=NOW)
    found = activity(2026, TODAY)
    assert found is not None
    assert (found.whole.patients_shown, found.whole.professionals) == (shown, 1)


def test_agency_reads_the_same_on_page_paper_and_sheet(
    acts: list[Act], client: Client, physio: Professional
) -> None:
    pay(*acts, now=NOW)
    page = client.get(reverse("fees:agency", args=[2026])).text
    paper = pdf_text(client.get(reverse("fees:agency_file", args=[2026, "pdf"])).content)
    sheet = client.get(reverse("fees:agency_file", args=[2026, "xlsx"])).content
    table = pd.read_excel(BytesIO(sheet), engine="openpyxl")
    for text in (page, paper):
        assert "310,00" in text
        assert "2026-12" in text
        assert "moins de 11" in text
        assert_no_secret(text, physio)
    whole = table[table["Table"] == "Total"].iloc[0]
    assert (whole["Actes"], whole["Engagé"], whole["Payé"]) == (3, 90, 90)
    assert whole["Patients"] == "moins de 11"


def test_reports_lead_to_every_paper(acts: list[Act], client: Client) -> None:
    pay(*acts, now=NOW)
    page = client.get(reverse("fees:reports_of", args=[2026])).text
    for name, args in (
        ("fees:das2", [2026, "xlsx"]),
        ("fees:journal", [2026]),
        ("fees:agency", [2026]),
        ("fees:statement", [2026, acts[0].professional_id]),
    ):
        address = reverse(name, args=args)
        assert address in page
        assert client.get(address).status_code == 200
    assert client.get(reverse("fees:reports_of", args=[1900])).status_code == 404
    assert client.get(reverse("fees:reports_of", args=[0])).status_code == 404


@pytest.mark.parametrize("payees", [1, 3])
@pytest.mark.parametrize("page", ["fees:reports_of", "fees:agency"])
def test_pages_ask_the_same_queries(
    client: Client,
    by: User,
    page: str,
    payees: int,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    grant_envelope(year=2026, amount=Decimal(400), decision="2026-12", by=by, now=NOW)
    for month in range(payees):
        session = date(2026, 2 + month, 2)
        pay(log(make_patient(), make_professional(), Kind.KINE_REMOB, session), now=NOW)
    assert Transfer.objects.count() == payees
    address = reverse(page, args=[2026])
    client.get(address)
    with django_assert_max_num_queries(18):  # type: ignore[attr-defined]
        client.get(address)
