"""The renewal of an attestation: a new try of the post-test, once its expiry is near or past."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from training.enums import Part
from training.models import Attestation, Run
from training.models.runs import BY_ONESELF
from training.rules.completion import renewal_opens_on
from training.rules.connected import connected_seconds
from training.selectors.path import Path


@dataclass(frozen=True, slots=True)
class Renewal:
    """Where a learner stands: `best` percent of the tries begun since it opened, their time."""

    best: Decimal | None
    passed: bool
    minutes: int
    started_at: datetime | None
    finished_at: datetime | None


def renewal_of(path: Path, held: Attestation | None, today: date) -> Renewal | None:
    """None for what cannot be renewed: revoked, renewed already, too early, without post-test.

    Two queries.
    """
    if (
        held is None
        or held.revoked_at
        or held.renewed_on
        or Part.POSTTEST not in path.content.tests
    ):
        return None
    opened_on = renewal_opens_on(held.expires_on)
    if today < opened_on:
        return None
    runs = Run.objects.filter(
        learner=held.learner_id,
        key=path.content.key,
        part=Part.POSTTEST,
        purpose__in=BY_ONESELF,
        finished_at__isnull=False,
    ).prefetch_related("answers")
    fresh = [run for run in runs if timezone.localdate(run.started_at) >= opened_on]
    numbers = {run.attempt for run in fresh}
    scores = [each.score for each in path.scores(Part.POSTTEST) if each.number in numbers]
    best = max(scores, default=None)
    ends = [run.finished_at for run in fresh if run.finished_at]
    starts = [run.started_at for run in fresh]
    answered = [answer.given_at for run in fresh for answer in run.answers.all()]
    return Renewal(
        best=best,
        passed=best is not None and best >= path.content.page.pass_mark,
        minutes=connected_seconds([*starts, *answered, *ends]) // 60,
        started_at=min(starts, default=None),
        finished_at=max(ends, default=None),
    )
