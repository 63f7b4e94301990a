"""Periodic work. A room says in its `tasks.py` what comes round, and how often:

    @every(minutes=5)
    def remind_of_sessions(now: datetime) -> None: ...

`manage.py tick` runs what is due. A job may run twice (a cache emptied, a process killed half-way)
and at the same time as a request: it finds its own work in the facts, and is idempotent.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

logger = logging.getLogger(__name__)
type Work = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Job:
    """One periodic work; its name is `room.function`."""

    name: str
    period: timedelta
    run: Work


_JOBS: dict[str, Job] = {}


def every(**period: float) -> Callable[[Work], Work]:
    """Register the decorated function, to be called with the present instant."""

    def register(work: Work) -> Work:
        name = f"{work.__module__.split('.')[0]}.{work.__name__}"
        if name in _JOBS:
            raise ValueError(f"periodic job registered twice: {name}")
        _JOBS[name] = Job(name, timedelta(**period), work)
        return work

    return register


def jobs() -> list[Job]:
    return list(_JOBS.values())


def run_due(now: datetime) -> dict[str, bool]:
    """Run what is due and say, by name, what went well. One that fails stops no other.

    The shared cache remembers who has taken a job: two ticks at once do not run it twice.
    """
    return {job.name: _attempt(job, now) for job in jobs() if _take(job)}


def _take(job: Job) -> bool:
    # a little early rather than one whole round late
    return cache.add(f"tick:{job.name}", True, timeout=job.period.total_seconds() * 0.95)


def _attempt(job: Job, now: datetime) -> bool:
    try:
        job.run(now)
    except Exception:
        logger.exception("periodic job %s failed", job.name)
        return False
    return True
