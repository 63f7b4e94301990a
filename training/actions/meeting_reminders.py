"""Reminders of meetings, computed from the facts: sent once, late when nobody was there to send.

The outbox key is the memory. The date is part of it, so that a meeting put off is reminded again.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import OutboxMessage
from portal.kit.reminders import HORIZON, Reminder, due
from training import notices
from training.enums import Mode, SeatState
from training.models import Registration
from training.notices import Notice

from .meeting_mails import reminder_key, tell
from .registrations import lock_meeting


def remind_all(*, now: datetime) -> int:
    """Queue every reminder that is due and not yet queued; how many."""
    coming = Registration.objects.filter(
        state=SeatState.BOOKED,
        meeting__cancelled_at=None,
        meeting__starts_at__gt=now,
        meeting__starts_at__lt=now + HORIZON,
    ).select_related("meeting")
    keys = {
        reminder_key(each, reminder): each.pk for each in coming if (reminder := _due(each, now))
    }
    queued = set(OutboxMessage.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return sum(_remind(pk, now=now) for key, pk in keys.items() if key not in queued)


@transaction.atomic
def _remind(pk: int, *, now: datetime) -> bool:
    found = Registration.objects.select_related("person").get(pk=pk)
    meeting = lock_meeting(found.meeting_id)  # a cancellation waits, or is seen
    found.refresh_from_db(fields=["state"])
    found.meeting = meeting
    if meeting.cancelled_at or found.state != SeatState.BOOKED:
        return False
    reminder = _due(found, now)
    if reminder is None:
        return False
    remote = found.mode == Mode.VIDEO
    more = _("Le lien s’ouvre 15\u00a0minutes avant, sur la page ci-dessous.") if remote else ""
    key = reminder_key(found, reminder)
    tell(found, _notice(found, reminder, now), now=now, more=more, key=key)
    return True


def _due(registration: Registration, now: datetime) -> Reminder | None:
    """Told of a change or seated since, somebody knows the date by that mail."""
    meeting = registration.meeting
    if meeting.starts_at is None:
        return None
    known = registration.seated_at or registration.made_at
    if meeting.sequence:
        known = max(known, meeting.changed_at)
    return due(starts_at=meeting.starts_at, made_at=known, now=now)


def _notice(registration: Registration, reminder: Reminder, now: datetime) -> Notice:
    if reminder == Reminder.WEEK:
        return notices.IN_A_WEEK
    late = timezone.localdate(now) == registration.meeting.held_on
    return notices.TODAY if late else notices.TOMORROW
