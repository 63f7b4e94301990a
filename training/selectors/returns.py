"""Cases that come back: where each one stands, and those that wait for a learner."""

from datetime import date, timedelta

from django.utils import timezone

from network.models import User
from training.enums import Return as Standing
from training.models import Return, ReturnPause
from training.rules.spacing import OPEN_DAYS, standing


def standing_of(coming: Return, today: date) -> Standing:
    return standing(
        coming.day,
        finished_on=coming.due_on - timedelta(days=coming.day),
        mailed_on=timezone.localdate(coming.sent_at) if coming.sent_at else None,
        opened=coming.run_id is not None,
        today=today,
    )


def waiting_returns(learner: User, today: date) -> list[Return]:
    """Those that this learner may open today or has begun, the oldest first."""
    recent = Return.objects.visible_to(learner).filter(
        due_on__lte=today, due_on__gt=today - timedelta(days=2 * OPEN_DAYS + 90)
    )
    opened = {Standing.DUE, Standing.LATE, Standing.MAILED}
    return [
        each
        for each in recent.select_related("run")
        if standing_of(each, today) in opened or (each.run and each.run.finished_at is None)
    ]


def are_paused(learner: User) -> bool:
    return ReturnPause.objects.filter(learner=learner).exists()
