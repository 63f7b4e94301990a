"""Computing the indicators: asked once for each version of the facts, then done step by step."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from home.events import FiguresAsked
from home.models import Computation
from network.models import User
from portal.kit.events import publish
from portal.kit.indicators import Extract, measures, spans_to

RECIPE = 2
"""Raised whenever a definition or its computation changes: kept figures are then outdated."""
KEPT = 3
"""Finished computations that stay; a page that reads one while another ends still has its own."""


def extracts() -> list[Extract]:
    """What is read, each once, in the order in which it is first needed."""
    return list({each.extract.name: each.extract for each in measures()}.values())


def version_of_facts(today: date) -> str:
    """A short text that changes with the facts, the day, or how they are counted.

    The day is in it: time alone makes a follow-up due. What an extract's own version does not see
    is read again the next day at the latest.
    """
    told = [str(RECIPE), today.isoformat()]
    told += [f"{each.name}={each.version()}" for each in extracts()]
    told += [each.indicator.key for each in measures()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def ask_for_figures(*, by: User | None, now: datetime) -> Computation:
    """The computation of the facts as they stand: a new one, or the one that has them already.

    One that is not done yet is handed to a worker, again if need be.

    `by` None: the periodic work. The version is taken before anything is read, so that a fact
    written during the reading makes the next version.
    """
    today = timezone.localdate(now)
    computation, _created = Computation.objects.get_or_create(
        version=version_of_facts(today),
        defaults={
            "until": today,
            "asked_at": now,
            "asked_by": by,
            "steps": len(extracts()),
        },
    )
    if computation.ended_at is None:
        publish(FiguresAsked(computation.pk))
    return computation


def compute_figures(*, computation: Computation, now: datetime) -> Computation:
    """Read each extract, and keep all its figures; nothing for one that has ended.

    Done again from the beginning after a worker's death; two at once write the same. What it has
    read is not kept in between: memory holds one extract at a time.
    """
    computation.refresh_from_db()
    if computation.ended_at:
        return computation
    rows = Computation.objects.filter(pk=computation.pk, ended_at=None)
    values: dict[str, dict[str, object]] = {}
    for step, extract in enumerate(extracts()):
        rows.update(done=step, reading=str(extract.label))
        values |= figures_of(extract, computation.until)
    rows.update(done=computation.steps, reading="", values=values, ended_at=now)
    stale = Computation.objects.finished().values_list("pk", flat=True)[KEPT:]
    Computation.objects.filter(pk__in=list(stale)).delete()
    computation.refresh_from_db()
    return computation


def figures_of(extract: Extract, until: date) -> Mapping[str, Any]:
    """The indicators that come from one extract, over every period, as they are kept."""
    frame = extract.read(until)
    return {
        each.indicator.key: {
            span.key: each.compute(frame, span).as_json() for span in spans_to(until)
        }
        for each in measures()
        if each.extract is extract
    }
