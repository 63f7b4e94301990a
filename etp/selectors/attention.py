"""What waits for coordination and for facilitators: few people, attendance, absents to call."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from etp.enums import PlaceState, Stage
from etp.models import Place, Session
from etp.selectors.planning import at_stage, with_counts
from network.models import User

CALL_DAYS = 30
"""How long an absence waits for a call."""
LOOK_BACK = 90
"""How many days back attendance is still claimed on the home page."""


def under_minimum(now: datetime) -> QuerySet[Session]:
    """Sessions that are near, and to which too few people come."""
    return at_stage(with_counts(Session.objects.all()), Stage.UNDER_MINIMUM, now)


def lately_to_note(now: datetime) -> QuerySet[Session]:
    """Sessions over for not too long, whose attendance nobody has noted."""
    return to_note(now).filter(starts_at__gt=now - timedelta(days=LOOK_BACK))


def coming(now: datetime) -> QuerySet[Session]:
    return with_counts(Session.objects.all()).coming(now)  # type: ignore[attr-defined]


def to_note(now: datetime) -> QuerySet[Session]:
    """Sessions that are over and whose attendance nobody has noted, the oldest first."""
    rows = at_stage(with_counts(Session.objects.all()), Stage.TO_NOTE, now)
    return rows.filter(ends_at__lte=now).order_by("starts_at", "pk")


def absents(now: datetime) -> QuerySet[Place]:
    """Those who did not come without a word, and whom nobody has called, the latest first."""
    return (
        Place.objects.filter(
            state=PlaceState.ABSENT,
            call=None,
            session__starts_at__gt=now - timedelta(days=CALL_DAYS),
        )
        .select_related("patient", "session__workshop")
        .order_by("-session__starts_at", "pk")
    )


def animated_by(user: User) -> QuerySet[Session]:
    """The sessions that this person gives."""
    return with_counts(Session.objects.filter(facilitator__professional__user=user))
