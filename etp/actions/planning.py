"""Put sessions in the planning: one date, a series, or a cycle booked as a whole."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from etp.actions.sessions import Impossible
from etp.actions.settle import settle
from etp.enums import Mode
from etp.models import Cycle, Facilitator, Session, Site, Workshop
from network.actions.journal import record
from network.models import User

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the sessions of one gesture have in common; `cycle` names the one they make, if any."""

    workshop: Workshop
    facilitator: Facilitator
    mode: Mode
    site: Site | None
    capacity: int
    spans: tuple[Span, ...]
    video_url: str = ""
    video_phone: str = ""
    cycle: str = ""


def plan_sessions(*, plan: Plan, request_id: UUID, by: User, now: datetime) -> list[Session]:
    """Write the sessions; those who wait for any date are offered their seats at once.

    The same `request_id` again returns what it made the first time. Raises Impossible without a
    date, for a date that is past, for a cycle of one session.
    """
    with transaction.atomic():
        workshop = Workshop.objects.select_for_update(no_key=True).get(pk=plan.workshop.pk)
        made = list(Session.objects.filter(request_id=request_id).order_by("starts_at"))
        if made:
            return made
        spans = sorted(set(plan.spans))
        _check(spans, plan, now=now)
        cycle = Cycle.objects.create(workshop=workshop, name=plan.cycle) if plan.cycle else None
        series = uuid4() if len(spans) > 1 else None
        sessions = [
            Session.objects.create(
                workshop=workshop,
                cycle=cycle,
                position=rank if cycle else None,
                alone=cycle is None,
                starts_at=starts_at,
                ends_at=ends_at,
                mode=plan.mode,
                site=plan.site,
                video_url=plan.video_url,
                video_phone=plan.video_phone,
                facilitator=plan.facilitator,
                capacity=plan.capacity,
                series=series,
                request_id=request_id,
            )
            for rank, (starts_at, ends_at) in enumerate(spans, 1)
        ]
        for session in sessions:
            record(verb="session.planned", by=by, at=now, subject=f"séance {session.pk}")
            settle(session, now=now)
        return sessions


def _check(spans: list[Span], plan: Plan, *, now: datetime) -> None:
    if not spans:
        raise Impossible(_("Gardez au moins une date."))
    if spans[0][0] <= now:
        raise Impossible(_("La première date est passée."))
    if plan.cycle and len(spans) < 2:
        raise Impossible(_("Un cycle a au moins deux séances."))
