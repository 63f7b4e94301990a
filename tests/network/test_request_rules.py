"""Rules of attachments and of requests that wait."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.enums import FileKind
from network.rules.attachments import (
    MOST_BYTES,
    MOST_BYTES_IN_ALL,
    MOST_FILES,
    Unfit,
    kind_of,
    unfit,
)
from network.rules.requests import Overdue, is_minor, overdue
from tests.factories.referral import JPEG, PDF, PNG

SENT = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (JPEG, FileKind.JPEG),
        (PNG, FileKind.PNG),
        (b"<html>%PDF-1.7", None),
        (b"MZ\x90\0", None),
        (b"<svg onload=alert(1)>", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_type_is_told_by_content(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "sizes", "reason"),
    [
        (PDF, [], None),
        (b"", [], Unfit.EMPTY),
        (PDF + b"\0" * MOST_BYTES, [], Unfit.TOO_BIG),
        (b"GIF89a", [], Unfit.STRANGE),
        (PDF, [10] * MOST_FILES, Unfit.TOO_MANY),
        (PDF, [MOST_BYTES_IN_ALL - 5], Unfit.TOO_MUCH),
    ],
)
def test_unfit_says_why(content: bytes, sizes: list[int], reason: Unfit | None) -> None:
    assert unfit(content, sizes) == reason


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, Overdue.NOT_YET),
        (29, Overdue.NOT_YET),
        (30, Overdue.REMIND),
        (59, Overdue.REMIND),
        (60, Overdue.REMIND_AGAIN),
        (89, Overdue.REMIND_AGAIN),
        (90, Overdue.ARCHIVE),
        (900, Overdue.ARCHIVE),
    ],
)
def test_overdue_over_month_and_year_ends(days: int, due: Overdue) -> None:
    assert overdue(SENT, SENT + timedelta(days=days)) == due
    leap = date(2027, 12, 20)
    assert overdue(leap, leap + timedelta(days=days)) == due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_overdue_never_goes_back(first: date, one: int, more: int) -> None:
    order = list(Overdue)
    before = overdue(first, first + timedelta(days=one))
    later = overdue(first, first + timedelta(days=one + more))
    assert order.index(before) <= order.index(later)


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        (date(2008, 11, 16), False),
        (date(2008, 11, 17), True),
        (date(2020, 2, 29), True),
    ],
)
def test_minor_until_the_eighteenth_birthday(born: date, minor: bool) -> None:
    assert is_minor(born, date(2026, 11, 16)) is minor
