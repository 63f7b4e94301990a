"""The demo's reference date: its clock starts there on the first start, and runs on."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

REFERENCE_DATE = "2026-11-16"
OPENING = time(9, tzinfo=ZoneInfo("Europe/Paris"))


def clock_offset(kept: Path, asked: str) -> timedelta:
    """How far the demo's clock is from the machine's.

    `kept` is the file that the first start has written (see `keep_clock`); before it, the clock
    starts now, at nine in the morning of the day `asked` (a date, or nothing for the default).
    """
    if not kept.exists():
        return _opening(asked or REFERENCE_DATE) - datetime.now(tz=OPENING.tzinfo)
    reference, seconds = kept.read_text().split()
    if asked and asked != reference:
        raise ImproperlyConfigured(
            f"DEMO_DATE={asked}, but this demo started at {reference}: type « make demo-reset »."
        )
    return timedelta(seconds=float(seconds))


def keep_clock(kept: Path, asked: str, offset: timedelta) -> None:
    """Write down the clock of a first start; later ones change nothing."""
    if not kept.exists():
        kept.write_text(f"{asked or REFERENCE_DATE} {offset.total_seconds()}\n")


def _opening(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), OPENING)
    except ValueError as error:
        raise ImproperlyConfigured(f"DEMO_DATE={day}: write it as {REFERENCE_DATE}.") from error
