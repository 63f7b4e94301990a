"""Faults in the ways through a case, each with a case that has it and one that has not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.written import Raw, case, decision, narrative, option, take_home
from training.enums import Flaw
from training.rules.cases import Case
from training.rules.graph import faults

FORK = decision("d", option("a", target="left"), option("b", "right", target="right"))
SOUND = [
    narrative("n"),
    FORK,
    narrative("l", name="left", target="end"),
    narrative("r", name="right"),
    take_home("t", name="end"),
]


def told(*steps: Raw, needs_take_home: bool = True) -> list[tuple[Flaw, str, str]]:
    found = faults(case(*steps), needs_take_home=needs_take_home)
    return [(fault.code, fault.step_id, fault.detail) for fault in found]


def test_branches_that_meet_again() -> None:
    assert told(*SOUND) == []


def test_two_ends() -> None:
    assert told(FORK, take_home("t", name="left"), take_home("u", name="right")) == []


def test_nothing_written() -> None:
    assert told() == [(Flaw.NO_DECISION, "", "")]


def test_no_decision() -> None:
    assert told(narrative(), take_home()) == [(Flaw.NO_DECISION, "", "")]


def test_same_name() -> None:
    steps = [*SOUND[:3], narrative("r", name="right"), take_home("t", name="end")]
    again = [*steps[:-1], narrative("again", name="right"), steps[-1]]
    assert told(*again) == [(Flaw.REPEATED_NAME, "again", "right")]


def test_unknown_target_of_option() -> None:
    steps = [decision("d", option("a", target="lost"), option("b", "right")), take_home("t")]
    assert told(*steps) == [(Flaw.UNKNOWN_TARGET, "d", "lost")]


def test_unknown_target_of_step() -> None:
    assert told(decision("d"), narrative("n", target="lost"), take_home("t")) == [
        (Flaw.UNKNOWN_TARGET, "n", "lost"),
        (Flaw.UNREACHABLE, "t", ""),
    ]


def test_unknown_target_of_decision_hidden_by_its_options() -> None:
    options = (option("a", target="end"), option("b", "right", target="end"))
    assert told(decision("d", *options, target="lost"), take_home("t", name="end")) == [
        (Flaw.UNKNOWN_TARGET, "d", "lost")
    ]


@pytest.mark.parametrize("answering", ["several", "order"])
def test_target_where_nothing_branches(answering: str) -> None:
    options = (option("a", target="end"), option("b", "right"))
    steps = [decision("d", *options, answering=answering), take_home("t", name="end")]
    assert told(*steps) == [(Flaw.IDLE_TARGET, "d", "end")]


@pytest.mark.parametrize("answering", ["one", "short"])
def test_target_where_choices_branch(answering: str) -> None:
    options = (option("a", target="end"), option("b", "right"))
    steps = [decision("d", *options, answering=answering), take_home("t", name="end")]
    assert told(*steps) == []


def test_unreachable_step() -> None:
    steps = [decision("d", target="end"), narrative("n", name="aside"), take_home("t", name="end")]
    assert told(*steps) == [(Flaw.UNREACHABLE, "n", "aside")]


def test_what_follows_a_take_home() -> None:
    assert told(decision("d"), take_home("t"), narrative("n")) == [(Flaw.UNREACHABLE, "n", "")]


def test_dead_end() -> None:
    steps = [FORK, take_home("t", name="left"), narrative("r", name="right")]
    assert told(*steps) == [(Flaw.DEAD_END, "r", "right")]


def test_dead_end_allowed_in_a_test() -> None:
    assert told(decision("d"), decision("e"), needs_take_home=False) == []
    assert told(decision("d"), decision("e")) == [(Flaw.DEAD_END, "e", "")]


def test_way_back() -> None:
    steps = [
        narrative("n", name="start"),
        decision("d", option("a", target="start"), option("b", "right")),
        take_home("t"),
    ]
    assert told(*steps) == [(Flaw.LOOP, "d", "start")]


def test_way_back_met_twice_is_told_once() -> None:
    steps = [
        FORK,
        narrative("l", name="left", target="end"),
        narrative("r", name="right"),
        decision("e", option("a", target="end"), option("b", "right"), name="end"),
        take_home("t"),
    ]
    assert told(*steps) == [(Flaw.LOOP, "e", "end")]


def test_step_that_leads_to_itself() -> None:
    options = (option("a", target="again"), option("b", "right"))
    assert told(decision("d", *options, name="again"), take_home("t")) == [
        (Flaw.LOOP, "d", "again")
    ]


def test_case_that_never_ends() -> None:
    steps = [decision("d", name="one"), narrative("n", target="one"), take_home("t")]
    assert told(*steps) == [(Flaw.UNREACHABLE, "t", ""), (Flaw.LOOP, "n", "one")]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to six steps, all named, whose targets are drawn among them."""
    count = draw(st.integers(1, 6))
    names = st.sampled_from(["", *(f"s{n}" for n in range(count))])
    steps = []
    for n in range(count):
        kind = draw(st.sampled_from(["narrative", "one", "several", "take_home"]))
        if kind == "take_home":
            steps.append(take_home(f"i{n}", name=f"s{n}"))
        elif kind == "narrative":
            steps.append(narrative(f"i{n}", name=f"s{n}", target=draw(names)))
        else:
            options = (option("a", target=draw(names)), option("b", "right", target=draw(names)))
            steps.append(decision(f"i{n}", *options, answering=kind, name=f"s{n}"))
    return case(*steps)


def ends(walked: Case) -> set[str]:
    """How each way through a case ends, every choice tried: a kind of step, or "loop"."""
    found = set()
    ways = [[walked.steps[0]]]
    while ways:
        way = ways.pop()
        last = way[-1]
        options = getattr(last, "options", ()) if getattr(last, "branches", False) else (None,)
        for chosen in options:
            after = walked.after(last, chosen)
            if after is None:
                found.add(last.kind.value)
            elif after in way:
                found.add("loop")
            else:
                ways.append([*way, after])
    return found


@given(cases())
def test_faults_agree_with_walking_every_way(walked: Case) -> None:
    codes = {fault.code for fault in faults(walked)}
    ways = ends(walked)
    assert (Flaw.LOOP in codes) == ("loop" in ways)
    assert (Flaw.DEAD_END in codes) == bool(ways - {"loop", "take_home"})
