"""What learners of a module knew before, just after, and when its cases came back.

Two comparisons, each on the same people. The post-test is compared with the pre-test, its twin.
A case that comes back at day 30 or 90 is compared with the first answers of the same learners to
the same version of the same case: the tests themselves never come back.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet

from network.models import User
from training.enums import Moment, Part, Purpose
from training.models import Answer, Enrolment, ModulePage
from training.models.runs import FIRST
from training.rules.effect import FollowUp, Scores, report
from training.selectors.modules import Content

LATER = {Moment.DAY_30: 30, Moment.DAY_90: 90}
TESTS = {Part.PRETEST: Moment.PRE, Part.POSTTEST: Moment.POST}

type Means = dict[tuple[int, int], dict[int, float]]
"""By (learner, version): the mean credit at each return day, 0 for the first time."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A module in the committee's list."""

    page: ModulePage
    enrolled: int
    completed: int


@dataclass(frozen=True, slots=True)
class Point:
    """One of a learner's own measures: whole percent, None until it is taken."""

    moment: Moment
    percent: int | None


def followed(pages: Iterable[ModulePage]) -> list[Followed]:
    """How many began and completed each module. One query."""
    pages = list(pages)
    counts = {
        row["module_key"]: row
        for row in Enrolment.objects.filter(module_key__in=[p.line for p in pages])
        .values("module_key")
        .annotate(enrolled=Count("pk"), completed=Count("pk", filter=~Q(completed_at=None)))
    }
    none = {"enrolled": 0, "completed": 0}
    rows = [(page, counts.get(page.line, none)) for page in pages]
    return [Followed(page, row["enrolled"], row["completed"]) for page, row in rows]


def effect_of(content: Content) -> list[FollowUp]:
    """Post-test, day 30 and day 90, each against its own « before ». Two queries."""
    key = content.page.line
    learners = Enrolment.objects.filter(module_key=key).values("learner")
    tests = _tests(key, learners)
    cases = _cases(content, learners)
    found = [_at(Moment.POST, tests)]
    found += [_at(moment, _paired(moment, day, cases)) for moment, day in LATER.items()]
    return found


def own_points(content: Content, learner: User) -> list[Point]:
    """The learner's four points: the first try of each test, then the cases that came back."""
    tests = next(iter(_tests(content.page.line, [learner.pk])), {})
    cases = _cases(content, [learner.pk])
    measured: dict[Moment, float] = dict(tests)
    for moment, day in LATER.items():
        back = [means[day] for means in cases.values() if day in means]
        if back:
            measured[moment] = fmean(back)
    return [
        Point(moment, round(100 * measured[moment]) if moment in measured else None)
        for moment in Moment
    ]


def _at(moment: Moment, learners: list[Scores]) -> FollowUp:
    return next(each for each in report(learners).follow_ups if each.moment is moment)


def _tests(key: UUID, learners: Any) -> list[Scores]:
    """Each learner's first try at the pre-test and at the post-test."""
    found: dict[int, dict[Moment, float]] = defaultdict(dict)
    rows = _answers(learners).filter(
        run__key=key, run__part__in=list(TESTS), run__purpose=Purpose.LEARN, run__attempt=1
    )
    for row in rows.values("run__learner", "run__part").annotate(mean=Avg("credit")):
        found[row["run__learner"]][TESTS[Part(row["run__part"])]] = float(row["mean"])
    return list(found.values())


def _cases(content: Content, learners: Any) -> Means:
    """First times, and returns, of the module's cases."""
    found: Means = defaultdict(dict)
    rows = _answers(learners).filter(
        run__key__in=[each.line for each in content.vignettes],
        run__part=Part.CASE,
        run__purpose__in=[Purpose.LEARN, Purpose.RETURN],
        run__attempt=1,
    )
    grouped = rows.values("run__learner", "run__version", "run__return_day")
    for row in grouped.annotate(mean=Avg("credit")):
        means = found[row["run__learner"], row["run__version"]]
        means[row["run__return_day"]] = float(row["mean"])
    return found


def _paired(moment: Moment, day: int, cases: Means) -> list[Scores]:
    """Each learner's mean, before and at that day, over the cases met at both."""
    before: dict[int, list[float]] = defaultdict(list)
    after: dict[int, list[float]] = defaultdict(list)
    for (learner, _version), means in cases.items():
        if 0 in means and day in means:
            before[learner].append(means[0])
            after[learner].append(means[day])
    return [{Moment.PRE: fmean(before[each]), moment: fmean(after[each])} for each in before]


def _answers(learners: Any) -> QuerySet[Answer, Any]:
    """First answers in finished runs; `learners`: ids, or a query that selects them."""
    return (
        Answer.objects.filter(round=FIRST, run__learner__in=learners)
        .exclude(run__finished_at=None)
        .order_by()
    )
