"""Bank files are read entry by entry, proved by their balances; what is dangerous is refused."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from fees.imports.bank import packed, read_bank, unpacked
from fees.reconcile.bank_lines import BankRead, Movement, check_sequence, euros_of
from portal.kit.grids.grid import Refused
from tests.factories.bank_files import IBAN, V02, V08, Line, camt, statement

DAY, NEXT = date(2026, 11, 3), date(2026, 11, 4)
PAID = Line(-9_000, DAY, "CABINET FIL", "ACTES", "AR-2026-0001-0001")
BACK = Line(9_000, NEXT, "CABINET FIL", "RETOUR", "AR-2026-0001-0001", reason="AC04")
WHOLE = Line(-21_000, DAY, text="LOT", group="AR-2026-0002", count=3)
DETAILED = Line(
    -15_000,
    DAY,
    group="AR-2026-0003",
    parts=[
        Line(-9_000, DAY, "UN", end_to_end="AR-2026-0003-0001"),
        Line(-6_000, DAY, "DEUX", end_to_end="AR-2026-0003-0002"),
    ],
)


def read(content: bytes) -> BankRead:
    return read_bank(BytesIO(content))


def told(each: Movement) -> tuple[object, ...]:
    return (each.key, each.cents, each.name, each.end_to_end, each.group, each.count, each.reason)


@pytest.mark.parametrize("version", [V02, V08])
def test_both_versions_say_the_same(version: str) -> None:
    lines = [PAID, BACK, WHOLE, DETAILED, Line(-500, NEXT, status="PDNG")]
    found = read(camt(statement(lines, version=version), version=version))
    (extract,) = found.extracts
    assert [told(each) for each in extract.movements] == [
        ("1", -9_000, "CABINET FIL", "AR-2026-0001-0001", "", 1, ""),
        ("2", 9_000, "CABINET FIL", "AR-2026-0001-0001", "", 1, "AC04"),
        ("3", -21_000, "", "", "AR-2026-0002", 3, ""),
        ("4.1", -9_000, "UN", "AR-2026-0003-0001", "AR-2026-0003", 1, ""),
        ("4.2", -6_000, "DEUX", "AR-2026-0003-0002", "AR-2026-0003", 1, ""),
    ]
    assert [each.is_return for each in extract.movements] == [False, True, False, False, False]
    span = extract.span
    assert (span.number, span.opened_on, span.closed_on) == (1, DAY, NEXT)
    assert (span.opening, span.closing, extract.account) == (1_000_000, 964_000, IBAN)
    assert found.remarks == ["Lignes annoncées mais pas encore comptabilisées : 1, laissées."]


def test_details_that_do_not_make_the_line_leave_it_whole() -> None:
    wrong = Line(-15_000, DAY, group="AR-2026-0003", parts=[PAID, PAID])
    (line,) = read(camt(statement([wrong]))).movements
    assert (line.cents, line.end_to_end, line.count) == (-15_000, "", 2)


REFUSED = {
    "wrong balance": (camt(statement([PAID], closing=1)), "ne donnent pas le solde final"),
    "entities": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Document>&b;</Document>',
        "entités",
    ),
    "other currency": (
        camt(statement([PAID])).replace(b'Ccy="EUR">90.00', b'Ccy="CHF">90.00'),
        "monnaie",
    ),
    "third of a cent": (camt(statement([PAID])).replace(b">90.00<", b">90.001<"), "montant"),
    "huge amount": (camt(statement([PAID])).replace(b">90.00<", b">9E99<"), "montant"),
    "not a number": (camt(statement([PAID])).replace(b">90.00<", b">NaN<"), "montant"),
    "without direction": (
        camt(statement([PAID])).replace(b"<CdtDbtInd>DBIT</CdtDbtInd><Sts>", b"<Sts>"),
        "débit ou un crédit",
    ),
    "cut short": (camt(statement([PAID]))[:-60], "abîmé"),
    "no statement": (camt(), "aucun relevé"),
    "another message": (camt().replace(b"camt.053.001.02", b"camt.054.001.02"), "camt.054"),
    "old version": (camt().replace(b"camt.053.001.02", b"camt.053.001.01"), "version 02 ou 08"),
    "an order": (camt().replace(b"camt.053.001.02", b"pain.001.001.09"), "ordre de virement"),
    "a web page": (b"<html><body>Connexion</body></html>", "pas un relevé de banque"),
    "a PDF": (b"%PDF-1.7 ...", "PDF"),
    "an archive": (b"\x1f\x8b\x08\x00abc", "archive"),
    "nothing": (b" \n", "vide"),
    "any table": (b"Nom;Age\nLou;12\n", "colonnes"),
    "day unreadable": (b"Date;Montant\nhier;-3,00\n", "Ligne 2 : la date"),
    "amount unreadable": (b"Date;Montant\n03/11/2026;trois\n", "Ligne 2 : le montant"),
    "amount absent": (b"Date;Montant\n03/11/2026;\n", "Ligne 2 : le montant est absent"),
    "balance that does not follow": (
        b"Date;Montant;Solde\n03/11/2026;-3,00;97,00\n04/11/2026;-3,00;93,00\n",
        "Ligne 3 : le solde",
    ),
    "both ways": (b"Date;Debit;Credit\n03/11/2026;3,00;4,00\n", "à la fois"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_or_hostile_file_is_refused_with_its_reason(name: str) -> None:
    content, why = REFUSED[name]
    with pytest.raises(Refused, match=why):
        read(content)


def test_table_with_debit_and_credit_columns_is_read_and_balanced() -> None:
    text = (
        "Compte courant;FR76 9999 9000 0100 0009 9999 937;;\r\n"
        "Ancien solde au 02/11/2026;;;1 000,00\r\n"
        "Date opération;Libellé;Débit;Crédit\r\n"
        "03/11/2026;VIR SEPA AR-2026-0001-0001;90,00;\r\n"
        "04/11/2026;RETOUR VIR AR-2026-0001-0001;;90,00\r\n"
        "Total;;90,00;90,00\r\n"
        "Nouveau solde au 04/11/2026;;;1 000,00\r\n"
    )
    (extract,) = read(text.encode("cp1252")).extracts
    assert [(e.key, e.cents, e.is_return) for e in extract.movements] == [
        ("4", -9_000, False),
        ("5", 9_000, True),
    ]
    assert (extract.account, extract.span.opening, extract.span.closing) == (IBAN, 100_000, 100_000)


def test_table_of_signed_amounts_the_latest_first_is_proved_by_its_own_balances() -> None:
    text = (
        "Date;Libellé;Montant (€);Solde\n"
        "05/11/2026;FRAIS;-5,00;985,00\n"
        "04/11/2026;AVOIR;+ 80,00;990,00\n"
        "03/11/2026;VIR;\u221290,00;910,00\n"
    )
    (extract,) = read(text.encode()).extracts
    assert [each.cents for each in extract.movements] == [-500, 8_000, -9_000]
    assert (extract.span.opening, extract.span.closing) == (100_000, 98_500)


def test_missing_statement_is_seen_by_the_balances_and_the_numbers() -> None:
    whole = read(
        camt(
            statement([PAID], number=1),
            statement([BACK], number=2, opening=991_000),
            statement([WHOLE], number=4, opening=1_000_000),
        )
    )
    spans = [each.span for each in whole.extracts]
    with_numbers = check_sequence([spans[0], spans[1]], [])
    assert with_numbers == []
    jumped = [spans[0], spans[1], whole.extracts[2].span]
    jumped[2] = replace(spans[2], closed_on=date(2026, 11, 5))
    assert "suit le n°\u00a02" in check_sequence(jumped)[0]
    with pytest.raises(Refused, match="Il manque un relevé"):
        check_sequence([jumped[2]], [spans[0]])


def test_kept_file_is_small_and_comes_back() -> None:
    content = camt(statement([PAID] * 500))
    kept = packed(content)
    assert (unpacked(kept).read(), packed(content)) == (content, kept)
    assert len(kept) * 10 < len(content)


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (0, "0,00\u00a0€"),
        (123_456_789, "1\u202f234\u202f567,89\u00a0€"),
        (-5, "\u2212\u202f0,05\u00a0€"),
    ],
)
def test_amounts_in_sentences(cents: int, said: str) -> None:
    assert euros_of(cents) == said
