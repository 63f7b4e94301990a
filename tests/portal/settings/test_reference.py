"""The demo's clock starts at its reference date, and runs on across restarts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings.reference import clock_offset, keep_clock

SECOND = timedelta(seconds=1)


def shown(offset: timedelta) -> datetime:
    return datetime.now(tz=UTC) + offset


@pytest.mark.parametrize(("asked", "day"), [("", (2026, 11, 16)), ("2028-02-29", (2028, 2, 29))])
def test_first_start_at_nine_in_paris(
    tmp_path: Path, asked: str, day: tuple[int, int, int]
) -> None:
    offset = clock_offset(tmp_path / "clock", asked)
    assert abs(shown(offset) - datetime(*day, 8, tzinfo=UTC)) < SECOND


def test_later_start_runs_on(tmp_path: Path) -> None:
    kept = tmp_path / "clock"
    first = clock_offset(kept, "")
    keep_clock(kept, "", first)
    keep_clock(kept, "", first + timedelta(days=9))
    assert abs(clock_offset(kept, "") - first) < SECOND
    assert clock_offset(kept, "2026-11-16") == clock_offset(kept, "")


def test_other_date_asks_for_a_reset(tmp_path: Path) -> None:
    kept = tmp_path / "clock"
    keep_clock(kept, "", timedelta(0))
    with pytest.raises(ImproperlyConfigured, match="demo-reset"):
        clock_offset(kept, "2026-12-01")


def test_impossible_date_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="2026-02-30"):
        clock_offset(tmp_path / "clock", "2026-02-30")
