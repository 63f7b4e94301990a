"""Which workshops an assessment calls for: the table of the rule, and what always holds."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etp.enums import Audience, Mode, Theme, Why
from etp.rules.proposal import Course, Proposal, Reason, Wish, audience_of, propose

MOVE = Course(1, Theme.MOVEMENT, Audience.ADULTS, {Mode.ON_SITE})
RELAX = Course(2, Theme.RELAXATION, Audience.ADULTS, {Mode.ON_SITE, Mode.VIDEO})
KIDS = Course(3, Theme.MOVEMENT, Audience.CHILDREN, {Mode.ON_SITE})
ALL = (MOVE, RELAX, KIDS)
WALK, SLEEP = ("Marcher au parc", Theme.MOVEMENT), ("Dormir", Theme.RELAXATION)


def wish(
    *needs: Theme,
    aims: tuple[tuple[str, Theme], ...] = (),
    audience: Audience = Audience.ADULTS,
    mode: Mode | None = None,
) -> Wish:
    return Wish(needs, aims, audience, mode)


@pytest.mark.parametrize(
    ("asked", "proposed"),
    [
        (wish(), []),
        (wish(Theme.PAIN), []),
        (wish(Theme.MOVEMENT), [1]),
        (wish(Theme.MOVEMENT, audience=Audience.CHILDREN), [3]),
        (wish(Theme.MOVEMENT, audience=Audience.ADOLESCENTS), []),
        (wish(aims=(WALK,)), [1]),
        (wish(Theme.MOVEMENT, Theme.RELAXATION), [1, 2]),
        (wish(Theme.MOVEMENT, aims=(SLEEP,)), [1, 2]),
        (wish(Theme.MOVEMENT, Theme.RELAXATION, aims=(SLEEP,)), [2, 1]),
        (wish(Theme.MOVEMENT, aims=(WALK, SLEEP), mode=Mode.VIDEO), [2, 1]),
    ],
)
def test_workshops_follow_needs_and_objectives(asked: Wish, proposed: list[int]) -> None:
    assert [each.course for each in propose(asked, ALL)] == proposed


def test_reasons_are_the_objectives_then_the_need() -> None:
    asked = wish(Theme.MOVEMENT, aims=(WALK,), mode=Mode.VIDEO)
    reasons = (
        Reason(Why.OBJECTIVE, Theme.MOVEMENT, "Marcher au parc"),
        Reason(Why.NEED, Theme.MOVEMENT),
    )
    assert propose(asked, ALL) == [Proposal(1, reasons, suits=False)]


@pytest.mark.parametrize(
    ("on", "audience"),
    [
        (date(2026, 3, 14), Audience.CHILDREN),
        (date(2026, 3, 15), Audience.ADOLESCENTS),
        (date(2032, 3, 14), Audience.ADOLESCENTS),
        (date(2032, 3, 15), Audience.ADULTS),
    ],
)
def test_audience_changes_on_the_birthday(on: date, audience: Audience) -> None:
    assert audience_of(date(2014, 3, 15), on) == audience


THEMES = st.sampled_from(list(Theme))
WISHES = st.builds(
    Wish,
    st.sets(THEMES),
    st.lists(st.tuples(st.sampled_from(["Marcher", "Dormir"]), THEMES), max_size=5),
    st.sampled_from(list(Audience)),
    st.none() | st.sampled_from(list(Mode)),
)
COURSES = st.lists(
    st.builds(
        Course,
        st.integers(),
        THEMES,
        st.sampled_from(list(Audience)),
        st.sets(st.sampled_from(list(Mode))),
    ),
    unique_by=lambda each: each.key,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(WISHES, COURSES)
def test_proposed_once_each_for_a_reason_of_its_theme(asked: Wish, courses: list[Course]) -> None:
    by_key = {each.key: each for each in courses}
    proposed = propose(asked, courses)
    keys = [each.course for each in proposed]
    assert len(set(keys)) == len(keys)
    for each in proposed:
        course = by_key[each.course]
        assert each.reasons
        assert {reason.theme for reason in each.reasons} == {course.theme}
        assert course.audience == asked.audience
    wanted = {*asked.needs, *(theme for _, theme in asked.objectives)}
    left = [each for each in courses if each.key not in keys]
    assert not [e for e in left if e.theme in wanted and e.audience == asked.audience]
