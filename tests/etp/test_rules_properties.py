"""What holds of the rules for any values."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from etp.enums import PlaceState, Refusal
from etp.rules.booking import Held, Slot, Standing, decide, may_accept, overlap
from etp.rules.course import COURSE, HELD
from etp.rules.waiting import Waiting, line_for, may_still_give_up, rank
from portal.kit.seats import lowest_free, offer_until

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
instants = st.integers(-3 * 1440, 30 * 1440).map(lambda each: NOW + timedelta(minutes=each))


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    starts_at = draw(instants)
    return Slot(
        session=draw(st.integers(1, 6)),
        workshop=draw(st.integers(1, 2)),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=draw(st.integers(10, 480))),
        cancelled=draw(st.booleans()),
        position=draw(st.none() | st.integers(1, 3)),
        alone=draw(st.booleans()),
        repeatable=draw(st.booleans()),
    )


held = st.builds(Held, slots(), st.sampled_from(list(PlaceState)))
people = st.builds(
    Standing, st.booleans(), st.frozensets(st.integers(1, 2)), st.lists(held, max_size=4).map(tuple)
)


@given(instants, instants)
def test_offer_never_outlives_the_start(now: datetime, starts_at: datetime) -> None:
    until = offer_until(now, starts_at)
    assert (until is None) == (starts_at <= now)
    assert until is None or now < until <= starts_at


@given(st.integers(1, 40_000), st.integers(0, 40_000))
def test_offer_window_shrinks_as_the_start_nears(left: int, less: int) -> None:
    """Later made, it never holds longer, and never lapses before one made earlier."""
    starts_at = NOW + timedelta(minutes=left)
    later = NOW + timedelta(minutes=min(less, left - 1))
    first, second = offer_until(NOW, starts_at), offer_until(later, starts_at)
    assert first is not None
    assert second is not None
    assert second - later <= first - NOW
    assert second >= first


@given(st.frozensets(st.integers(1, 60)), st.integers(1, 50))
def test_lowest_free_seat(taken: frozenset[int], capacity: int) -> None:
    seat = lowest_free(taken, capacity)
    seats = set(range(1, capacity + 1))
    assert seat == min(seats - taken, default=None)


@given(slots(), slots())
def test_overlap_is_mutual(one: Slot, other: Slot) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one)


@given(slots(), people)
def test_seats_alone_decide_between_full_and_yes(slot: Slot, person: Standing) -> None:
    some, none = (decide(slot, person, free=free, now=NOW) for free in (1, 0))
    assert (none and none.reason) == (Refusal.FULL if some is None else some.reason)


@given(slots(), people)
def test_what_is_booked_is_refused_a_second_time(slot: Slot, person: Standing) -> None:
    if decide(slot, person, free=1, now=NOW) is None:
        places = (*person.places, Held(slot, PlaceState.BOOKED))
        again = decide(slot, Standing(True, person.opened, places), free=1, now=NOW)
        assert again is not None
        assert again.reason == Refusal.SAME_SESSION


@given(slots(), people)
def test_no_two_booked_places_of_a_person_overlap(slot: Slot, person: Standing) -> None:
    if may_accept(slot, person, now=NOW) is None:
        booked = [each.slot for each in person.places if each.state == PlaceState.BOOKED]
        assert not any(overlap(slot, each) for each in booked)


@given(slots(), people)
def test_what_may_be_booked_may_be_accepted(slot: Slot, person: Standing) -> None:
    if decide(slot, person, free=1, now=NOW) is None:
        assert may_accept(slot, person, now=NOW) is None


@given(slots(), people, st.randoms())
def test_order_of_places_changes_no_verdict(slot: Slot, person: Standing, random: object) -> None:
    places = list(person.places)
    random.shuffle(places)  # type: ignore[attr-defined]
    other = Standing(person.followed, person.opened, tuple(places))
    verdicts = [decide(slot, each, free=1, now=NOW) for each in (person, other)]
    refused = {each and each.reason for each in verdicts}
    assert len(refused) == 1 or refused <= {Refusal.OTHER_DATE, Refusal.ALREADY_ATTENDED}


@given(instants, instants, st.integers(0, 200))
def test_notice_once_over_stays_over(now: datetime, starts_at: datetime, hours: int) -> None:
    later = now + timedelta(minutes=1)
    assert may_still_give_up(now, starts_at, hours) or not may_still_give_up(
        later, starts_at, hours
    )


waits = st.lists(
    st.builds(
        Waiting,
        st.integers(1, 50),
        st.integers(1, 6),
        st.integers(0, 5).map(lambda each: NOW + timedelta(minutes=each)),
        st.none() | st.integers(1, 3),
    ),
    unique_by=lambda each: each.key,
    max_size=12,
)


@given(slots(), waits, st.randoms())
def test_line_is_one_total_order(slot: Slot, waiting: list[Waiting], random: object) -> None:
    """Whatever the order they are read in; each rank is one more than those before, at most."""
    standing = {each: Standing(True, {1, 2}) for each in range(1, 7)}
    line = line_for(slot, waiting, standing, {}, now=NOW)
    random.shuffle(waiting)  # type: ignore[attr-defined]
    assert line_for(slot, waiting, standing, {}, now=NOW) == line
    assert line == sorted(line, key=lambda each: (each.since, each.key))
    ranks = [rank(each, line) for each in line]
    assert all(each <= position for position, each in enumerate(ranks, 1))
    assert not ranks or ranks[0] == 1


@given(st.sampled_from(list(COURSE)))
def test_whatever_ends_a_place_frees_its_seat(move: object) -> None:
    before, after = COURSE[move]  # type: ignore[index]
    assert before <= HELD
    assert after not in before or after in HELD
