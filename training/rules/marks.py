"""Time marks of a recording, as an editor writes them and as everybody reads them."""

import re

_MARK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", re.ASCII)


def clock_time(second: int) -> str:
    """« 0:07 », « 12:30 », « 1:02:03 »."""
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def read_mark(text: str) -> int | None:
    """The second of « 12:30 » or « 1:02:03 »; minutes alone may pass the hour, « 75:00 »."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return (hours * 60 + minutes) * 60 + seconds
