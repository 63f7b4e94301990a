"""When the way into a video is shown: from a quarter of an hour before, until the end."""

from datetime import datetime, timedelta

EARLY = timedelta(minutes=15)


def video_is_open(*, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    return starts_at - EARLY <= now < ends_at
