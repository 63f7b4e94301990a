"""Whether a learner's certainty is borne out, and what was certain and wrong."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from network.models import User
from portal.kit.words import NBSP
from training.enums import Calibration, Certainty, Part, Topic
from training.models import Answer
from training.models.runs import CERTAINTIES, FIRST
from training.models.versions import TOPICS
from training.rules.certainty import CLAIMED, CalibrationRow, calibration
from training.selectors.way import way_of
from training.wording import CALIBRATIONS

STATES = {
    Calibration.NOT_ENOUGH: "none",
    Calibration.CALIBRATED: "ok",
    Calibration.OVER_CONFIDENT: "wait",
    Calibration.UNDER_CONFIDENT: "info",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One line of the chart, with the names of `components/calibration.html`; percentages."""

    label: str | Promise
    count: int
    right: int
    share: int | None
    low: float
    width: float
    band_from: float
    band_width: float
    claim: str
    state: str
    finding: str | Promise


@dataclass(frozen=True, slots=True)
class TopicChart:
    title: str | Promise
    levels: tuple[Level, ...]

    @property
    def measured(self) -> bool:
        """Whether one level at least has enough answers for a share."""
        return any(level.share is not None for level in self.levels)

    @property
    def count(self) -> int:
        return sum(level.count for level in self.levels)


@dataclass(frozen=True, slots=True)
class SureAndWrong:
    """A question answered « très sûr » that was not right; where to read its feedback again."""

    stem: str
    title: str
    at: datetime
    run: int
    number: int


def charts(user: User) -> list[TopicChart]:
    """One chart by topic met. One query."""
    answers = _judged(user).values_list("item__topic", "certainty", "credit")
    rows = calibration(
        (Topic(topic), Certainty(level), credit == 1) for topic, level, credit in answers
    )
    by_topic: dict[Topic, list[Level]] = {}
    for row in rows:
        by_topic.setdefault(row.topic, []).append(_level(row))
    return [TopicChart(TOPICS[topic], tuple(levels)) for topic, levels in by_topic.items()]


def sure_and_wrong(user: User) -> QuerySet[Answer]:
    """Answers given « très sûr » without full credit, the latest first."""
    missed = _judged(user).filter(certainty=Certainty.HIGH, credit__lt=1)
    return (
        missed.select_related("run__version")
        .prefetch_related("run__answers", "run__version__items")
        .order_by("-given_at", "-pk")
    )


def sure_and_wrong_line(answer: Answer) -> SureAndWrong:
    way = way_of(answer.run)
    number, decision = next(
        (number, decision) for number, decision, given in way.decided() if given.pk == answer.pk
    )
    title = answer.run.version.title
    return SureAndWrong(decision.stem, title, answer.given_at, answer.run_id, number)


def _judged(user: User) -> QuerySet[Answer]:
    """First answers to questions met for the first time. Those of a pre-test stay untold."""
    return Answer.objects.filter(run__learner=user, run__attempt=1, round=FIRST).exclude(
        run__part=Part.PRETEST
    )


def _level(row: CalibrationRow) -> Level:
    least, most = (float(bound) * 100 for bound in CLAIMED[row.level])
    low, high = (row.interval.low * 100, row.interval.high * 100) if row.interval else (0.0, 0.0)
    return Level(
        label=CERTAINTIES[row.level],
        count=row.count,
        right=row.right,
        share=None if row.share is None else round(row.share * 100),
        low=round(low, 1),
        width=round(high - low, 1),
        band_from=round(least, 1),
        band_width=round(most - least, 1),
        claim=_claim(round(least), round(most)),
        state=STATES[row.finding],
        finding=CALIBRATIONS[row.finding],
    )


def _claim(least: int, most: int) -> str:
    values = {"least": f"{least}{NBSP}%", "most": f"{most}{NBSP}%"}
    if least == 0:
        return _("moins de %(most)s") % values
    if most == 100:
        return _("plus de %(least)s") % values
    return _("%(least)s à %(most)s") % values
