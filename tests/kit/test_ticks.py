"""Periodic work: run when due, once, and one that fails stops no other."""

import threading
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from portal.kit import ticks

NOON = datetime.fromisoformat("2026-11-16T12:00:00+01:00")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Only the jobs of the test are known; each writes its name here."""
    monkeypatch.setattr(ticks, "_JOBS", {})
    cache.clear()
    return []


def add(log: list[str], name: str, period: timedelta, error: Exception | None = None) -> None:
    def work(now: datetime) -> None:
        log.append(name)
        if error:
            raise error

    work.__name__ = name
    ticks.every(seconds=period.total_seconds())(work)


def test_failing_job_stops_no_other(log: list[str]) -> None:
    add(log, "first", timedelta(hours=1), error=RuntimeError("broken"))
    add(log, "second", timedelta(hours=1))
    assert ticks.run_due(NOON) == {"tests.first": False, "tests.second": True}
    assert log == ["first", "second"]


def test_job_waits_for_its_turn(log: list[str]) -> None:
    add(log, "hourly", timedelta(hours=1))
    add(log, "often", timedelta(seconds=0.05))
    ticks.run_due(NOON)
    threading.Event().wait(0.06)
    assert ticks.run_due(NOON) == {"tests.often": True}


def test_two_ticks_at_once_run_a_job_once(log: list[str]) -> None:
    add(log, "slow", timedelta(hours=1))
    threads = [threading.Thread(target=ticks.run_due, args=(NOON,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log == ["slow"]


def test_same_name_twice_refused(log: list[str]) -> None:
    add(log, "twice", timedelta(hours=1))
    with pytest.raises(ValueError, match=r"tests\.twice"):
        add(log, "twice", timedelta(hours=1))


def test_command_says_what_failed(log: list[str]) -> None:
    add(log, "broken", timedelta(hours=1), error=RuntimeError("broken"))
    with pytest.raises(CommandError, match=r"tests\.broken"):
        call_command("tick")


@pytest.mark.django_db
def test_real_jobs_run_on_an_empty_portal() -> None:
    cache.clear()
    assert {name for name, well in ticks.run_due(NOON).items() if not well} == set()
