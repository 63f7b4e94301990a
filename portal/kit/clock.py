"""The time that rules ask for. The demo moves it; sign-in and one-time codes keep the machine's."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, shifted in the demo to its reference date."""
    return timezone.now() + settings.CLOCK_OFFSET


def today() -> date:
    """The present day in Paris."""
    return timezone.localdate(now())
