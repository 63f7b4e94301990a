from datetime import date

import pytest

from portal.kit.dates import (
    Period,
    add_months,
    add_years,
    anniversary_year,
    civil_year,
    covers,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_period_holds_its_start_and_not_its_end(day: str, inside: bool) -> None:
    assert (D(day) in Period(D("2026-01-01"), D("2027-01-01"))) == inside


def test_period_without_end_is_open() -> None:
    assert date.max in Period(D("2026-01-01"))


@pytest.mark.parametrize("end", ["2026-01-01", "2025-06-01"])
def test_period_that_ends_before_it_starts_is_empty(end: str) -> None:
    period = Period(D("2026-01-01"), D(end))
    assert [D(day) in period for day in ("2025-05-31", "2025-06-01", "2026-01-01")] == [False] * 3


@pytest.mark.parametrize(
    ("first", "last", "day", "expected"),
    [
        ("2026-03-01", "2026-03-31", "2026-02-28", False),
        ("2026-03-01", "2026-03-31", "2026-03-01", True),
        ("2026-03-01", "2026-03-31", "2026-03-31", True),
        ("2026-03-01", "2026-03-31", "2026-04-01", False),
        ("2026-03-01", None, "9999-12-31", True),
        (None, None, "2026-03-01", False),
        (None, "2026-03-31", "2026-03-01", False),
    ],
)
def test_status_covers_both_its_ends(
    first: str | None, last: str | None, day: str, expected: bool
) -> None:
    assert covers(D(first) if first else None, D(last) if last else None, D(day)) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-05", 15, "2027-04-05"),
        ("2025-11-30", 15, "2027-02-28"),
        ("2026-11-30", 15, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-12-01", 0, "2026-12-01"),
        ("2026-01-31", -2, "2025-11-30"),
        ("9999-01-31", 15, "9999-12-31"),
    ],
)
def test_month_added_is_clipped_to_the_end_of_the_month(
    day: str, months: int, expected: str
) -> None:
    assert add_months(D(day), months) == D(expected)


def test_year_added_to_a_leap_day_is_the_28th_but_in_leap_years() -> None:
    anniversaries = [add_years(D("2024-02-29"), years).isoformat() for years in range(5)]
    assert anniversaries == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_civil_year_starts_on_the_first_of_january() -> None:
    period = Period(D("2026-01-01"), D("2027-01-01"))
    assert [civil_year(D(day)) for day in ("2026-01-01", "2026-12-31")] == [period, period]


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        ("2026-01-05", "2026-01-04", None),
        ("2026-01-05", "2026-01-05", ("2026-01-05", "2027-01-05")),
        ("2026-01-05", "2027-01-04", ("2026-01-05", "2027-01-05")),
        ("2026-01-05", "2027-01-05", ("2027-01-05", "2028-01-05")),
        ("2024-02-29", "2025-02-27", ("2024-02-29", "2025-02-28")),
        ("2024-02-29", "2025-02-28", ("2025-02-28", "2026-02-28")),
        ("2024-02-29", "2028-02-28", ("2027-02-28", "2028-02-29")),
        ("2024-02-29", "2028-02-29", ("2028-02-29", "2029-02-28")),
    ],
)
def test_anniversary_year_holds_the_day(
    start: str, day: str, expected: tuple[str, str] | None
) -> None:
    period = anniversary_year(D(start), D(day))
    assert period == (expected and Period(D(expected[0]), D(expected[1])))
