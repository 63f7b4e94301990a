"""What is unusual, and what is not: one line for each limit."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from fees import remarks
from fees.draw import drawn
from fees.enums import OUTLIERS, Reason, Remark
from fees.outliers import Flag, Practice, far_above, flags, is_day_off, same_for_all

MONDAY = date(2026, 6, 15)
SUNDAY = date(2026, 6, 14)
LAST = date(2026, 6, 30)


def practice(**given: object) -> Practice:
    usual: dict[str, object] = {
        "by_day": Counter({MONDAY: 2}),
        "by_patient": Counter({1: 1, 2: 1}),
        "peers": [30, 40, 50, 60, 70],
    }
    return Practice(**(usual | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("acts", "peers", "found"),
    [
        (150, [50] * 5, None),  # three times, not more
        (151, [50] * 5, (151, 50)),
        (151, [50] * 4, None),  # too few peers
        (19, [1] * 5, None),  # too few acts
        (20, [1] * 5, (20, 1)),
        (400, [10, 20, 100, 200, 300], (400, 100)),
        (300, [10, 20, 100, 200, 300], None),
    ],
)
def test_year_far_above_peers(acts: int, peers: list[int], found: tuple[int, int] | None) -> None:
    assert far_above(acts, peers) == (found and Flag(Remark.FAR_ABOVE_PEERS, found))


@pytest.mark.parametrize(
    ("by_patient", "found"),
    [
        ([3] * 5, (3, 5)),
        ([3] * 4, None),
        ([1] * 9, None),
        ([3, 3, 3, 3, 2], None),
        ([], None),
    ],
)
def test_same_number_of_acts_for_all(by_patient: list[int], found: tuple[int, int] | None) -> None:
    assert same_for_all(by_patient) == (found and Flag(Remark.SAME_FOR_ALL, found))


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (SUNDAY, True),
        (MONDAY, False),
        (date(2026, 6, 13), False),  # a Saturday is worked
        (date(2026, 4, 6), True),  # Easter Monday
        (date(2026, 5, 14), True),  # Ascension
        (date(2026, 5, 25), True),  # Monday of Pentecost
        (date(2026, 7, 14), True),
        (date(2026, 12, 26), False),  # a holiday of banks alone
    ],
)
def test_day_off(day: date, off: bool) -> None:
    assert is_day_off(day) is off


@pytest.mark.parametrize(
    ("day", "claimed", "given", "found"),
    [
        (MONDAY, [MONDAY] * 9, {}, []),
        (SUNDAY, [SUNDAY], {}, [Flag(Remark.DAY_OFF)]),
        (MONDAY, [MONDAY], {"by_day": Counter({MONDAY: 11})}, []),
        (MONDAY, [MONDAY], {"by_day": Counter({MONDAY: 12})}, [Flag(Remark.MANY_ON_A_DAY, (12,))]),
        (LAST, [LAST] * 5, {}, []),
        (LAST, [LAST] * 6, {}, [Flag(Remark.ALL_ON_A_DAY, (6,))]),
        (LAST, [LAST] * 6 + [MONDAY], {}, []),
    ],
)
def test_flags_of_a_line(
    day: date, claimed: list[date], given: dict[str, object], found: list[Flag]
) -> None:
    assert list(flags(day, claimed, practice(**given))) == found


@pytest.mark.parametrize("code", [*Reason, *Remark])
def test_every_remark_has_its_words(code: str) -> None:
    figures = {
        Remark.FAR_ABOVE_PEERS: (400, 50),
        Remark.SAME_FOR_ALL: (3, 12),
        Remark.CLAIMED_LATE: (91, 90),
    }
    assert remarks.title(code)
    assert remarks.sentence(code, figures.get(code, (12,))).endswith(".")  # type: ignore[call-overload]


def test_sentence_gives_its_figures() -> None:
    said = remarks.sentence(Remark.FAR_ABOVE_PEERS, (1400, 50))
    assert said == (
        "1\u202f400 actes en douze mois, quand la moitié de ses pairs en a fait moins de 50."
    )
    assert set(OUTLIERS) < set(Remark)


def test_draw_is_the_same_again_and_a_larger_share_holds_the_smaller() -> None:
    five = {act for act in range(20_000) if drawn("sel", act, Decimal(5))}
    assert five == {act for act in range(20_000) if drawn("sel", act, Decimal(5))}
    assert 900 < len(five) < 1100
    assert five < {act for act in range(20_000) if drawn("sel", act, Decimal(10))}
    assert five != {act for act in range(20_000) if drawn("poivre", act, Decimal(5))}
    assert {drawn("sel", act, Decimal(0)) for act in range(99)} == {False}
    assert {drawn("sel", act, Decimal(100)) for act in range(99)} == {True}
