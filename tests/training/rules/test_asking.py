"""Questions at time marks: the marks, what is wrong with choices, what another list changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.enums import Misasked
from training.rules.asking import Choice, Question, changes, clashes, faults_of
from training.rules.marks import clock_time, read_mark

SLEEP, STRESS = Choice("Le sommeil", True), Choice("Le stress", False, "Plus tard.")
BLANK = Choice("", False)


def test_mark_written_as_it_is_read() -> None:
    assert [clock_time(each) for each in (7, 750, 3723)] == ["0:07", "12:30", "1:02:03"]


@given(st.integers(0, 99 * 3600))
def test_mark_read_again_is_the_same_second(second: int) -> None:
    assert read_mark(clock_time(second)) == second


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (" 12:30 ", 750),
        ("75:00", 4500),
        ("00:07", 7),
        ("12", None),
        ("12:60", None),
        ("12:3", None),
        ("-1:00", None),
        ("١:٠٠", None),
        ("demain", None),
        ("", None),
    ],
)
def test_mark_read_or_not(text: str, second: int | None) -> None:
    assert read_mark(text) == second


@pytest.mark.parametrize(
    ("choices", "faults"),
    [
        ([SLEEP, STRESS], []),
        ([SLEEP, BLANK, STRESS, BLANK], []),
        ([SLEEP, Choice("Le froid", True)], []),
        ([SLEEP, BLANK, BLANK], [(1, Misasked.TOO_FEW)]),
        ([BLANK, BLANK], [(0, Misasked.TOO_FEW)]),
        ([], [(0, Misasked.TOO_FEW)]),
        ([STRESS, Choice("Le froid", False)], [(0, Misasked.NONE_RIGHT)]),
        ([BLANK, STRESS, Choice("Le froid", False)], [(1, Misasked.NONE_RIGHT)]),
        ([SLEEP, STRESS, Choice("LE STRESS", False)], [(2, Misasked.REPEATED)]),
        ([SLEEP, Choice("", True), STRESS], [(1, Misasked.UNWRITTEN)]),
        ([SLEEP, Choice("", False, "Non.")], [(1, Misasked.UNWRITTEN)]),
        (
            [STRESS, STRESS, Choice("", True)],
            [(1, Misasked.REPEATED), (2, Misasked.UNWRITTEN)],
        ),
    ],
)
def test_faults_of_choices(choices: list[Choice], faults: list[tuple[int, Misasked]]) -> None:
    assert faults_of(choices) == faults


@pytest.mark.parametrize(
    ("seconds", "places"),
    [([], []), ([1, 2, None, None], []), ([5, 1, 5, None, 1, 5], [2, 4, 5])],
)
def test_second_asked_twice(seconds: list[int | None], places: list[int]) -> None:
    assert clashes(seconds) == places


def at(second: int, stem: str = "Quoi ?") -> Question:
    return Question(second, stem, (SLEEP, STRESS))


FIRST, LAST = at(10, "D’abord ?"), at(60, "Enfin ?")


@pytest.mark.parametrize(
    ("wanted", "moved", "gone", "added"),
    [
        ([FIRST, LAST], {}, [], []),
        ([LAST, FIRST], {}, [], []),
        ([FIRST], {}, ["b"], []),
        ([], {}, ["a", "b"], []),
        ([FIRST, LAST, at(30)], {}, [], [at(30)]),
        ([FIRST, at(45, "Enfin ?")], {"b": 45}, [], []),
        ([at(60, "D’abord ?"), at(10, "Enfin ?")], {"a": 60, "b": 10}, [], []),
        ([FIRST, at(60, "À la fin ?")], {}, ["b"], [at(60, "À la fin ?")]),
        ([FIRST, LAST, at(70, "Enfin ?")], {}, [], [at(70, "Enfin ?")]),
        ([at(70, "Enfin ?"), FIRST, LAST], {}, [], [at(70, "Enfin ?")]),
    ],
)
def test_changes_of_questions(
    wanted: list[Question], moved: dict[str, int], gone: list[str], added: list[Question]
) -> None:
    found = changes({"a": FIRST, "b": LAST}, wanted)
    assert (found.moved, list(found.gone), list(found.added)) == (moved, gone, added)
    assert bool(found) is bool(moved or gone or added)


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("ABC")), unique_by=lambda x: x[0]))
def test_changes_lead_to_what_is_wanted(wanted: list[tuple[int, str]]) -> None:
    asked = {"a": at(0, "A"), "b": at(1, "B"), "c": at(2, "A")}
    aim = [at(second, stem) for second, stem in wanted]
    todo = changes(asked, aim)
    kept = {key: each for key, each in asked.items() if key not in todo.gone}
    after = [
        Question(todo.moved.get(key, each.second), each.stem, each.choices)
        for key, each in kept.items()
    ]
    found = [*after, *todo.added]
    assert sorted(found, key=lambda each: each.second) == sorted(aim, key=lambda each: each.second)
