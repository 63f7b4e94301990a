"""What waits for coordination and for facilitators: few people, attendance, absents to call."""

from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum

from etp.enums import PlaceState, Stage
from etp.models import Place, Session
from etp.selectors.planning import alert_limit, at_stage, with_counts
from network.models import User

CALL_DAYS = 30
"""How long an absence waits for a call."""
LOOK_BACK = 90
"""How many days back attendance is still claimed on the home page."""


def counts(now: datetime) -> dict[str, int]:
    """`few`: sessions under their minimum; `late`: without attendance; `absents`: to call.

    One query. Its names are not those of the columns that it counts: PostgreSQL would lose them.
    """
    near = Session.objects.filter(
        cancelled_at=None,
        starts_at__gt=now - timedelta(days=LOOK_BACK),
        starts_at__lt=alert_limit(now),
    )
    missed = Q(places__state=PlaceState.ABSENT, places__call=None)
    rows = with_counts(near).annotate(missed=Count("places", filter=missed))
    lately = Q(starts_at__gt=now - timedelta(days=CALL_DAYS))
    found: dict[str, int] = rows.aggregate(
        absents=Sum("missed", filter=lately, default=0),
        few=Count("pk", filter=Q(starts_at__gt=now, booked__lt=F("workshop__minimum"))),
        late=Count("pk", filter=Q(ends_at__lte=now, to_note__gt=0)),
    )
    return found


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
