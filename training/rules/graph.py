"""The ways through a case: what an author must mend before anybody walks them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from training.enums import Flaw, StepKind
from training.rules.cases import Case, Decision, Step


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of one step, or of the whole case (no `step_id`); `detail` is the name at fault."""

    code: Flaw
    step_id: str = ""
    detail: str = ""


def faults(case: Case, *, needs_take_home: bool = True) -> list[Fault]:
    """What keeps a learner from walking the case to its end, whatever is answered.

    Since a first choice is frozen, any way back is an endless loop. `needs_take_home=False` suits
    tests, made of decisions alone, which may end anywhere.
    """
    found = [*_names(case), *_targets(case)]
    if not case.decisions:
        found.insert(0, Fault(Flaw.NO_DECISION))
    reached, loops = _walk(case)
    found += [
        Fault(Flaw.UNREACHABLE, step.id, step.name) for step in case.steps if step.id not in reached
    ]
    found += loops
    if needs_take_home:
        found += _dead_ends(case, reached)
    return found


def _names(case: Case) -> Iterator[Fault]:
    names = Counter(step.name for step in case.steps if step.name)
    for step in case.steps:
        if names[step.name] > 1 and case.named(step.name) is not step:
            yield Fault(Flaw.REPEATED_NAME, step.id, step.name)


def _targets(case: Case) -> Iterator[Fault]:
    for step in case.steps:
        targets = {step.target}
        if isinstance(step, Decision):
            own = {option.target for option in step.options}
            if step.branches:
                targets |= own
            else:
                idle = sorted(own - {"", step.target})
                yield from (Fault(Flaw.IDLE_TARGET, step.id, name) for name in idle)
        for name in sorted(targets - {""}):
            if case.named(name) is None:
                yield Fault(Flaw.UNKNOWN_TARGET, step.id, name)


def _walk(case: Case) -> tuple[set[str], list[Fault]]:
    """The steps reached from the first one, and those that lead back to a step on their way."""
    done: set[str] = set()
    loops: list[Fault] = []
    if not case.steps:
        return done, loops
    first = case.steps[0]
    way = {first.id: _next(case, first)}  # steps being walked, and their exits still to try
    while way:
        here, exits = next(reversed(way.items()))
        step = next(exits, None)
        if step is None:
            done.add(here)
            del way[here]
        elif step.id in way:
            loops.append(Fault(Flaw.LOOP, here, step.name))
        elif step.id not in done:
            way[step.id] = _next(case, step)
    return done, loops


def _next(case: Case, step: Step) -> Iterator[Step]:
    return (after for _name, after in case.exits(step) if after is not None)


def _dead_ends(case: Case, reached: set[str]) -> Iterator[Fault]:
    """Steps reached that end the case without being its take-home message."""
    for step in case.steps:
        if step.id not in reached or step.kind is StepKind.TAKE_HOME:
            continue
        if any(not name and after is None for name, after in case.exits(step)):
            yield Fault(Flaw.DEAD_END, step.id, step.name)
