"""Where a learner stands in a module: read from what was done, never from a stored progress."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from network.models import User
from training.enums import Part, StageKind, StageState
from training.models import Answer, Enrolment, LessonRead, Run
from training.models.runs import BY_ONESELF, FIRST
from training.rules.completion import Completion, ModuleFacts, completion
from training.rules.connected import connected_seconds
from training.selectors.modules import Content, module_contents

MOST = 5
"""Modules under way that are shown together."""
HUNDRED = Decimal(100)
TESTS = {StageKind.PRETEST: Part.PRETEST, StageKind.POSTTEST: Part.POSTTEST}
DECIDED = {StageState.DONE, StageState.SHORT}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A finished test, with its score in percent of the credit."""

    part: Part
    number: int
    finished_at: datetime
    score: Decimal


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: `key` is the lesson's or the vignette's; `minutes` is the announced time."""

    kind: StageKind
    key: UUID
    title: str
    minutes: int
    state: StageState
    opened: bool  # its turn has come, or it was already done
    url: str = ""  # of a lesson

    @property
    def part(self) -> Part:
        return TESTS.get(self.kind, Part.CASE)


@dataclass(frozen=True, slots=True)
class Path:
    """A learner's way through a module; `enrolment` is None before it has begun."""

    content: Content
    enrolment: Enrolment | None
    stages: tuple[Stage, ...]
    attempts: tuple[Attempt, ...]
    completion: Completion

    @property
    def next(self) -> Stage | None:
        """The first stage that is still to be done."""
        return next((each for each in self.stages if each.state is not StageState.DONE), None)

    @property
    def minutes_left(self) -> int:
        return sum(each.minutes for each in self.stages if each.state not in DECIDED)

    @property
    def done(self) -> int:
        return sum(each.state is StageState.DONE for each in self.stages)

    def scores(self, part: Part) -> list[Attempt]:
        """Finished attempts of a test, the first one first."""
        return [each for each in self.attempts if each.part is part]

    def best(self, part: Part) -> Decimal | None:
        return max((each.score for each in self.scores(part)), default=None)

    def first(self, part: Part) -> Decimal | None:
        return next((each.score for each in self.scores(part)), None)


def path_of(content: Content, learner: User) -> Path:
    """Four queries, whatever was done."""
    return paths_of([content], learner)[0]


def paths_of(contents: list[Content], learner: User) -> list[Path]:
    """The same for several modules, with as many queries."""
    keys = {key for content in contents for key in content.keys}
    enrolments = Enrolment.objects.filter(
        learner=learner, module_key__in=[content.key for content in contents]
    )
    enrolled = {each.module_key: each for each in enrolments}
    runs = list(
        Run.objects.filter(learner=learner, key__in=keys, purpose__in=BY_ONESELF).order_by(
            "attempt"
        )
    )
    answers = list(Answer.objects.filter(run__in=[run.pk for run in runs], round=FIRST))
    reads = list(LessonRead.objects.filter(enrolment__in=enrolled.values()))
    return [
        _path(content, Done.of(content, enrolled.get(content.key), runs, answers, reads))
        for content in contents
    ]


def under_way(learner: User, *, also: UUID | None = None, most: int = MOST) -> list[Path]:
    """Modules begun and not completed, the latest first; `also` one more, completed or not."""
    begun = Enrolment.objects.visible_to(learner).filter(completed_at=None)
    keys = list(begun.order_by("-started_at").values_list("module_key", flat=True)[:most])
    if also and also not in keys:
        keys.append(also)
    return paths_of(module_contents(keys), learner) if keys else []


@dataclass(frozen=True, slots=True)
class Done:
    """What one learner did of one module."""

    enrolment: Enrolment | None
    runs: list[Run]
    answers: list[Answer]
    reads: list[LessonRead]

    @classmethod
    def of(
        cls,
        content: Content,
        enrolment: Enrolment | None,
        runs: list[Run],
        answers: list[Answer],
        reads: list[LessonRead],
    ) -> Self:
        """What concerns this module, among all that was done."""
        cases = content.keys - {content.key}
        mine = [run for run in runs if run.key in cases or run.key == content.key]
        ids = {run.pk for run in mine}
        return cls(
            enrolment,
            mine,
            [each for each in answers if each.run_id in ids],
            [each for each in reads if enrolment and each.enrolment_id == enrolment.pk],
        )


def _path(content: Content, did: Done) -> Path:
    page, key = content.page, content.key
    attempts = _attempts(did.runs, did.answers)
    finished = {(run.part, run.key) for run in did.runs if run.finished_at}
    started = {(run.part, run.key) for run in did.runs}
    read = {each.lesson_key for each in did.reads}
    facts = ModuleFacts(
        pretest_answered=Part.PRETEST not in content.tests or (Part.PRETEST, key) in finished,
        lessons={lesson.pk for lesson in content.lessons},
        lessons_read={each.pk for each in content.lessons if each.line in read},
        vignettes={vignette.pk for vignette in content.vignettes},
        vignettes_finished={
            each.pk for each in content.vignettes if (Part.CASE, each.line) in finished
        },
        pass_mark=page.pass_mark if Part.POSTTEST in content.tests else None,
        attempts=tuple(each.score for each in attempts if each.part is Part.POSTTEST),
        seconds=connected_seconds(_gestures(did)),
    )
    return Path(
        content=content,
        enrolment=did.enrolment,
        stages=tuple(_stages(content, facts, started, finished)),
        attempts=attempts,
        completion=completion(facts),
    )


def _stages(
    content: Content,
    facts: ModuleFacts,
    started: set[tuple[str, UUID]],
    finished: set[tuple[str, UUID]],
) -> list[Stage]:
    """In their order. The pre-test opens the rest; the post-test comes after all the rest."""
    page = content.page

    def state(part: Part, key: UUID) -> StageState:
        if (part, key) in finished:
            return StageState.DONE
        return StageState.UNDER_WAY if (part, key) in started else StageState.TO_DO

    def test(kind: StageKind, shown: StageState, opened: bool) -> Stage:
        version = content.tests[TESTS[kind]]
        minutes = len(version.case.decisions)  # one minute a question
        return Stage(kind, page.line, "", minutes, shown, opened)

    stages = []
    if Part.PRETEST in content.tests:
        shown = state(Part.PRETEST, page.line)
        stages.append(test(StageKind.PRETEST, shown, opened=True))
    for lesson in content.lessons:
        shown = StageState.DONE if lesson.pk in facts.lessons_read else StageState.TO_DO
        stages.append(
            Stage(
                StageKind.LESSON,
                lesson.line,
                lesson.title,
                lesson.minutes,
                shown,
                facts.pretest_answered,
                lesson.url or "",
            )
        )
    for vignette in content.vignettes:
        shown = state(Part.CASE, vignette.line)
        opened = facts.pretest_answered or shown is StageState.DONE
        stages.append(
            Stage(
                StageKind.VIGNETTE,
                vignette.line,
                vignette.title,
                vignette.minutes,
                shown,
                opened,
            )
        )
    if Part.POSTTEST in content.tests:
        shown = state(Part.POSTTEST, page.line)
        if shown is StageState.DONE and max(facts.attempts) < page.pass_mark:
            shown = StageState.SHORT
        ready = all(each.state is StageState.DONE for each in stages)
        stages.append(test(StageKind.POSTTEST, shown, ready or shown is not StageState.TO_DO))
    return stages


def _attempts(runs: list[Run], answers: list[Answer]) -> tuple[Attempt, ...]:
    earned: dict[int, list[Decimal]] = defaultdict(list)
    for answer in answers:
        earned[answer.run_id].append(answer.credit)
    return tuple(
        Attempt(
            part=Part(run.part),
            number=run.attempt,
            finished_at=run.finished_at,
            score=sum(earned[run.pk], Decimal(0)) * HUNDRED / len(earned[run.pk]),
        )
        for run in runs
        if run.finished_at and run.part != Part.CASE and earned[run.pk]
    )


def _gestures(did: Done) -> list[datetime]:
    """What the server received of this module, from the enrolment to the completion."""
    if did.enrolment is None:
        return []
    first, last = did.enrolment.started_at, did.enrolment.completed_at
    received = [
        first,
        *(run.started_at for run in did.runs),
        *(run.finished_at for run in did.runs if run.finished_at),
        *(answer.given_at for answer in did.answers),
        *(each.read_at for each in did.reads),
    ]
    return [at for at in received if at >= first and (last is None or at <= last)]
