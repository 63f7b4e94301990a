"""What a learner has begun and finished, and the cases that remain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.models import User
from portal.kit.words import number
from training.enums import Part, StepKind
from training.models import Answer, Run, VignettePage
from training.models.runs import BY_ONESELF, FIRST
from training.rules.cases import Decision
from training.selectors.feedback import signed
from training.selectors.way import way_of

DOING: dict[StepKind, str | Promise] = {
    StepKind.NARRATIVE: _("lire la suite du cas"),
    StepKind.FINDINGS: _("interroger et examiner"),
    StepKind.FIGURE: _("lire une figure"),
    StepKind.TOOL: _("lire un outil clinique"),
    StepKind.DECISION: _("une décision à prendre"),
    StepKind.TAKE_HOME: _("ce qu’il faut retenir"),
}
ANSWERED = _("lire l’explication")


@dataclass(frozen=True, slots=True)
class Begun:
    """A case left on the way: where it stands."""

    run: int
    title: str
    number: int
    doing: str | Promise


@dataclass(frozen=True, slots=True)
class Finished:
    """A case gone through: its last run."""

    run: int
    key: UUID
    title: str
    at: datetime
    right: int
    decisions: int
    marks: str
    again: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What the first answers of a run add up to."""

    right: int
    decisions: int
    credit: str
    marks: int

    @property
    def signed(self) -> str:
        return signed(self.marks)

    @property
    def best(self) -> str:
        """The most that these decisions could bring."""
        return signed(3 * self.decisions)


def begun(user: User) -> list[Begun]:
    """Cases to resume, the latest first. Three queries, whatever their number."""
    runs = (
        Run.objects.visible_to(user)
        .open()
        .filter(part=Part.CASE)
        .select_related("version")
        .prefetch_related("answers", "version__items")
    )
    return [_begun(run) for run in runs]


def cases_done(user: User) -> QuerySet[Run]:
    """Finished runs of cases, the latest first: one by case."""
    mine = Run.objects.visible_to(user).finished().filter(part=Part.CASE)
    latest = mine.order_by("key", "-finished_at", "-pk")
    runs = dict(reversed(list(latest.values_list("key", "pk"))))
    return mine.filter(pk__in=runs.values()).select_related("version").order_by("-finished_at")


def finished(runs: Iterable[Run]) -> list[Finished]:
    """The lines of a list of finished runs. Two queries."""
    runs = list(runs)
    scores = scores_of(runs)
    live = set(
        VignettePage.objects.live()
        .filter(line__in=[run.key for run in runs])
        .values_list("line", flat=True)
    )
    return [
        Finished(
            run=run.pk,
            key=run.key,
            title=run.version.title,
            at=run.finished_at,
            right=scores[run.pk].right,
            decisions=scores[run.pk].decisions,
            marks=scores[run.pk].signed,
            again=run.key in live,
        )
        for run in runs
        if run.finished_at
    ]


def scores_of(runs: Iterable[Run]) -> dict[int, Score]:
    """The score of each run, by its first answers. One query."""
    ids = [run.pk for run in runs]
    found: dict[int, Score] = dict.fromkeys(ids, Score(0, 0, "0", 0))
    firsts = Answer.objects.filter(run__in=ids, round=FIRST).order_by()
    rows = firsts.values("run").annotate(
        n=Count("pk"), right=Count("pk", filter=Q(credit=1)), earned=Sum("credit"), all=Sum("marks")
    )
    for row in rows:
        earned = row["earned"]
        places = 0 if earned == int(earned) else 1
        found[row["run"]] = Score(row["right"], row["n"], number(earned, places), row["all"])
    return found


def next_case(user: User, topic: str, but: UUID) -> VignettePage | None:
    """A published case that this learner never met: in the language of the one just finished,
    on the same topic first. Two queries.
    """
    runs = Run.objects.visible_to(user).filter(purpose__in=BY_ONESELF, part=Part.CASE)
    met = {but, *runs.values_list("key", flat=True)}
    pages = list(VignettePage.objects.live().public().defer("steps", "panel").order_by("path"))
    languages = {page.locale_id for page in pages if page.line == but}
    cases = [
        page
        for page in pages
        if page.line not in met and (not languages or page.locale_id in languages)
    ]
    return min(cases, key=lambda page: page.topic != topic, default=None)


def _begun(run: Run) -> Begun:
    way = way_of(run)
    step = way.steps[-1]
    doing = DOING[step.kind]
    if isinstance(step, Decision) and step.id in way.first:
        doing = ANSWERED
    return Begun(run.pk, run.version.title, len(way.steps), doing)
