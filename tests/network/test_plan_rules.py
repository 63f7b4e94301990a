"""The plan as plain values: what differs, what it says in words, the outline being written."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fees import rules as fees
from fees.enums import Kind as Act
from fees.enums import Reason
from network.enums import ActionStatus, PlanRow, Profession
from network.rules import plan_outline as outline
from network.rules.plan import (
    Action,
    Kind,
    Leaf,
    Objective,
    Plan,
    Problem,
    Who,
    applied,
    diff,
    leaves,
    revised,
)
from network.rules.proofs import plan_in_time
from network.selectors.plan_words import tell

texts = st.text(alphabet="abé ’", max_size=6)
days = st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1))
people = st.builds(Who, texts, st.none() | st.integers(1, 3))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans whose rows bear keys of a small set, so that two of them share some."""
    keys = draw(st.permutations(["k1", "k2", "k3", "k4", "k5", "k6"]))
    taken = iter(keys[: draw(st.integers(0, 6))])

    def action() -> Action | None:
        key = next(taken, None)
        status = draw(st.sampled_from(ActionStatus))
        if key is None:
            return None
        return Action(key, draw(texts), draw(people), draw(days), status, draw(texts))

    def objective() -> Objective | None:
        key = next(taken, None)
        under = [action() for _ in range(draw(st.integers(0, 2)))]
        return Objective(key, draw(texts), tuple(filter(None, under))) if key else None

    def problem() -> Problem | None:
        key = next(taken, None)
        under = [objective() for _ in range(draw(st.integers(0, 2)))]
        return Problem(key, draw(texts), tuple(filter(None, under))) if key else None

    rows = [problem() for _ in range(draw(st.integers(0, 3)))]
    return Plan(
        draw(texts), draw(texts), draw(texts), draw(people), draw(days), tuple(filter(None, rows))
    )


any_size = settings(suppress_health_check=[HealthCheck.too_slow])


@any_size
@given(plans())
def test_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert diff(plan, plan) == ()
    assert not revised(diff(plan, plan))


@any_size
@given(plans(), plans())
def test_changes_tell_all_that_differs(old: Plan, new: Plan) -> None:
    assert applied(leaves(old), diff(old, new)) == leaves(new)


@any_size
@given(plans(), plans())
def test_each_leaf_that_differs_is_told_once(old: Plan, new: Plan) -> None:
    before, after = leaves(old), leaves(new)
    differing = {
        (place, leaf)
        for place in before.keys() | after.keys()
        for leaf in before.get(place, {}).keys() | after.get(place, {}).keys()
        if place not in before or place not in after or before[place][leaf] != after[place][leaf]
    }
    told = [((change.row, change.key), leaf) for change in diff(old, new) for leaf in change.leaves]
    assert sorted(told) == sorted(differing)


@any_size
@given(plans(), plans())
def test_every_change_has_words(old: Plan, new: Plan) -> None:
    assert all(tell(each).sentence for each in diff(old, new))


@any_size
@given(plans(), st.randoms(use_true_random=False))
def test_order_of_rows_tells_nothing(plan: Plan, chance: Random) -> None:
    def mixed[T](rows: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(chance.sample(rows, len(rows)))

    def other_objective(each: Objective) -> Objective:
        return replace(each, actions=mixed(each.actions))

    def other_problem(each: Problem) -> Problem:
        return replace(each, objectives=mixed(tuple(map(other_objective, each.objectives))))

    other = replace(plan, problems=mixed(tuple(map(other_problem, plan.problems))))
    assert diff(plan, other) == ()


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(-40, 40))
def test_plan_revised_agrees_with_what_fees_ask(held_on: date, after: int) -> None:
    """A plan signed that many days after the review: fees accept exactly what pages announce."""
    signed_on = held_on + timedelta(days=after)
    claim = fees.Claim(
        kind=Act.RCP_PARA,
        professional=1,
        profession=Profession.NURSE,
        done_on=held_on,
        today=held_on,
        agreement_from=held_on,
        agreement_to=None,
        is_treating_doctor=False,
        msp_declared=False,
        rcp=fees.RcpFile(held_on, held_on, signed_on, ()),
    )
    refused = Reason.PLAN_NOT_REVISED in set(fees.rcp_refusals(claim, fees.Policy()))
    assert refused is not plan_in_time(held_on, signed_on)
    assert plan_in_time(held_on, signed_on) is (0 <= after <= 30)


MARCH, APRIL = date(2026, 3, 3), date(2026, 4, 15)
WALK = Action("a", "Marcher", Who("Lou"), MARCH)
BASE = Plan(
    referent=Who("Dr Vasseur", 7),
    review_on=date(2026, 9, 1),
    problems=(Problem("p", "Douleur", (Objective("o", "Marcher sans peur", (WALK,)),)),),
)


def with_action(*actions: Action) -> Plan:
    objective = Objective("o", "Marcher sans peur", actions)
    return replace(BASE, problems=(Problem("p", "Douleur", (objective,)),))


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            with_action(replace(WALK, due_on=APRIL)),
            "Échéance déplacée du 3 mars au 15 avril 2026 : Marcher",
        ),
        (with_action(replace(WALK, due_on=None)), "Échéance du 3 mars 2026 retirée : Marcher"),
        (with_action(), "Action retirée : Marcher"),
        (with_action(WALK, Action("b", "Nager", Who("Zoé"))), "Action ajoutée : Nager"),
        (with_action(replace(WALK, status=ActionStatus.DONE)), "Action faite : Marcher"),
        (
            with_action(replace(WALK, what="Courir")),
            "Action reformulée : « Marcher » devient « Courir »",
        ),
        (
            with_action(replace(WALK, who=Who("Zoé"))),
            "Zoé prend la suite de Lou : Marcher",
        ),
        (
            replace(BASE, referent=Who("Dr Ménard", 8)),
            "Référent : Dr Ménard, à la suite de Dr Vasseur",
        ),
        (
            replace(BASE, review_on=date(2027, 1, 2)),
            "Date de revue déplacée du 1er septembre 2026 au 2 janvier 2027",
        ),
        (replace(BASE, alert="Appeler"), "En cas d’alerte : Appeler"),
    ],
)
def test_change_in_plain_words(new: Plan, sentence: str) -> None:
    (change,) = diff(BASE, new)
    assert tell(change).sentence.replace("\u00a0", " ") == sentence


def test_professional_renamed_is_the_same_one() -> None:
    assert diff(BASE, replace(BASE, referent=Who("Dr Vasseur-Lemaire", 7))) == ()


def test_objective_put_under_another_problem_is_told() -> None:
    two = replace(BASE, problems=(Problem("p", "Douleur"), Problem("q", "Sommeil")))
    moved = replace(
        BASE,
        problems=(Problem("p", "Douleur"), Problem("q", "Sommeil", BASE.problems[0].objectives)),
    )
    kinds = [(each.kind, each.row, each.key) for each in diff(BASE, moved)]
    assert kinds == [
        (Kind.ADDED, PlanRow.PROBLEM, "q"),
        (Kind.CHANGED, PlanRow.OBJECTIVE, "o"),
    ]
    assert [each.kind for each in diff(BASE, two)] == [Kind.ADDED, Kind.REMOVED, Kind.REMOVED]


def test_another_date_of_review_alone_revises_nothing() -> None:
    later = replace(BASE, review_on=date(2027, 1, 2))
    assert [each.leaf for each in diff(BASE, later)] == [Leaf.REVIEW_ON]
    assert not revised(diff(BASE, later))
    assert revised(diff(BASE, replace(later, alert="Appeler")))


def test_coming_actions_are_those_still_open_the_nearest_first() -> None:
    done = replace(WALK, key="d", status=ActionStatus.DONE)
    late = replace(WALK, key="l", due_on=APRIL)
    free = replace(WALK, key="f", due_on=None)
    plan = with_action(late, done, free, WALK)
    assert [each.key for each in plan.coming_from(MARCH)] == ["a", "l"]
    assert [each.key for each in plan.coming_from(MARCH + timedelta(days=1))] == ["l"]


# --- The outline

ROWS = ["problem:p", "objective:o", "action:a", "action:b", "problem:q", "objective:r"]


def told(rows: list[outline.Row]) -> str:
    return " ".join(row.key for row in rows)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (ROWS, "p o a b q r"),
        (["action:a", "problem:p", "action:b", "objective:o"], "p o"),  # under nothing
        (["problem:p", "problem:p", "objective:o-"], "p"),  # twice, and a strange key
        (["chapter:c"], ""),
    ],
)
def test_rows_that_make_no_sense_are_left(sent: list[str], kept: str) -> None:
    assert told(outline.read_rows(sent)) == kept


def test_gestures_keep_what_is_under_a_row_with_it() -> None:
    rows = outline.read_rows(ROWS)
    assert told(outline.raised(rows, "q")) == "q r p o a b"
    assert told(outline.lowered(rows, "p")) == "q r p o a b"
    assert told(outline.raised(rows, "b")) == "p o b a q r"
    assert told(outline.raised(rows, "r")) == told(rows)  # the first of its problem
    assert told(outline.lowered(rows, "b")) == told(rows)  # the last of its objective
    assert told(outline.removed(rows, "o")) == "p q r"
    assert told(outline.added(rows, "", "n")) == "p o a b q r n"
    assert told(outline.added(rows, "p", "n")) == "p o a b n q r"
    assert told(outline.added(rows, "a", "n")) == told(rows)  # nothing goes under an action
    assert told(outline.restored(outline.removed(rows, "o"), outline.block(rows, "o"), "p")) == (
        told(rows)
    )


@given(st.lists(st.tuples(st.sampled_from(["up", "down"]), st.sampled_from("poabqr")), max_size=8))
def test_rows_moved_about_are_all_there_and_make_sense(moves: list[tuple[str, str]]) -> None:
    rows = outline.read_rows(ROWS)
    for way, key in moves:
        rows = (outline.raised if way == "up" else outline.lowered)(rows, key)
    assert sorted(map(str, rows)) == sorted(ROWS)
    assert outline.read_rows([str(row) for row in rows]) == rows
