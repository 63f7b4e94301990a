"""Where a session stands for those who run it: one word on every list."""

from datetime import datetime

from etp.enums import Stage

ALERT_DAYS = 3
"""From how many days before on too few people is an alert (context 2.1)."""


def stage(
    *,
    starts_at: datetime,
    now: datetime,
    cancelled: bool,
    booked: int,
    free: int,
    minimum: int,
    to_note: int,
    days_left: int,
) -> Stage:
    """`booked`: places taken for good; `free`: seats left; `to_note`: places without attendance.

    `days_left`: whole days from today to the session's day.
    """
    if cancelled:
        return Stage.CANCELLED
    if starts_at <= now:
        return Stage.TO_NOTE if to_note else Stage.NOTED
    if booked < minimum and days_left <= ALERT_DAYS:
        return Stage.UNDER_MINIMUM
    return Stage.FULL if free <= 0 else Stage.OPEN
