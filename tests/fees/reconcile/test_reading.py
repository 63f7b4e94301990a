"""What a cell means, whatever its spelling."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.reconcile.reading import EPOCH, birth_day, cents, code, day, name, natural, swapped


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        (" 31-12-26 ", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("1er mars 2026", date(2026, 3, 1)),
        ("jeudi 3 décembre 2026", date(2026, 12, 3)),
        ("3 Févr. 26", date(2026, 2, 3)),
        ("2026-12-31 00:00:00", date(2026, 12, 31)),
        ("31/12/2026 09:30", date(2026, 12, 31)),
        ("20261231", date(2026, 12, 31)),
        ("46387", date(2026, 12, 31)),
        ("1/1/1970", date(1970, 1, 1)),
        ("31/02/2026", None),
        ("32/13/2026", None),
        ("hier", None),
        ("", None),
        ("2026", None),
    ],
)
def test_day_in_any_spelling(cell: str, read: date | None) -> None:
    assert day(cell) == (None if read is None else (read - EPOCH).days)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("30", 3000),
        ("30,00", 3000),
        ("30.5", 3050),
        ("30 €", 3000),
        ("€ 30,00", 3000),
        ("30€50", 3050),
        ("1 234,50", 123450),
        ("1\u202f234,50\u00a0€", 123450),
        ("1.234,50", 123450),
        ("30.00 EUR", 3000),
        ("30 euros", 3000),
        ("-30", None),
        ("trente", None),
        ("", None),
        ("30,123", 3012300),
        ("3o,00", None),
    ],
)
def test_amount_in_any_spelling(cell: str, read: int | None) -> None:
    assert cents(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Mme Solène AUBRAC", "aubrac solene"),
        ("Aubrac, Solène", "aubrac solene"),
        ("LE GOFF Jean-Loup", "goff jean le loup"),
        ("Dr. Noé  Dal'or", "dal noe or"),
        ("", ""),
    ],
)
def test_name_whatever_its_order_and_accents(cell: str, read: str) -> None:
    assert name(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"), [(" p-000 123 ", "P000123"), ("997 0000 0013", "99700000013"), ("12.0", "12")]
)
def test_code_whatever_its_spaces(cell: str, read: str) -> None:
    assert code(cell) == read


def test_two_figures_of_a_birth_year_are_past() -> None:
    assert birth_day("29/02/80") == (date(1980, 2, 29) - EPOCH).days
    assert birth_day("01/03/12") == (date(2012, 3, 1) - EPOCH).days


def test_identifiers_are_ordered_as_people_count() -> None:
    assert sorted(["L10", "L2", "L1", "A3"], key=natural) == ["A3", "L1", "L2", "L10"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_of_its_spellings(each: date) -> None:
    number = (each - EPOCH).days
    for spelling in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d"):
        assert day(each.strftime(spelling)) == number
    exchanged = swapped(number)
    assert exchanged is None or swapped(exchanged) == number


@given(st.integers(0, 10**9))
def test_every_amount_is_read_back(amount: int) -> None:
    assert cents(f"{amount // 100},{amount % 100:02d} €") == amount


def test_serial_days_begin_with_spreadsheets() -> None:
    assert day("25569") == 0
