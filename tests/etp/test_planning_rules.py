"""Holidays, recurrence across the changes of hour, conflicts, the least team, stages."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etp.enums import Concern, Stage, TeamLack
from etp.rules.conflicts import Found, Planned, all_clashes, clashes, concerns
from etp.rules.stage import stage
from etp.rules.team import lacks
from network.enums import Profession
from portal.kit.holidays import holiday, holidays
from portal.kit.recurrence import MOST, instant, span, weekly
from tests.factories.etp import PARIS

AUTUMN, SPRING = date(2026, 10, 25), date(2026, 3, 29)
AT = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "jour de l’an"),
        (date(2026, 4, 6), "lundi de Pâques"),
        (date(2026, 5, 14), "Ascension"),
        (date(2026, 5, 25), "lundi de Pentecôte"),
        (date(2026, 12, 25), "Noël"),
        (date(2027, 3, 29), "lundi de Pâques"),
        (date(2026, 11, 16), ""),
        (date(2026, 4, 5), ""),  # Easter Sunday is no holiday of the code
    ],
)
def test_holiday_by_name(day: date, name: str) -> None:
    assert holiday(day) == name


def test_two_holidays_on_one_day_are_told_together() -> None:
    assert len(holidays(2026)) == 11
    assert holiday(date(2008, 5, 1)) == "fête du Travail et Ascension"


@pytest.mark.parametrize(
    ("ask", "days"),
    [
        ({"times": 3}, [1, 8, 15]),
        ({"times": 2, "weeks": 2}, [1, 15]),
        ({"until": date(2026, 12, 15)}, [1, 8, 15]),
        ({"until": date(2026, 12, 14)}, [1, 8]),
        ({"times": 9, "until": date(2026, 12, 9)}, [1, 8]),
        ({"until": date(2026, 11, 1)}, []),
    ],
)
def test_weekly_days(ask: dict[str, Any], days: list[int]) -> None:
    assert [each.day for each in weekly(date(2026, 12, 1), **ask)] == days


def test_weekly_holds_so_many_dates() -> None:
    assert len(weekly(date(2026, 12, 1), until=date(2099, 1, 1))) == MOST


@pytest.mark.parametrize("ask", [{}, {"weeks": 0, "times": 2}])
def test_weekly_refuses_what_has_no_end_or_no_rhythm(ask: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a series"):
        weekly(AUTUMN, **ask)


@pytest.mark.parametrize(
    ("day", "at", "hours_utc"),
    [
        (AUTUMN - timedelta(days=7), time(9), (7, 0)),
        (AUTUMN, time(9), (8, 0)),
        (SPRING - timedelta(days=7), time(9), (8, 0)),
        (SPRING, time(9), (7, 0)),
        (SPRING, time(2, 30), (1, 30)),  # skipped: 2:30 is shown as 3:30
        (AUTUMN, time(2, 30), (0, 30)),  # repeated: the first one
    ],
)
def test_instant_of_a_local_hour(day: date, at: time, hours_utc: tuple[int, int]) -> None:
    found = instant(day, at, PARIS)
    assert (found.hour, found.minute) == hours_utc


@pytest.mark.parametrize("change", [AUTUMN, SPRING])
def test_series_keeps_its_hour_over_the_change(change: date) -> None:
    days = weekly(change - timedelta(days=10), times=4)
    shown = [instant(day, time(9), PARIS).astimezone(PARIS) for day in days]
    assert [(each.date(), each.time()) for each in shown] == [(day, time(9)) for day in days]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 24 * 60 - 1))
def test_instant_shows_the_hour_or_the_skipped_one(day: date, minute: int) -> None:
    at = time(minute // 60, minute % 60)
    shown = instant(day, at, PARIS).astimezone(PARIS).replace(tzinfo=None)
    moved = shown - datetime.combine(day, at)
    assert moved in (timedelta(0), timedelta(hours=1))


def test_span_lasts_what_was_asked() -> None:
    starts, ends = span(AUTUMN, time(1, 30), 120, PARIS)
    assert ends - starts == timedelta(hours=2)
    assert ends.astimezone(PARIS).time() == time(2, 30)


def planned(key: int = 1, hour: float = 0, **fields: Any) -> Planned:
    starts = AT + timedelta(hours=hour)
    defaults: dict[str, Any] = {
        "key": key,
        "day": starts.date(),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
        "facilitator": key,
        "trained": True,
        "seats": 8,
    }
    return Planned(**(defaults | fields))


TWICE, ROOM = Concern.FACILITATOR_TWICE, Concern.ROOM_TWICE


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (planned(2, 0.5, facilitator=1), [TWICE]),
        (planned(2, 0.5, site=7), [ROOM]),
        (planned(2, 0.5, facilitator=1, site=7), [TWICE, ROOM]),
        (planned(2, 1, facilitator=1, site=7), []),  # begins when the other ends
        (planned(2, -1, facilitator=1, site=7), []),
        (planned(2, 0), []),
        (planned(1, 0, facilitator=1), []),  # itself
    ],
)
def test_clashes(other: Planned, found: list[Concern]) -> None:
    assert clashes(planned(facilitator=1, site=7), other) == found


def test_video_takes_no_room() -> None:
    assert clashes(planned(1), planned(2)) == []


def test_concerns_of_a_session() -> None:
    one = planned(0, day=date(2026, 12, 25), trained=False, site=1, room=6)
    other = planned(9, site=1)
    assert concerns(one, [other]) == [
        Found(ROOM, 9),
        Found(Concern.HOLIDAY),
        Found(Concern.UNTRAINED),
        Found(Concern.ROOM_SMALL),
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2)),
        max_size=12,
    )
)
def test_all_clashes_is_every_pair(given_rows: list[tuple[int, int, int, int]]) -> None:
    sessions = [
        planned(
            key,
            start,
            ends_at=AT + timedelta(hours=start + lasts),
            facilitator=who,
            site=room or None,
        )
        for key, (start, lasts, who, room) in enumerate(given_rows, 1)
    ]
    every = {
        (one.key, other.key, each)
        for one in sessions
        for other in sessions
        for each in clashes(one, other)
    }
    found = all_clashes(sessions)
    assert {(key, each.other, each.concern) for key, rows in found.items() for each in rows} == (
        every
    )


@pytest.mark.parametrize(
    ("team", "missing"),
    [
        ([], [TeamLack.DOCTOR, TeamLack.SECOND_PROFESSION]),
        ([Profession.DOCTOR, Profession.DOCTOR], [TeamLack.SECOND_PROFESSION]),
        ([Profession.PHYSIO, Profession.NURSE], [TeamLack.DOCTOR]),
        ([Profession.DOCTOR, Profession.NURSE], []),
    ],
)
def test_least_team(team: list[Profession], missing: list[TeamLack]) -> None:
    assert lacks(team) == missing


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, Stage.OPEN),
        ({"free": 0}, Stage.FULL),
        ({"booked": 2, "days_left": 4}, Stage.OPEN),
        ({"booked": 2, "days_left": 3}, Stage.UNDER_MINIMUM),
        ({"booked": 2, "days_left": 3, "free": 0}, Stage.UNDER_MINIMUM),
        ({"starts_at": AT, "to_note": 1}, Stage.TO_NOTE),
        ({"starts_at": AT}, Stage.NOTED),
        ({"cancelled": True, "starts_at": AT, "to_note": 1}, Stage.CANCELLED),
    ],
)
def test_stage(facts: dict[str, Any], found: Stage) -> None:
    defaults: dict[str, Any] = {
        "starts_at": AT + timedelta(days=10),
        "now": AT,
        "cancelled": False,
        "booked": 4,
        "free": 4,
        "minimum": 3,
        "to_note": 0,
        "days_left": 10,
    }
    assert stage(**(defaults | facts)) == found
