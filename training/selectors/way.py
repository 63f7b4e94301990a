"""The screens that a run has gone through: the only ones that its learner may read.

The order is not stored: it follows from the version's steps and from the answers given.
"""

from dataclasses import dataclass

from training.models import Answer, ItemVersion, Run
from training.models.runs import FIRST, SECOND
from training.rules.cases import Decision, Option, Step


@dataclass(frozen=True, slots=True)
class Way:
    """Steps passed, in order; the last one is the one shown, unless the run is finished."""

    run: Run
    steps: tuple[Step, ...]
    first: dict[str, Answer]
    second: dict[str, Answer]

    @property
    def here(self) -> Step | None:
        """The step shown now; None once the case is finished."""
        return None if self.run.finished_at else self.steps[-1]

    def item(self, decision: Decision) -> ItemVersion:
        return self.run.version.item_of[decision.id]

    def decided(self) -> list[tuple[int, Decision, Answer]]:
        """The decisions answered on the way, with the number of their screen."""
        return [
            (number, step, self.first[step.id])
            for number, step in enumerate(self.steps, start=1)
            if isinstance(step, Decision) and step.id in self.first
        ]


def way_of(run: Run) -> Way:
    """Two queries: the answers of the run, the items of its version."""
    steps_of_items = {item.pk: step for step, item in run.version.item_of.items()}
    rounds: dict[int, dict[str, Answer]] = {FIRST: {}, SECOND: {}}
    for answer in run.answers.all():
        rounds[answer.round][steps_of_items[answer.item_id]] = answer
    return Way(run, tuple(_walk(run, rounds[FIRST])), rounds[FIRST], rounds[SECOND])


def _walk(run: Run, answers: dict[str, Answer]) -> list[Step]:
    case = run.version.case
    passed: list[Step] = []
    step: Step | None = case.steps[0]
    while step and len(passed) < len(case.steps):
        passed.append(step)
        if not run.finished_at and step.id == str(run.position):
            break
        step = case.after(step, _chosen(run, step, answers))
    return passed


def _chosen(run: Run, step: Step, answers: dict[str, Answer]) -> Option | None:
    if not isinstance(step, Decision) or not step.branches or step.id not in answers:
        return None
    item = run.version.item_of[step.id]
    return step.option(item.options_of(answers[step.id].chosen)[0])
