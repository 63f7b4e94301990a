"""Reminders of a place, computed from the facts: sent once, late when nobody was there to send.

The outbox key is the memory: killed in the middle, the next round finds what is missing. The date
is part of it, so that a session put off is reminded of again.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etp import notices
from etp.enums import PlaceState
from etp.models import Place
from network.models import OutboxMessage
from portal.kit.reminders import HORIZON, Reminder, due

from .letters import reminder_key, tell
from .steps import lock_session


def remind_all(*, now: datetime) -> int:
    """Queue every reminder that is due and not yet queued; how many."""
    coming = Place.objects.filter(
        state=PlaceState.BOOKED,
        session__cancelled_at=None,
        session__starts_at__gt=now,
        session__starts_at__lt=now + HORIZON,
    ).select_related("session")
    keys = {
        reminder_key(place, place.session, reminder): place.pk
        for place in coming
        if (reminder := _due(place, now))
    }
    queued = set(OutboxMessage.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return sum(remind(place_id=pk, now=now) for key, pk in keys.items() if key not in queued)


def remind(*, place_id: int, now: datetime) -> bool:
    """Queue the reminder that a place is due, if it still is; twice is once."""
    with transaction.atomic():
        place = Place.objects.select_related("patient").get(pk=place_id)
        session = lock_session(place.session_id)  # a cancellation waits, or is seen
        place.refresh_from_db(fields=["state"])
        if session.cancelled_at is not None or place.state != PlaceState.BOOKED:
            return False
        place.session = session
        reminder = _due(place, now)
        if reminder is None:
            return False
        more = (
            _("La vidéo s’ouvre 15\u00a0minutes avant, depuis la page du rendez-vous.")
            if session.is_video
            else ""
        )
        tell(
            place,
            _notice(reminder, session.starts_at, now),
            now=now,
            more=more,
            key=reminder_key(place, session, reminder),
        )
        return True


def _due(place: Place, now: datetime) -> Reminder | None:
    return due(starts_at=place.session.starts_at, made_at=place.made_at, now=now)


def _notice(reminder: Reminder, starts_at: datetime, now: datetime) -> notices.Notice:
    if reminder == Reminder.WEEK:
        return notices.IN_A_WEEK
    late = timezone.localdate(now) == timezone.localdate(starts_at)
    return notices.TODAY if late else notices.TOMORROW
