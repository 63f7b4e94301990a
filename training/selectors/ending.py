"""The end of a case: what it brought, what to keep, when it returns, and where to go on."""

from dataclasses import dataclass
from datetime import date

from network.models import User
from portal.kit.care_doors import Door, doors_for
from training.enums import StepKind
from training.models import Return, VignettePage
from training.selectors.feedback import verdict_on
from training.selectors.learner import Score, next_case, scores_of
from training.selectors.screen import points
from training.selectors.way import Way


@dataclass(frozen=True, slots=True)
class Line:
    """A decision of the case, read again at its screen."""

    number: int
    stem: str
    state: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Ending:
    """`returns`: the days when the case comes back by mail, those to come."""

    score: Score
    lines: tuple[Line, ...]
    points: tuple[str, ...]
    returns: tuple[date, ...]
    doors: tuple[Door, ...]
    coming: VignettePage | None


def ending_of(way: Way, user: User) -> Ending:
    """What the last page of a case tells. The number of queries does not depend on its length."""
    run = way.run
    kept = [step for step in way.steps if step.kind is StepKind.TAKE_HOME]
    due = Return.objects.visible_to(user).filter(key=run.key, run=None, sent_at=None)
    return Ending(
        score=scores_of([run])[run.pk],
        lines=tuple(_lines(way)),
        points=tuple(point for step in kept for point in points(step)),
        returns=tuple(due.values_list("due_on", flat=True)),
        doors=tuple(doors_for(user, run.version.topic)),
        coming=next_case(user, run.version.topic, run.key),
    )


def _lines(way: Way) -> list[Line]:
    lines = []
    for number, decision, answer in way.decided():
        chosen = way.item(decision).options_of(answer.chosen)
        state, verdict = verdict_on(decision, chosen, answer.credit)
        lines.append(Line(number, decision.stem, state, verdict))
    return lines
