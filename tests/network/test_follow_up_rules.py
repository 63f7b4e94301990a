"""Rules of the follow-up and of consultations: tables, and what must always hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.rules.consultation import (
    Free,
    Nearness,
    Wait,
    clash,
    nearest,
    nearness,
    soonest,
    wait,
)
from network.rules.evaluation import PARTS, Sheet, Trend, compare
from network.rules.follow_up import (
    FOLLOW_UP_MONTHS,
    announced,
    last_day_of_follow_up,
    last_inclusion_over,
    last_renewal,
)
from portal.kit.dates import add_months

days = st.dates(date(2019, 1, 1), date(2032, 12, 31))
NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("home", "site", "expected"),
    [
        ("59000", "59000", Nearness.SAME_POSTCODE),
        ("59000", "59100", Nearness.SAME_DEPARTMENT),
        ("59000", "62000", Nearness.ELSEWHERE),
        ("97400", "97410", Nearness.SAME_DEPARTMENT),
        ("97400", "97100", Nearness.ELSEWHERE),
        ("", "59000", Nearness.UNKNOWN),
        ("59000", "", Nearness.UNKNOWN),
    ],
)
def test_nearness_reads_postcodes(home: str, site: str, expected: Nearness) -> None:
    assert nearness(home, site) == expected


def test_nearest_prefers_the_place_and_soonest_the_day() -> None:
    far, near = Free(1, NINE, "62000"), Free(2, NINE + timedelta(days=9), "59100")
    same = Free(3, NINE + timedelta(days=20), "59000")
    assert nearest([far, near, same], "59000") == same
    assert nearest([far, near], "59000") == near
    assert soonest([same, near, far]) == far
    assert nearest([far], "") is None
    assert nearest([], "59000") is None


@pytest.mark.parametrize(
    ("minutes_later", "expected"), [(-60, False), (-59, True), (0, True), (59, True), (60, False)]
)
def test_clash_of_slots_of_an_hour(minutes_later: int, expected: bool) -> None:
    other = NINE + timedelta(minutes=minutes_later)
    assert clash(NINE, 60, [(other, 60)]) is expected


def test_wait_counts_to_the_next_free_day_and_the_median() -> None:
    today = date(2026, 6, 1)
    came = [(date(2026, 3, 1), date(2026, 3, 11)), (date(2026, 3, 1), date(2026, 3, 31))]
    assert wait(today, date(2026, 6, 8), came) == Wait(7, 20, 2)
    assert wait(today, None, []) == Wait(None, None, 0)


@pytest.mark.parametrize(
    ("left", "expected"), [(61, None), (60, 60), (31, 60), (30, 30), (0, 30), (-1, None)]
)
def test_end_is_announced_at_60_then_30_days(left: int, expected: int | None) -> None:
    today = date(2026, 6, 1)
    assert announced(today + timedelta(days=left), today) == expected


@given(days, days)
def test_over_by_its_inclusion_is_over_by_its_end(included: date, on: date) -> None:
    over = add_months(included, FOLLOW_UP_MONTHS) <= on
    assert (included <= last_inclusion_over(on)) is over


@given(days, st.none() | days)
def test_renewal_never_shortens(included: date, renewed: date | None) -> None:
    plain, longer = last_day_of_follow_up(included), last_day_of_follow_up(included, renewed)
    assert longer >= plain
    assert last_renewal(plain) > plain
    if renewed and renewed > plain:
        assert longer == max(plain, renewed - timedelta(days=1))


def sheet(intensity: int | None = 5, directions: tuple[str, ...] = (), **parts: str) -> Sheet:
    return Sheet(intensity, {each: parts.get(each, "") for each in PARTS}, directions)


@pytest.mark.parametrize(
    ("before", "after", "trend", "gap"),
    [
        (7, 5, Trend.LESS, 2),
        (5, 7, Trend.MORE, 2),
        (5, 5, Trend.SAME, 0),
        (None, 5, None, 0),
        (5, None, None, 0),
    ],
)
def test_intensity_is_compared(
    before: int | None, after: int | None, trend: Trend | None, gap: int
) -> None:
    found = compare(sheet(before), sheet(after))
    assert (found.intensity, found.gap) == (trend, gap)


@pytest.mark.parametrize(
    ("before", "after", "trend"),
    [
        ("Dos", "dos  ", Trend.SAME),
        ("Dos", "Épaule", Trend.CHANGED),
        ("", "Dos", Trend.ADDED),
        ("Dos", "", Trend.REMOVED),
    ],
)
def test_parts_are_compared_by_their_words(before: str, after: str, trend: Trend) -> None:
    assert compare(sheet(pain=before), sheet(pain=after)).parts["pain"] == trend


def test_ways_opened_and_closed() -> None:
    found = compare(sheet(directions=("rcp", "dac")), sheet(directions=("rcp", "hospital")))
    assert (found.opened, found.closed) == (("hospital",), ("dac",))
