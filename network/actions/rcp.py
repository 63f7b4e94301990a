"""A case review (RCP) that took place without having been planned here."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.patients import lock_author
from network.enums import MeetingMove
from network.models import Professional, RcpMeeting, User
from network.rules.review import after


def record_meeting(
    *,
    held_on: date,
    place: str,
    chair: Professional | None = None,
    by: User | None,
    now: datetime,
) -> RcpMeeting:
    """Note a meeting of the past or of today. The same day, place and author twice is one."""
    if held_on > timezone.localdate(now):
        raise ValidationError({"held_on": _("La réunion est datée dans l’avenir.")})
    with transaction.atomic():
        lock_author(by)
        meeting, created = RcpMeeting.objects.get_or_create(
            held_on=held_on,
            place=place,
            recorded_by=by,
            state=after(None, MeetingMove.NOTED),
            defaults={"chair": chair},
        )
        if created:
            record(verb="rcp.recorded", by=by, at=now, subject=str(meeting))
    return meeting
