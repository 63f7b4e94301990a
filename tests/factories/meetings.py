"""Meetings for tests, with or without their page."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from portal.kit import clock
from training.enums import Audience
from training.models import Meeting


def make_meeting(*, starts_at: datetime | None = None, **fields: Any) -> Meeting:
    """An hour by video in twenty days, ten seats remote and none on site, without page."""
    now = clock.now()
    begins = starts_at or now + timedelta(days=20)
    defaults = {
        "key": uuid4(),
        "title": "COVID long",
        "held_on": timezone.localdate(begins),
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=1),
        "audience": Audience.PROFESSIONALS,
        "place": "1 rue de la Démo, 75000 Paris",
        "link": "https://video.example.org/covid",
        "seats_remote": 10,
        "changed_at": now,
    }
    return Meeting.objects.create(**(defaults | fields))
