"""The booking rule, the course of a place and the waiting list, by tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from etp.enums import Move, PlaceState, Refusal
from etp.rules.booking import Held, Slot, Standing, decide, may_accept, overlap
from etp.rules.course import COURSE, FIRST, HELD, can
from etp.rules.waiting import Waiting, line_for, may_still_give_up, rank
from portal.kit.seats import lowest_free, offer_until

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
WORKSHOP, OTHER_WORKSHOP = 1, 2
OFFER, B, A, X, E = (
    PlaceState.OFFERED,
    PlaceState.BOOKED,
    PlaceState.ATTENDED,
    PlaceState.ABSENT,
    PlaceState.EXCUSED,
)


def slot(session: int = 1, *, days: float = 10, workshop: int = WORKSHOP, **fields: object) -> Slot:
    starts_at = NOW + timedelta(days=days)
    made = Slot(session, workshop, starts_at, starts_at + timedelta(hours=1))
    return replace(made, **fields)  # type: ignore[arg-type]


SLOT = slot()
IN_CYCLE = slot(position=2, alone=False)


def person(*places: tuple[Slot, PlaceState], **fields: object) -> Standing:
    made = Standing(True, {WORKSHOP, OTHER_WORKSHOP}, tuple(Held(*each) for each in places))
    return replace(made, **fields)  # type: ignore[arg-type]


FREE = person()
LATER = slot(9, days=20)
OVER = slot(9, days=-1)
SAME_HOUR = slot(9, workshop=OTHER_WORKSHOP)

REFUSALS: dict[str, tuple[Slot, Standing, int, Refusal | None]] = {
    "room": (SLOT, FREE, 1, None),
    "full": (SLOT, FREE, 0, Refusal.FULL),
    "fewer_than_none": (SLOT, FREE, -1, Refusal.FULL),
    "cancelled": (replace(SLOT, cancelled=True), FREE, 1, Refusal.CANCELLED),
    "begins_now": (slot(days=0), FREE, 1, Refusal.STARTED),
    "begins_in_a_second": (slot(days=1 / 86400), FREE, 1, None),
    "not_followed": (SLOT, replace(FREE, followed=False), 1, Refusal.NOT_FOLLOWED),
    "not_opened": (SLOT, replace(FREE, opened={OTHER_WORKSHOP}), 1, Refusal.NOT_OPENED),
    **{
        f"same_session_{state}": (SLOT, person((SLOT, state)), 1, Refusal.SAME_SESSION)
        for state in sorted(HELD)
    },
    "other_date_booked": (SLOT, person((LATER, B)), 1, Refusal.OTHER_DATE),
    "other_date_offered": (SLOT, person((LATER, OFFER)), 1, Refusal.OTHER_DATE),
    "other_date_given_up": (SLOT, person((LATER, PlaceState.CANCELLED)), 1, None),
    "missed": (SLOT, person((OVER, X)), 1, None),
    "excused": (SLOT, person((OVER, E)), 1, None),
    "attended": (SLOT, person((OVER, A)), 1, Refusal.ALREADY_ATTENDED),
    "attended_repeatable": (replace(SLOT, repeatable=True), person((OVER, A)), 1, None),
    "over_not_noted": (SLOT, person((OVER, B)), 1, Refusal.OTHER_DATE),
    "over_not_noted_repeatable": (replace(SLOT, repeatable=True), person((OVER, B)), 1, None),
    "coming_repeatable": (
        replace(SLOT, repeatable=True),
        person((LATER, B)),
        1,
        Refusal.OTHER_DATE,
    ),
    "clash_booked": (SLOT, person((SAME_HOUR, B)), 1, Refusal.CLASH),
    "clash_offered": (SLOT, person((SAME_HOUR, OFFER)), 1, Refusal.CLASH),
    "clash_given_up": (SLOT, person((SAME_HOUR, PlaceState.MOVED)), 1, None),
    "just_after": (
        SLOT,
        person((replace(SAME_HOUR, starts_at=SLOT.ends_at, ends_at=LATER.ends_at), B)),
        1,
        None,
    ),
    "one_of_a_cycle": (IN_CYCLE, FREE, 1, Refusal.WHOLE_CYCLE),
    "one_of_a_cycle_alone": (replace(IN_CYCLE, alone=True), FREE, 1, None),
    "makes_up_missed": (IN_CYCLE, person((slot(9, days=-1, position=2), X)), 1, None),
    "makes_up_excused": (IN_CYCLE, person((slot(9, days=-1, position=2), E)), 1, None),
    "makes_up_called_off": (IN_CYCLE, person((slot(9, days=20, position=3), B)), 1, None),
    "makes_up_full": (IN_CYCLE, person((slot(9, days=20, position=3), B)), 0, Refusal.FULL),
    "rank_still_held": (
        IN_CYCLE,
        person((slot(9, days=20, position=2), B)),
        1,
        Refusal.OTHER_DATE,
    ),
    "rank_attended": (
        IN_CYCLE,
        person((slot(9, days=-1, position=2), A)),
        1,
        Refusal.ALREADY_ATTENDED,
    ),
    "cycle_only_offered": (
        IN_CYCLE,
        person((slot(9, days=20, position=3), OFFER)),
        1,
        Refusal.WHOLE_CYCLE,
    ),
    "cycle_of_another_workshop": (
        IN_CYCLE,
        person((slot(9, days=20, position=3, workshop=OTHER_WORKSHOP), B)),
        1,
        Refusal.WHOLE_CYCLE,
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_decided(name: str) -> None:
    asked, who, free, expected = REFUSALS[name]
    no = decide(asked, who, free=free, now=NOW)
    assert (no and no.reason) == expected


def test_every_refusal_of_the_rule_is_in_the_table() -> None:
    elsewhere = {
        Refusal.OFFER_OVER,
        Refusal.TOO_LATE,
        Refusal.NOT_HELD,
        Refusal.ROOM_LEFT,
        Refusal.OTHER_WORKSHOP,
    }
    assert {each[3] for each in REFUSALS.values()} - {None} == set(Refusal) - elsewhere


GATES: list[tuple[Refusal, dict[str, object], dict[str, object]]] = [
    (Refusal.CANCELLED, {"cancelled": True}, {}),
    (Refusal.STARTED, {"starts_at": NOW}, {}),
    (Refusal.NOT_FOLLOWED, {}, {"followed": False}),
    (Refusal.NOT_OPENED, {}, {"opened": ()}),
    (Refusal.SAME_SESSION, {}, {"places": (Held(SLOT, B),)}),
    (Refusal.OTHER_DATE, {}, {"places": (Held(replace(LATER, position=2), B),)}),
    (Refusal.CLASH, {}, {"places": (Held(SAME_HOUR, B),)}),
    (Refusal.WHOLE_CYCLE, {}, {}),
]


@pytest.mark.parametrize("first", range(len(GATES)))
def test_order_of_the_gates(first: int) -> None:
    """What stands against from a gate on: the first of them is said."""
    asked, who, places = IN_CYCLE, FREE, ()
    for _, session, standing in GATES[first:]:
        asked = replace(asked, **session)  # type: ignore[arg-type]
        given = dict(standing)
        places += given.pop("places", ())  # type: ignore[operator]
        who = replace(who, **given)  # type: ignore[arg-type]
    no = decide(asked, replace(who, places=places[::-1]), free=0, now=NOW)
    assert no is not None
    assert no.reason == GATES[first][0]


@pytest.mark.parametrize(
    ("places", "because"),
    [
        (((SLOT, B),), SLOT),
        (((LATER, B),), LATER),
        (((SAME_HOUR, B),), SAME_HOUR),
        (((SAME_HOUR, B), (LATER, OFFER)), LATER),
    ],
)
def test_refusal_names_what_explains_it(
    places: tuple[tuple[Slot, PlaceState], ...], because: Slot
) -> None:
    no = decide(SLOT, person(*places), free=1, now=NOW)
    assert no is not None
    assert no.because == because


@pytest.mark.parametrize(
    ("asked", "held", "expected"),
    [
        (SLOT, LATER, None),  # another date of the same workshop
        (SLOT, replace(SAME_HOUR, session=5), None),  # what is given up does not clash
        (IN_CYCLE, slot(9, days=20, position=2), None),  # the same rank in another group
        (SLOT, slot(1), None),
    ],
)
def test_place_that_is_given_up_does_not_stand_against(
    asked: Slot, held: Slot, expected: Refusal | None
) -> None:
    no = decide(asked, person((held, B)), free=1, now=NOW, moving=held.session)
    assert (no and no.reason) == expected


def test_cycle_is_booked_with_its_sessions() -> None:
    sessions = [slot(each, days=10 + each, position=each, alone=False) for each in (1, 2, 3)]
    answers = [decide(each, FREE, free=1, now=NOW, cycle={1, 2, 3}) for each in sessions]
    assert answers == [None] * 3


ACCEPTED: dict[str, tuple[Standing, Refusal | None]] = {
    "own_offer": (person((SLOT, OFFER)), None),
    "another_offer_of_the_workshop": (person((SLOT, OFFER), (LATER, OFFER)), None),
    "another_offer_at_that_hour": (person((SLOT, OFFER), (SAME_HOUR, OFFER)), None),
    "booked_since": (person((SLOT, OFFER), (LATER, B)), Refusal.OTHER_DATE),
    "clash_since": (person((SLOT, OFFER), (SAME_HOUR, B)), Refusal.CLASH),
    "left_since": (person((SLOT, OFFER), followed=False), Refusal.NOT_FOLLOWED),
    "closed_since": (person((SLOT, OFFER), opened=()), Refusal.NOT_OPENED),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_offer_may_be_accepted(name: str) -> None:
    who, expected = ACCEPTED[name]
    no = may_accept(SLOT, who, now=NOW)
    assert (no and no.reason) == expected


# --- The course of a place

NOTED = {B, A, X, E}
ALLOWED: dict[Move, tuple[set[PlaceState], PlaceState]] = {
    Move.ACCEPTED: ({OFFER}, B),
    Move.DECLINED: ({OFFER}, PlaceState.DECLINED),
    Move.EXPIRED: ({OFFER}, PlaceState.EXPIRED),
    Move.WITHDRAWN: ({OFFER}, PlaceState.CANCELLED),
    Move.CANCELLED: ({B}, PlaceState.CANCELLED),
    Move.MOVED: ({B}, PlaceState.MOVED),
    Move.ATTENDED: (NOTED, A),
    Move.ABSENT: (NOTED, X),
    Move.EXCUSED: (NOTED, E),
}


@pytest.mark.parametrize(("move", "state"), list(product(ALLOWED, PlaceState)))
def test_moves(move: Move, state: PlaceState) -> None:
    assert can(move, state) == (state in ALLOWED[move][0])
    assert COURSE[move][1] == ALLOWED[move][1]


def test_every_move_has_its_line() -> None:
    assert set(COURSE) | set(FIRST) == set(Move)
    assert dict(FIRST) == {Move.BOOKED: B, Move.OFFERED: OFFER}


def test_what_is_given_back_is_never_taken_up_again() -> None:
    assert (
        {state for states, _ in COURSE.values() for state in states} == HELD == {OFFER, B, A, X, E}
    )


# --- The waiting list


@pytest.mark.parametrize(
    ("left", "window"),
    [
        (timedelta(days=10), timedelta(hours=24)),
        (timedelta(days=4), timedelta(hours=24)),
        (timedelta(days=2), timedelta(hours=12)),
        (timedelta(hours=4), timedelta(hours=1)),
        (timedelta(minutes=40), timedelta(minutes=10)),
        (timedelta(minutes=20), timedelta(minutes=10)),
        (timedelta(minutes=10), timedelta(minutes=10)),
        (timedelta(minutes=3), timedelta(minutes=3)),
        (timedelta(0), None),
        (timedelta(minutes=-1), None),
    ],
)
def test_offer_window(left: timedelta, window: timedelta | None) -> None:
    until = offer_until(NOW, NOW + left)
    assert until == (None if window is None else NOW + window)


@pytest.mark.parametrize(
    ("before", "hours", "may"),
    [
        (timedelta(hours=24), 24, True),
        (timedelta(hours=24, seconds=-1), 24, False),
        (timedelta(0), 0, True),
        (timedelta(seconds=-1), 0, False),
    ],
)
def test_notice(before: timedelta, hours: int, may: bool) -> None:
    assert may_still_give_up(NOW, NOW + before, hours) == may


def waiting(key: int, minutes: int = 0, *, session: int | None = 1, who: int = 0) -> Waiting:
    return Waiting(key, who or key, NOW + timedelta(minutes=minutes), session)


LINES: dict[str, tuple[list[Waiting], dict[int, Standing], dict[int, int], list[int]]] = {
    "by_instant": ([waiting(1, 5), waiting(2, 3)], {}, {}, [2, 1]),
    "by_key_at_the_same_instant": ([waiting(2), waiting(1)], {}, {}, [1, 2]),
    "any_date_and_this_one": ([waiting(1, 5), waiting(2, 3, session=None)], {}, {}, [2, 1]),
    "another_date": ([waiting(1, session=7), waiting(2)], {}, {}, [2]),
    "no_more_right": ([waiting(1), waiting(2)], {1: person(followed=False)}, {}, [2]),
    "offered_elsewhere": ([waiting(1), waiting(2)], {1: person((LATER, OFFER))}, {}, [2]),
    "gave_it_up_since": ([waiting(1), waiting(2)], {}, {1: 0}, [2]),
    "asked_again_after_giving_up": ([waiting(1, 1), waiting(2)], {}, {1: 0}, [2, 1]),
}


@pytest.mark.parametrize("name", LINES)
def test_line(name: str) -> None:
    waits, people, gave_up, expected = LINES[name]
    standing = {each.person: FREE for each in waits} | people
    instants = {who: NOW + timedelta(minutes=after) for who, after in gave_up.items()}
    line = line_for(SLOT, waits, standing, instants, now=NOW)
    assert [each.key for each in line] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([], 1),
        ([waiting(1, -2), waiting(2, -1)], 3),
        ([waiting(1, -2, who=8), waiting(2, -1, who=8)], 2),  # one person who waits twice
        ([waiting(1, -2, who=9)], 1),  # the same person's other wait
        ([waiting(1, 5)], 1),
        ([waiting(1)], 2),  # the same instant: the first written is before
    ],
)
def test_rank(line: list[Waiting], expected: int) -> None:
    assert rank(waiting(9), [*line, waiting(9)]) == expected


@pytest.mark.parametrize(
    ("hours", "expected"), [((0, 1), True), ((0.5, 2), True), ((1, 2), False), ((-1, 0), False)]
)
def test_overlap(hours: tuple[float, float], expected: bool) -> None:
    begin, end = (SLOT.starts_at + timedelta(hours=each) for each in hours)
    other = replace(SLOT, starts_at=begin, ends_at=end)
    assert (overlap(SLOT, other), overlap(other, SLOT)) == (expected, expected)


@pytest.mark.parametrize(
    ("taken", "capacity", "seat"),
    [((), 1, 1), ((1,), 1, None), ((1, 3), 3, 2), ((2,), 2, 1), ((1, 2, 5), 2, None)],
)
def test_lowest_free(taken: tuple[int, ...], capacity: int, seat: int | None) -> None:
    assert lowest_free(taken, capacity) == seat
